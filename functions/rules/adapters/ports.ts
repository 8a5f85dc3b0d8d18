import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type Share, type Position, type Pool } from '../../../shared/model/stock/counters.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { entityFrom, get, queryAll, shareOf, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { isStock, stockItemFrom } from '../../../shared/platform/dynamo/stock-items.ts';
import { type RulesPorts, type SkuPage, type SkuStock } from '../ports.ts';

/** The rules capability on DynamoDB. */
export const awsPorts: RulesPorts = {
  rule: (ruleId) => get('stockRule', { ruleId }),
  rules: () => listed<'stockRule'>('RULES'),
  channel: (channelId) => get('channel', { channelId }),
  channels: () => listed<'channel'>('CHANNELS'),
  locations: () => listed<'location'>('LOCATIONS'),
  tagsOf: async (sku) => (await get('product', { sku }))?.tags ?? [],
  walk: (walkId) => get('stockWalk', { walkId }),
  stockOf,
  skuPage,
  shareOf,
  commit,
};

/** Read consistently: a rule, buffer or group that is older than the stock that it is applied to would undo what newer ones did. */
async function listed<E extends 'stockRule' | 'channel' | 'location'>(pk: string) {
  const found: ReturnType<typeof entityFrom<E>>[] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': pk }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) found.push(entityFrom<E>(item));
  return found;
}

/** Items of the stock table that are read for a page: a page is done, and where it ended is kept, within a second or two. */
const itemsOfPage = 500;
/** Sorts behind every key of a SKU's collection. */
const behindAll = '~';
const place = z.object({ pk: z.string().min(1).max(2000), sk: z.string().min(1).max(1000) });

/**
 * A page of a scan, cut so that each SKU is whole: the last one may go on behind the page (its stock may even begin there, when many wait
 * for it), and one that lies on several stripes is not all here, so these are read by themselves. The next page begins behind the last SKU.
 */
async function skuPage(cursor?: string): Promise<SkuPage> {
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const { Items = [], LastEvaluatedKey } = await dynamoDb.send(
    new ScanCommand({
      TableName: tableName('stock'),
      Limit: itemsOfPage,
      ConsistentRead: true,
      ...(from && { ExclusiveStartKey: toItem(from) }),
    }),
  );
  const last = LastEvaluatedKey && place.parse(unmarshall(LastEvaluatedKey));
  const cut = last && skuIn(last);
  const found = bySku(Items.filter((item) => skuIn({ pk: item['pk']?.S ?? '' }) !== undefined && isStock(item)));
  const isWhole = ({ sku, pools }: SkuStock) => sku !== cut && pools.every(({ stripes = 1 }) => stripes === 1);
  const torn = new Set([...found.filter((stock) => !isWhole(stock)).map(({ sku }) => sku), ...(cut ? [cut] : [])]);
  const read = await Promise.all([...torn].map(async (sku) => ({ sku, ...(await stockOf(sku)) })));
  const skus = [
    ...found.filter(isWhole),
    ...read.filter(({ positions, pools }) => positions.length + pools.length > 0),
  ];
  return { skus, ...(last && { cursor: JSON.stringify(behind(last)) }) };
}

/** The SKU of whose collection a key is, if it is of one. */
const skuIn = ({ pk }: Pick<z.infer<typeof place>, 'pk'>): string | undefined =>
  pk.startsWith(skuPartition('')) ? pk.slice(skuPartition('').length) : undefined;

/** A cursor comes back from a client too: one that is none begins anew. */
function placeOf(cursor: string): z.infer<typeof place> | undefined {
  try {
    return place.safeParse(JSON.parse(cursor)).data;
  } catch {
    return undefined;
  }
}

/** The place behind a SKU whose collection a page has touched; elsewhere the place itself. */
const behind = ({ pk, sk }: z.infer<typeof place>) => ({ pk, sk: skuIn({ pk }) === undefined ? sk : behindAll });

function bySku(items: readonly Record<string, AttributeValue>[]): SkuStock[] {
  const skus = new Map<string, { sku: string; positions: Position[]; pools: Pool[]; shares: Share[] }>();
  for (const item of items.map(stockItemFrom)) {
    const stock = skus.get(item.sku) ?? { sku: item.sku, positions: [], pools: [], shares: [] };
    skus.set(item.sku, stock);
    if ('location' in item) stock.positions.push(item);
    else if ('channel' in item) stock.shares.push(item);
    else stock.pools.push(item);
  }
  return [...skus.values()];
}
