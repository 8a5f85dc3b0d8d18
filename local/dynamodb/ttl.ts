import * as z from 'zod';
import { AwsError, type JsonObject } from '../aws-service.ts';
import { type DynamoDbCall } from './dynamodb-api.ts';
import { type TableDefinition, ttlAttributeOf } from './table-definition.ts';

const SWEEP_MS = 20_000;
const PAGE_ITEMS = 1_000;
/** DynamoDB leaves items alone whose time is more than five years ago. */
const OLDEST_SECONDS = 5 * 365 * 86_400;

const pageSchema = z.object({
  Items: z.array(z.record(z.string(), z.json())).default([]),
  LastEvaluatedKey: z.record(z.string(), z.json()).nullish(),
});

/** Deletes expired items of all tables that have TTL, again and again. */
export interface TtlSweep {
  /** One sweep now; resolves with the number of items deleted. */
  sweep(): Promise<number>;
  stop(): void;
}

/** Starts sweeping every 20 seconds. `clock` is epoch milliseconds. */
export function startTtlSweep(
  call: DynamoDbCall,
  tables: readonly TableDefinition[],
  clock: () => number = Date.now,
): TtlSweep {
  const sweep = async (): Promise<number> => {
    let deleted = 0;
    for (const table of tables) deleted += await sweepTable(call, table, Math.floor(clock() / 1000));
    return deleted;
  };
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    sweep()
      .catch((error: unknown) => console.warn('TTL sweep failed and is tried again', error))
      .finally(() => {
        running = false;
      });
  }, SWEEP_MS).unref();
  return { sweep, stop: () => clearInterval(timer) };
}

async function sweepTable(call: DynamoDbCall, table: TableDefinition, nowSeconds: number): Promise<number> {
  const attribute = ttlAttributeOf(table);
  if (attribute === undefined) return 0;
  const expired = {
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: {
      ':now': { N: String(nowSeconds) },
      ':oldest': { N: String(nowSeconds - OLDEST_SECONDS) },
    },
  };
  let deleted = 0;
  let startKey: JsonObject | null | undefined;
  do {
    const answer = await call('DynamoDB_20120810.Scan', {
      TableName: table.TableName,
      Limit: PAGE_ITEMS,
      FilterExpression: '#ttl < :now AND #ttl > :oldest',
      ExclusiveStartKey: startKey ?? undefined,
      ...expired,
    });
    const page = pageSchema.parse(answer);
    for (const item of page.Items) deleted += await deleteExpired(call, table, item, expired);
    startKey = page.LastEvaluatedKey;
  } while (startKey);
  return deleted;
}

/** Deletes on the condition that the item is still expired: it may have been prolonged since the scan. */
async function deleteExpired(
  call: DynamoDbCall,
  table: TableDefinition,
  item: JsonObject,
  expired: JsonObject,
): Promise<number> {
  const Key = Object.fromEntries(table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]));
  try {
    await call('DynamoDB_20120810.DeleteItem', {
      TableName: table.TableName,
      Key,
      ConditionExpression: '#ttl < :now AND #ttl > :oldest',
      ...expired,
    });
    return 1;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}
