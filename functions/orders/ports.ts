import { type EventMessage } from '../../shared/contracts/define-event.ts';
import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type EntityIds } from '../../shared/model/entities.ts';
import { type ChannelOrder } from '../../shared/model/channels/channel-order.ts';
import { type Notice } from '../../shared/model/channels/notice.ts';
import { type FulfillmentOrder } from '../../shared/model/fulfillment/fulfillment-order.ts';
import { type Channel } from '../../shared/model/network/network.ts';
import { type Product } from '../../shared/model/network/product.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type Preorder } from '../../shared/model/orders/preorder.ts';
import { type Return } from '../../shared/model/returns/return.ts';
import { type StockHold } from '../../shared/model/stock/hold.ts';
import { type Supply } from '../../shared/model/stock/supply.ts';
import { type Backorder } from '../../shared/model/stock/backorder.ts';

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
  product(sku: string): Promise<Product | undefined>;
  stockHold(holdId: string): Promise<StockHold | undefined>;
  /** Units of a SKU that are set apart for a channel. */
  fencedFor(sku: string, pool: string, channelId: string): Promise<number>;
  /** What is to come of a SKU for a pool. */
  suppliesOf(sku: string, pool: string): Promise<readonly Supply[]>;
  order(orderId: string): Promise<Order | undefined>;
  /** What a channel has said of an order. */
  channelOrder(orderId: string): Promise<ChannelOrder | undefined>;
  /** What its channel was told of it, is to be told, or refused. */
  noticesOf(orderId: string): Promise<readonly Notice[]>;
  collection(orderId: string): Promise<OrderCollection | undefined>;
  /** Refusal: `invalid-request` for a cursor of another listing. */
  ordersOf(
    channelId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<OrderPage>>;
  timeline(orderId: string): Promise<readonly EventMessage[]>;
  keepTimeline(entries: readonly { readonly orderId: string; readonly event: EventMessage }[]): Promise<void>;
  /** The queue of a SKU in a pool, oldest first. */
  backordersOf(sku: string, pool: string): Promise<readonly Backorder[]>;
  backorder(id: EntityIds['backorder']): Promise<Backorder | undefined>;
  /** Orders whose launch has come, the earliest first. */
  preordersUntil(time: string): AsyncIterable<Preorder>;
  commit: CommitChanges;
}
