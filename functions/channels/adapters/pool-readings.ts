import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { atMost } from '../../../shared/kernel/at-most.ts';
import { isKit } from '../../../shared/model/network/product.ts';
import { type Share } from '../../../shared/model/stock/counters.ts';
import { stockKey } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { batchGet } from '../../../shared/platform/dynamo/batch-get.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { kitsWith } from '../../../shared/platform/dynamo/kits.ts';
import { getMany } from '../../../shared/platform/dynamo/read.ts';
import { poolFrom, stockItemFrom } from '../../../shared/platform/dynamo/stock-items.ts';
import { withStripes } from '../../../shared/platform/dynamo/stripes/read-stripes.ts';
import { type PoolReadings } from '../pool-ports.ts';

/** Items of the stock table that are read for a page. */
const itemsOfPage = 500;
/** Readings that are under way at once. */
const width = 16;
const place = z.object({ pk: z.string(), sk: z.string() });

/** What pools have, on DynamoDB. */
export const poolReadings: PoolReadings = {
  of: async (pool, skus) => {
    const items = await batchGet(
      'stock',
      skus.map((sku) => stockKey({ level: 'pool', sku, pool })),
    );
    return atMost(width, items.map(poolFrom), async (first) => (await withStripes(first)).pool);
  },
  shares: async (pool, channel, skus) => {
    const items = await batchGet(
      'stock',
      skus.map((sku) => stockKey({ level: 'share', sku, pool, channel })),
    );
    return items.map(stockItemFrom).filter((item): item is Share => 'channel' in item);
  },
  kits: async (skus) =>
    (
      await getMany(
        'product',
        skus.map((sku) => ({ sku })),
      )
    ).filter(isKit),
  page,
};

/** One page of a scan: no index has the SKUs of a pool. */
async function page(pool: string, after: string | undefined): ReturnType<PoolReadings['page']> {
  const { Items = [], LastEvaluatedKey } = await dynamoDb.send(
    new ScanCommand({
      TableName: tableName('stock'),
      Limit: itemsOfPage,
      ConsistentRead: true,
      ProjectionExpression: 'pk, sk, sku',
      ...(after !== undefined && { ExclusiveStartKey: toItem(place.parse(JSON.parse(after))) }),
    }),
  );
  const found = Items.map((item) => unmarshall(item)).flatMap(({ pk, sk, sku }) => {
    const key = stockKey({ level: 'pool', sku: String(sku), pool });
    return pk === key.pk && sk === key.sk ? [String(sku)] : [];
  });
  const kits = (await atMost(width, found, kitsWith)).flat();
  const next = LastEvaluatedKey && JSON.stringify(place.parse(unmarshall(LastEvaluatedKey)));
  return { skus: [...new Set([...found, ...kits])], ...(next !== undefined && { next }) };
}
