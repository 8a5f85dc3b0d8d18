import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Channel, type Location } from '../../shared/model/network/network.ts';
import { type Pool, type Position, type Share } from '../../shared/model/stock/counters.ts';
import { type StockRule } from '../../shared/model/stock/rule.ts';
import { type StockWalk } from '../../shared/model/stock/walk.ts';

/** Where a SKU is. */
export interface SkuStock {
  readonly sku: string;
  readonly positions: readonly Position[];
  readonly pools: readonly Pool[];
  /** What channels have for themselves. */
  readonly shares: readonly Share[];
}

/** Some SKUs, each of them whole, and where the next page begins; no cursor on the last. */
export interface SkuPage {
  readonly skus: readonly SkuStock[];
  readonly cursor?: string;
}

/** What the rules capability needs of the world. Every read is of what is committed. */
export interface RulesPorts {
  rule(ruleId: string): Promise<StockRule | undefined>;
  rules(): Promise<readonly StockRule[]>;
  channel(channelId: string): Promise<Channel | undefined>;
  channels(): Promise<readonly Channel[]>;
  locations(): Promise<readonly Location[]>;
  /** Tags of a product; none where nothing is known of it. */
  tagsOf(sku: string): Promise<readonly string[]>;
  walk(walkId: string): Promise<StockWalk | undefined>;
  stockOf(sku: string): Promise<Omit<SkuStock, 'sku'>>;
  /** All SKUs that ever had stock, page by page in no order that means anything. A cursor that is none begins anew. */
  skuPage(cursor?: string): Promise<SkuPage>;
  shareOf(sku: string, pool: string, channel: string): Promise<Share | undefined>;
  commit: CommitChanges;
}
