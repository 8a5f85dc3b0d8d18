import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Channel, type Location } from '../../shared/model/network/network.ts';
import { type Product } from '../../shared/model/network/product.ts';
import { type Backorder } from '../../shared/model/stock/backorder.ts';
import { type Pool } from '../../shared/model/stock/counters.ts';
import { type PurchaseOrder, type Supply } from '../../shared/model/stock/supply.ts';

/** Everything that promises of one SKU rest on. */
export interface Outlook {
  readonly pools: readonly Pool[];
  readonly supplies: readonly Supply[];
  readonly backorders: readonly Backorder[];
}

/** What the supply capability needs of the world. */
export interface SupplyPorts {
  location(locationId: string): Promise<Location | undefined>;
  channel(channelId: string): Promise<Channel | undefined>;
  product(sku: string): Promise<Product | undefined>;
  purchaseOrder(reference: string): Promise<PurchaseOrder | undefined>;
  /** The lines of some SKUs of a purchase order; those that are there. */
  linesOf(order: Pick<PurchaseOrder, 'reference' | 'location'>, skus: readonly string[]): Promise<readonly Supply[]>;
  /** What is to come by a transfer; may lag behind its last write. */
  transferLines(reference: string): Promise<readonly Supply[]>;
  /** True when anybody waits for a SKU. */
  isAwaited(sku: string): Promise<boolean>;
  outlook(sku: string): Promise<Outlook>;
  commit: CommitChanges;
}
