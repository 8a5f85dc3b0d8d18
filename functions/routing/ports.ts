import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Location } from '../../shared/model/network/network.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type Position } from '../../shared/model/stock/counters.ts';
import { type Unrouted } from '../../shared/model/stock/unrouted.ts';

/** What routing needs of the world. */
export interface RoutingPorts {
  order(orderId: string): Promise<Order | undefined>;
  /** Every position of one SKU, read consistently. */
  positionsOf(sku: string): Promise<readonly Position[]>;
  /**
   * Every location; may be half a minute old, as a location's place and pool seldom change. Not so old that one is missing, or not active,
   * from whose shelves something is sold now.
   */
  locations(shelves: readonly Position[]): Promise<readonly Location[]>;
  /** The orders that no location can send units of a SKU for, the longest waiting first; read on only as far as it is asked for. */
  unroutedOf(sku: string, pool: string): AsyncIterable<Unrouted>;
  commit: CommitChanges;
}
