import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Channel, type Location } from '../../shared/model/network/network.ts';
import { type Product } from '../../shared/model/network/product.ts';
import { type Share } from '../../shared/model/stock/counters.ts';
import { type StockHold } from '../../shared/model/stock/hold.ts';

/** A hold and when its time is over, as the index has it. */
export interface EndingHold {
  readonly holdId: string;
  readonly expiresAt: string;
}

/** What the holds capability needs of the world. */
export interface HoldsPorts {
  channel(channelId: string): Promise<Channel | undefined>;
  location(locationId: string): Promise<Location | undefined>;
  product(sku: string): Promise<Product | undefined>;
  /** What a channel has of a SKU in a pool for itself. */
  share(sku: string, pool: string, channelId: string): Promise<Share | undefined>;
  hold(holdId: string): Promise<StockHold | undefined>;
  /** Live holds of one shard whose time is over by a moment, the first to end first. One that has just ended may still be among them. */
  endingBy(shard: number, moment: string): AsyncIterable<EndingHold>;
  commit: CommitChanges;
}
