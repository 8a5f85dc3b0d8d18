import { type StockKey } from './counters.ts';

/** The partition of one SKU: its positions, pools, shares, backorders and supplies. */
export const skuPartition = (sku: string): string => `SKU#${sku}`;

/**
 * The key of a position, pool or share in table `stock`: one item collection per SKU, so that one query answers "where is it".
 *
 * | question | key | page |
 * |---|---|---|
 * | where is this SKU | `pk = SKU#<sku>`, `sk` in `stockRange` | a position per location, a pool each, its shares |
 * | what can this pool sell | `pk = SKU#<sku>`, `sk = POOL#<pool>` | 1; of a hot SKU the first stripe |
 * | the other stripes of a hot SKU | `pk = STRIPE#<n>#<sku>`, `sk = POOL#<pool>` | 1 each: other partitions, so that writes spread |
 * | what a channel has for itself | `pk = SKU#<sku>`, `sk = SHARE#<pool>#<channel>` | 1 |
 * | everything, for the auditor | scan in parallel segments | 1 MB |
 */
export function stockKey(key: StockKey): { readonly pk: string; readonly sk: string } {
  const pk = skuPartition(key.sku);
  if (key.level === 'position') return { pk, sk: `LOC#${key.location}` };
  if (key.level === 'pool') return { pk, sk: `POOL#${key.pool}` };
  return { pk, sk: `SHARE#${key.pool}#${key.channel}` };
}

/** The key of one stripe of a pool: the first is where an unstriped pool is. */
export const stripeKey = (sku: string, pool: string, stripe: number): { readonly pk: string; readonly sk: string } => ({
  pk: stripe === 0 ? skuPartition(sku) : `STRIPE#${stripe}#${sku}`,
  sk: `POOL#${pool}`,
});

/**
 * Between these sort keys lie a SKU's positions, pools and shares (`LOC#`, `POOL#`, `SHARE#`), and nothing else of its collection: backorders
 * and counts of conflicts sort before, supplies behind.
 */
export const stockRange = { first: 'LOC#', last: 'SHARE$' } as const;
