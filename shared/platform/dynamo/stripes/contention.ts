import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { systemClock } from '../../../kernel/time.ts';
import { type PoolKey } from '../../../model/stock/counters.ts';
import { skuPartition } from '../../../model/stock/table.ts';
import { tableName } from '../../config.ts';
import { logger } from '../../logger.ts';
import { dynamoDb } from '../client.ts';
import { toItem } from '../item.ts';

/** How long conflicts are counted together. */
export const contentionWindowSeconds = 10;
/**
 * An instance reports from so many conflicts within a window on. It serves one request at a time, so four in ten seconds are no accident;
 * and a hundred instances that see four each make forty, which is a SKU to be striped.
 */
const worthTelling = 4;
/** Where the conflicts of a pool are counted: beside it, so that the writes that count do not conflict with the sales. */
export const contentionKey = (sku: string, pool: string): { readonly pk: string; readonly sk: string } => ({
  pk: skuPartition(sku),
  sk: `${contentionPrefix}${pool}`,
});
/** How the sort keys of those counts begin. */
export const contentionPrefix = 'CONTENTION#';

const seen = new Map<string, { readonly window: number; conflicts: number }>();

/** Counts that these pools were in another transaction's way; tells the pool's record when that was often. Never fails its caller. */
export async function noteConflicts(pools: readonly PoolKey[], now = Date.now()): Promise<void> {
  const window = Math.floor(now / (contentionWindowSeconds * 1000));
  for (const { sku, pool } of pools) {
    const key = JSON.stringify([sku, pool]);
    const before = seen.get(key);
    const conflicts = (before?.window === window ? before.conflicts : 0) + 1;
    if (before !== undefined && before.window !== window && seen.size > 1000) seen.clear();
    seen.set(key, { window, conflicts: conflicts >= worthTelling ? 0 : conflicts });
    if (conflicts >= worthTelling) await tell(sku, pool, window, conflicts).catch(unheard);
  }
}

const unheard = (error: unknown): void =>
  logger.warn('that a pool is contended could not be recorded', { error: error as Error });

const about = 'SET #sku = :sku, #pool = :pool, #at = :at, #window = :window';
/** Adds to the window's count; where the record is of a window before, it is begun anew. */
const ways = [
  { UpdateExpression: `${about} ADD conflicts :n, version :one`, ConditionExpression: '#window = :window' },
  {
    UpdateExpression: `${about}, conflicts = :n ADD version :one`,
    ConditionExpression: 'attribute_not_exists(#window) OR #window < :window',
  },
];

async function tell(sku: string, pool: string, window: number, conflicts: number): Promise<void> {
  const update = {
    TableName: tableName('stock'),
    Key: toItem(contentionKey(sku, pool)),
    ExpressionAttributeNames: { '#sku': 'sku', '#pool': 'pool', '#at': 'at', '#window': 'window' },
    ExpressionAttributeValues: toItem({
      ':sku': sku,
      ':pool': pool,
      ':at': systemClock.now(),
      ':window': window,
      ':n': conflicts,
      ':one': 1,
    }),
  };
  for (const way of ways)
    try {
      await dynamoDb.send(new UpdateItemCommand({ ...update, ...way }));
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
}
