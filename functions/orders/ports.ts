import { type EventMessage } from '../../shared/contracts/define-event.ts';
import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type FulfillmentOrder } from '../../shared/model/fulfillment/fulfillment-order.ts';
import { type Channel } from '../../shared/model/network/network.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type Return } from '../../shared/model/returns/return.ts';

/** An order with everything of it. */
export interface OrderCollection {
  readonly order: Order;
  readonly fulfillmentOrders: readonly FulfillmentOrder[];
  readonly returns: readonly Return[];
}

/** One page of ids. */
export interface OrderPage {
  readonly orders: readonly { readonly orderId: string; readonly placedAt: string }[];
  readonly cursor?: string;
}

/** What the orders capability needs of the world. */
export interface OrdersPorts {
  channel(channelId: string): Promise<Channel | undefined>;
  order(orderId: string): Promise<Order | undefined>;
  collection(orderId: string): Promise<OrderCollection | undefined>;
  /** Refusal: `invalid-request` for a cursor of another listing. */
  ordersOf(
    channelId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<OrderPage>>;
  timeline(orderId: string): Promise<readonly EventMessage[]>;
  keepTimeline(entries: readonly { readonly orderId: string; readonly event: EventMessage }[]): Promise<void>;
  /** Orders that wait for a SKU of a pool, oldest first. */
  backordersOf(sku: string, pool: string): Promise<readonly string[]>;
  commit: CommitChanges;
}
