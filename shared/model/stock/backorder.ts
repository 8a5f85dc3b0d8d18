/** Units of a supply that a backorder rests on. */
export interface SupplyPromise {
  /** The supply's reference and location. */
  readonly reference: string;
  readonly location: string;
  readonly quantity: number;
  /** When it is to arrive, RFC 3339. */
  readonly eta: string;
}

/**
 * An order that waits for a SKU: how many units, since when, and which supply it rests on. Stock that comes fills the oldest first
 * (`queuedAt`, then order id); so are promises given.
 */
export interface Backorder {
  readonly sku: string;
  readonly pool: string;
  readonly orderId: string;
  /** When it joined the queue: the order's capture. */
  readonly queuedAt: string;
  readonly quantity: number;
  /** In order of arrival; units that no supply covers are in none. */
  readonly promises: readonly SupplyPromise[];
  /** When the last of its units is promised for; absent while some unit has no supply. */
  readonly promisedFor?: string;
  readonly version: number;
}
