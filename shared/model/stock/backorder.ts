/** An order that waits for a SKU; stock that comes fills the oldest first. */
export interface Backorder {
  readonly sku: string;
  readonly pool: string;
  readonly placedAt: string;
  readonly orderId: string;
}
