import { type CommitChanges } from '../../shared/model/changes.ts';
import { type FulfillmentOrder } from '../../shared/model/fulfillment/fulfillment-order.ts';
import { type Channel, type Location } from '../../shared/model/network/network.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type Pool, type Position } from '../../shared/model/stock/counters.ts';

/** One thing that the stock identities speak of. */
export type AuditedItem =
  | { readonly kind: 'position'; readonly item: Position }
  | { readonly kind: 'pool'; readonly item: Pool }
  | { readonly kind: 'order'; readonly item: Order }
  | { readonly kind: 'fulfillmentOrder'; readonly item: FulfillmentOrder };

/** What the stock capability needs of the world. */
export interface StockPorts {
  location(locationId: string): Promise<Location | undefined>;
  channel(channelId: string): Promise<Channel | undefined>;
  stockOf(sku: string): Promise<{ readonly positions: readonly Position[]; readonly pools: readonly Pool[] }>;
  /** Everything the identities speak of, in any order and as a stream. */
  everything(): AsyncIterable<AuditedItem>;
  commit: CommitChanges;
}
