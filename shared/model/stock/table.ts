import { type StockKey } from './counters.ts';

/**
 * Table `stock`: one item collection per SKU, so that one query answers "where is it".
 *
 * | question | key | page |
 * |---|---|---|
 * | where is this SKU | `pk = SKU#<sku>` and `sk` begins with `LOC#` | a location each |
 * | what can this pool sell | `pk = SKU#<sku>`, `sk = POOL#<pool>` | 1 |
 * | everything, for the auditor | scan in parallel segments | 1 MB |
 */
export const stockTable = {
  name: 'stock',
  partitionKey: 'pk',
  sortKey: 'sk',
  stream: true,
  indexes: {},
} as const;

/** The key of a position or a pool. */
export const stockKey = (key: StockKey) => ({
  pk: `SKU#${key.sku}`,
  sk: key.level === 'position' ? `LOC#${key.location}` : `POOL#${key.pool}`,
});

/** The partition of one SKU's positions and pools. */
export const skuPartition = (sku: string): string => `SKU#${sku}`;
/** The beginning of every position's sort key. */
export const positionPrefix = 'LOC#';
