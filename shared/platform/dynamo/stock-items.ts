import { type AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type Pool,
  type Position,
  type Share,
  poolCounters,
  positionCounters,
  shareCounters,
} from '../../model/stock/counters.ts';

/** True for a position, a pool (or a stripe of one) or a share; a SKU's collection holds its backorders and supplies too. */
export const isStock = (item: Record<string, AttributeValue>): boolean =>
  /^(LOC|POOL|SHARE)#/.test(item['sk']?.S ?? '');

/** A stock item as a position, pool or share; counters that were never touched are zero. */
export function stockItemFrom(item: Record<string, AttributeValue>): Position | Pool | Share {
  const { pk: _pk, sk: _sk, lpk: _lpk, lsk: _lsk, ...rest } = unmarshall(item);
  const counters = 'location' in rest ? positionCounters : 'channel' in rest ? shareCounters : poolCounters;
  const zeros = Object.fromEntries(counters.map((counter) => [counter, 0]));
  return { ...zeros, ...rest } as Position | Pool | Share;
}

/** True for a pool, or one stripe of it. */
export const isPool = (stock: Position | Pool | Share): stock is Pool =>
  !('location' in stock) && !('channel' in stock);

/**
 * The item of a pool, or of one stripe, as a pool.
 * @throws Error when the item is another
 */
export function poolFrom(item: Record<string, AttributeValue>): Pool {
  const stock = stockItemFrom(item);
  if (!isPool(stock)) throw new Error(`${item['sk']?.S ?? 'an item'} is no pool`);
  return stock;
}
