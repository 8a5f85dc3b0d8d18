import { type Position } from '../../../shared/model/stock/counters.ts';
import { stockKey } from '../../../shared/model/stock/table.ts';
import { batchGet } from '../../../shared/platform/dynamo/batch-get.ts';
import { stockItemFrom } from '../../../shared/platform/dynamo/stock-items.ts';

/** The positions of several SKUs at a location, read consistently. */
export async function positionsAt(location: string, skus: readonly string[]): Promise<Position[]> {
  const keys = skus.map((sku) => stockKey({ level: 'position', sku, location }));
  const found = (await batchGet('stock', keys)).map(stockItemFrom);
  return found.filter((item): item is Position => 'location' in item);
}
