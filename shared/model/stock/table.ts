import { type StockKey } from './counters.ts';

/**
 * The key of a position or a pool in table `stock`: one item collection per SKU, so that one query answers "where is it".
 *
 * | question | key | page |
 * |---|---|---|
 * | where is this SKU | `pk = SKU#<sku>` | a position per location, a pool each, its backorders |
 * | what can this pool sell | `pk = SKU#<sku>`, `sk = POOL#<pool>` | 1 |
 * | everything, for the auditor | scan in parallel segments | 1 MB |
 */
export const stockKey = (key: StockKey) => ({
  pk: `SKU#${key.sku}`,
  sk: key.level === 'position' ? `LOC#${key.location}` : `POOL#${key.pool}`,
});

/** The partition of one SKU's positions and pools. */
export const skuPartition = (sku: string): string => `SKU#${sku}`;
