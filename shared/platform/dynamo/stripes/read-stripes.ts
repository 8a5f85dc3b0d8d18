import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Pool } from '../../../model/stock/counters.ts';
import { stripeKey } from '../../../model/stock/table.ts';
import { tableName } from '../../config.ts';
import { batchGet } from '../batch-get.ts';
import { dynamoDb } from '../client.ts';
import { toItem } from '../item.ts';
import { poolFrom } from '../stock-items.ts';
import { type StripedPool, isSameMoment, striped } from './stripe.ts';

/** Reads a pool with all its stripes, consistently each; `undefined` when it has never been. */
export async function readStripes(sku: string, pool: string): Promise<StripedPool | undefined> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: tableName('stock'), Key: toItem(stripeKey(sku, pool, 0)), ConsistentRead: true }),
  );
  return Item && withStripes(poolFrom(Item));
}

/**
 * The stripes of a pool whose first has been read. The first must be read before the others: a fold meanwhile then shows too few units
 * and too low a version, which the next reading corrects. The other way round it would show the same units and versions twice, and who
 * has seen too high a version hears nothing that comes after it.
 */
export async function withStripes(first: Pool): Promise<StripedPool> {
  const { sku, pool, stripes = 1 } = first;
  const keys = Array.from({ length: stripes - 1 }, (_, index) => stripeKey(sku, pool, index + 1));
  const items = await batchGet('stock', keys);
  const others = items.map((item) => ({ ...poolFrom(item), stripe: stripeOf(item) }));
  return striped(
    first,
    others.sort((a, b) => a.stripe - b.stripe),
  );
}

/** Which stripe an item is: 0 for the first, which is where an unstriped pool is. */
export const stripeOf = (item: Record<string, AttributeValue>): number =>
  Number(/^STRIPE#(\d+)#/.exec(item['pk']?.S ?? '')?.[1] ?? 0);

/** A pool as it was at one moment: read twice, until nothing was written in between. `undefined` when writers were faster each time. */
export async function readAtOneMoment(before: StripedPool, tries = 4): Promise<StripedPool | undefined> {
  let last = before;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const again = await readStripes(last.pool.sku, last.pool.pool);
    if (again === undefined) return undefined;
    if (isSameMoment(last, again)) return again;
    last = again;
  }
  return undefined;
}
