import { Catalog } from './catalog.ts';
import { type Changed, Feeds } from './feeds.ts';
import { Listings } from './stock.ts';

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
/** A parcel as it is confirmed. */
export interface Parcel {
  readonly packageReferenceId: string;
  readonly trackingNumber: string;
  readonly orderItems: readonly { readonly orderItemId: string; readonly quantity: number }[];
}
type Purchase = Json & { readonly purchaseOrderNumber: string };

/** What a seller and a vendor have at Amazon. */
export class Book {
  readonly orders = new Map<string, Order>();
  readonly ordersV0 = new Map<string, OrderV0>();
  readonly purchases = new Map<string, Purchase>();
  /** Acknowledgements of purchase orders, as they came. */
  readonly acknowledgements: Json[] = [];

  /** What is listed, and how much of it. */
  readonly listings = new Listings();
  /** What listings say and cost. */
  readonly catalog = new Catalog(this.listings);
  readonly feeds = new Feeds();
  /** Money that feeds have given back. */
  readonly refunds: Changed['refunds'] = [];
  /** Why feeds take no message about an order, by its id. */
  readonly refusals = new Map<string, string>();
  refuses = (orderId: string): string | undefined => this.refusals.get(orderId);
  /** How far orders are that are collected in a store. */
  readonly pickups = new Map<string, string>();
  readonly #parcels = new Map<string, Parcel[]>();

  /** Cancels an order of which nothing is shipped. */
  cancel(orderId: string): void {
    const order = this.orders.get(orderId);
    if (order !== undefined && this.parcels(orderId).length === 0)
      this.put({ ...order, fulfillment: { ...(order['fulfillment'] as Json), fulfillmentStatus: 'CANCELLED' } });
  }

  /** The parcels of an order. */
  parcels = (orderId: string): readonly Parcel[] => this.#parcels.get(orderId) ?? [];

  /** Confirms a parcel, or edits the one of the same reference; why not, where that cannot be. */
  confirm(orderId: string, parcel: Parcel): string | undefined {
    const order = this.orders.get(orderId);
    if (order === undefined) return `Order ${orderId} was not found`;
    const others = this.parcels(orderId).filter((one) => one.packageReferenceId !== parcel.packageReferenceId);
    const all = [...others, parcel];
    const items = order['orderItems'] as readonly { orderItemId: string; quantityOrdered: number }[];
    for (const { orderItemId } of parcel.orderItems) {
      const shipped = all
        .flatMap((one) => one.orderItems)
        .reduce((sum, one) => sum + (one.orderItemId === orderItemId ? one.quantity : 0), 0);
      const ordered = items.find((one) => one.orderItemId === orderItemId)?.quantityOrdered ?? 0;
      if (shipped > ordered)
        return `Failed to create package due to not finding a matching package or order already fulfilled. ErrorMessage(errorCode=GeneralError, errorDescription=Unable to find package to update for order (${orderId}), errorMetric=PackageToUpdateNotFound, packageIndex=null)`;
    }
    this.#parcels.set(orderId, all);
    this.put({ ...order, packages: all.map(({ orderItems, ...one }) => ({ ...one, packageItems: orderItems })) });
    return undefined;
  }

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
