import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Location } from '../../shared/model/network/network.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type Position } from '../../shared/model/stock/counters.ts';

/** What routing needs of the world. */
export interface RoutingPorts {
  order(orderId: string): Promise<Order | undefined>;
  /** Every position of one SKU, read consistently. */
  positionsOf(sku: string): Promise<readonly Position[]>;
  /** Every location, `having` among them; may be half a minute old, as a location's place and pool seldom change. */
  locations(having: readonly string[]): Promise<readonly Location[]>;
  commit: CommitChanges;
}
