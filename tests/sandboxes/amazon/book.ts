/** An order as a sandbox holds it: JSON in the form of the Orders API 2026-01-01, or a purchase order. */
export type Json = Readonly<Record<string, unknown>>;

/** An order of v0 in the parts that its calls give. */
export interface OrderV0 {
  readonly order: Json & { readonly AmazonOrderId: string; readonly LastUpdateDate: string };
  readonly items: readonly Json[];
  readonly address: Json;
  readonly buyerInfo: Json;
}

type Order = Json & { readonly orderId: string; readonly lastUpdatedTime: string };
type Purchase = Json & { readonly purchaseOrderNumber: string };

/** What a seller and a vendor have at Amazon. */
export class Book {
  readonly orders = new Map<string, Order>();
  readonly ordersV0 = new Map<string, OrderV0>();
  readonly purchases = new Map<string, Purchase>();
  /** Acknowledgements of purchase orders, as they came. */
  readonly acknowledgements: Json[] = [];

  /** Puts an order there, or changes it. */
  put(order: Order): void {
    this.orders.set(order.orderId, order);
  }

  /** The same for one of v0. */
  putV0(order: OrderV0): void {
    this.ordersV0.set(order.order.AmazonOrderId, order);
  }

  /** The same for a purchase order. */
  putPurchase(order: Purchase): void {
    this.purchases.set(order.purchaseOrderNumber, order);
  }
}

/** One page of a list, and the token of the next one. */
export function pageOf<T>(
  all: readonly T[],
  token: string | null,
  size: number,
): { items: readonly T[]; next?: string } {
  const start = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString());
  const end = start + size;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { next: Buffer.from(String(end)).toString('base64url') }),
  };
}
