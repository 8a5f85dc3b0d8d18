import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type PriceList } from '../../../shared/model/network/price-list.ts';
import {
  type Publication,
  dueStates,
  publicationListing,
  publicationPartition,
} from '../../../shared/model/network/publication.ts';
import { priceListPartition } from '../../../shared/model/places/network.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { entityFrom, get, getMany, getOnce, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { countListed } from './count.ts';
import { type DuePublications, type PublicationStore } from '../publication-ports.ts';

/** Publications on DynamoDB, and what they rest on. */
export const publicationStore: PublicationStore = {
  one: (key) => get('publication', key),
  many: (keys) => getMany('publication', keys),
  due,
  inState: async (channelId, state, page) => {
    const listed = await listingPage('listings', publicationListing(channelId, state), page);
    if (!listed.ok) return listed;
    const { items, cursor } = listed.value;
    const skus = items.map((item) => skuIn(unmarshall(item)));
    const read = await getMany(
      'publication',
      skus.map((sku) => ({ channelId, sku })),
    );
    const bySku = new Map(read.map((one) => [one.sku, one]));
    // The index may lag behind: those that went on meanwhile are left out.
    const publications = skus.flatMap((sku) => bySku.get(sku) ?? []).filter((one) => one.state === state);
    return { ok: true, value: { publications, ...(cursor !== undefined && { cursor }) } };
  },
  count: (channelId, state, most) => countListed('listings', publicationListing(channelId, state), most),
  after,
  walk: (channelId) => get('publicationWalk', { channelId }),
  products: (skus) =>
    getMany(
      'product',
      skus.map((sku) => ({ sku })),
    ),
  priceLists: async () => {
    const found = queryAll({
      TableName: tableName('network'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': priceListPartition }),
      ConsistentRead: true,
    });
    const lists: PriceList[] = [];
    for await (const item of found) lists.push(entityFrom<'priceList'>(item));
    return lists;
  },
  prices: (keys) => getMany('skuPrices', keys),
  earlier: getOnce,
};

const skuIn = (item: Readonly<Record<string, unknown>>): string => String(item['sk']).slice('SKU#'.length);

/** One query for each state in which something can be due: what the channel is being told of comes before periods of prices that begin. */
async function due(channelId: string, now: string, most: number): Promise<DuePublications> {
  const found = await Promise.all(dueStates.map((state) => firstOf(publicationListing(channelId, state), most + 1)));
  const skus = found.flat().flatMap(({ sku, dueAt }) => (dueAt <= now ? [sku] : []));
  const [next] = found
    .flat()
    .flatMap(({ dueAt }) => (dueAt > now ? [dueAt] : []))
    .sort();
  return { skus: skus.slice(0, most), ...(skus.length <= most && next !== undefined && { next }) };
}

/** The first of a listing that are due at some time. */
async function firstOf(listing: string, most: number): Promise<{ readonly sku: string; readonly dueAt: string }[]> {
  const { Items = [] } = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName('listings'),
      IndexName: listingIndex.name,
      // What is not due at any time stands behind every time.
      KeyConditionExpression: `${listingIndex.partitionKey} = :listing AND ${listingIndex.sortKey} < :never`,
      ExpressionAttributeValues: toItem({ ':listing': listing, ':never': '9' }),
      Limit: most,
    }),
  );
  return Items.map((item) => {
    const keys = unmarshall(item);
    return { sku: skuIn(keys), dueAt: String(keys[listingIndex.sortKey]).split('#', 1)[0] ?? '' };
  });
}

/** A page of DynamoDB may end before it is full: it is filled up, so that a short one is the last. */
async function after(channelId: string, from: string | undefined, most: number): Promise<Publication[]> {
  const found: Publication[] = [];
  const items = queryAll({
    TableName: tableName('listings'),
    KeyConditionExpression: 'pk = :pk AND sk > :after',
    ExpressionAttributeValues: toItem({ ':pk': publicationPartition(channelId), ':after': `SKU#${from ?? ''}` }),
    ConsistentRead: true,
    Limit: most,
  });
  for await (const item of items) {
    found.push(entityFrom<'publication'>(item));
    if (found.length === most) break;
  }
  return found;
}
