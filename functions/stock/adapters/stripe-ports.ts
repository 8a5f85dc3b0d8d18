import { type AttributeValue, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { queryAll } from '../../../shared/platform/dynamo/read.ts';
import { contentionKey } from '../../../shared/platform/dynamo/stripes/contention.ts';
import { readStripes } from '../../../shared/platform/dynamo/stripes/read-stripes.ts';
import { isUneven } from '../../../shared/platform/dynamo/stripes/rebalance-plan.ts';
import { stripedListing } from '../../../shared/platform/dynamo/stripes/switch-actions.ts';
import { rebalance, setStripes } from '../../../shared/platform/dynamo/stripes/switch.ts';
import { type PoolName, type StripePorts } from '../stripe-ports.ts';

/** The tending of stripes on DynamoDB. */
export const stripePorts: StripePorts = {
  poolNow: async ({ sku, pool }) => {
    const now = await readStripes(sku, pool);
    return now && { pool: now.pool, isUneven: isUneven(now.stripes) };
  },
  stripedPools,
  heatOf,
  looked,
  setStripes: ({ sku, pool }, stripes, cause, keptUntil) => setStripes(sku, pool, stripes, cause, keptUntil),
  rebalance: ({ sku, pool }, cause) => rebalance(sku, pool, cause),
};

async function* stripedPools(): AsyncGenerator<PoolName> {
  const query = {
    TableName: tableName('stock'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${listingIndex.partitionKey} = :listing`,
    ExpressionAttributeValues: toItem({ ':listing': stripedListing }),
  };
  for await (const item of queryAll(query)) yield poolNamed(item);
}

const poolNamed = ({ pk, sk }: Record<string, AttributeValue>): PoolName => ({
  sku: (pk?.S ?? '').slice('SKU#'.length),
  pool: (sk?.S ?? '').slice('POOL#'.length),
});

async function heatOf({ sku, pool }: PoolName) {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: tableName('stock'), Key: toItem(contentionKey(sku, pool)), ConsistentRead: true }),
  );
  const { at, seenVersion, seenAt } = Item ? unmarshall(Item) : {};
  return {
    ...(typeof at === 'string' && { conflictsAt: at }),
    ...(typeof seenVersion === 'number' && { seenVersion }),
    ...(typeof seenAt === 'string' && { seenAt }),
  };
}

/** Beside the count of conflicts, because the pool's own item is what buyers are at. */
async function looked({ sku, pool }: PoolName, seen: { seenVersion: number; seenAt: string }): Promise<void> {
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName: tableName('stock'),
      Key: toItem(contentionKey(sku, pool)),
      UpdateExpression: 'SET seenVersion = :version, seenAt = :at, #sku = :sku, #pool = :pool',
      ExpressionAttributeNames: { '#sku': 'sku', '#pool': 'pool' },
      ExpressionAttributeValues: toItem({
        ':version': seen.seenVersion,
        ':at': seen.seenAt,
        ':sku': sku,
        ':pool': pool,
      }),
    }),
  );
}
