import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { places } from '../../../shared/model/places.ts';
import { listingAliasPartition } from '../../../shared/model/places/listings.ts';
import { barcodePartition, spellingPartition } from '../../../shared/model/places/network.ts';
import { barcodeKey } from '../../../shared/model/network/barcode.ts';
import { type Listing } from '../../../shared/model/network/network.ts';
import { type ListingId, lookedUpAs } from '../../../shared/model/network/listing-alias.ts';
import { spellingOf } from '../../../shared/model/network/sku-spelling.ts';
import { stockKey } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { batchGet } from '../../../shared/platform/dynamo/batch-get.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { entityFrom, get, queryAll, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { type ChannelsPorts } from '../ports.ts';

/** The SKUs listed under one id of a channel. */
export const listedUnder = (id: ListingId): Promise<readonly string[]> =>
  skusIn('listings', listingAliasPartition({ ...id, value: lookedUpAs(id) }));

/** The products of a barcode. */
export const productsWith = (barcode: string): Promise<readonly string[]> =>
  skusIn('network', barcodePartition(barcodeKey(barcode)));

/** A partition whose sort keys are `SKU#<sku>`. */
async function skusIn(table: 'listings' | 'network', pk: string): Promise<string[]> {
  const skus: string[] = [];
  const query: QueryCommandInput = {
    TableName: tableName(table),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': pk }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) skus.push(String(unmarshall(item)['sku']));
  return skus;
}

/** Most SKUs of an order have stock; the others are looked for only then. */
export async function isKnownSku({
  sku,
  pool,
  channelId,
}: Parameters<ChannelsPorts['isKnownSku']>[0]): Promise<boolean> {
  if ((await stockOf(sku)).pools.some((one) => one.pool === pool)) return true;
  const found = await Promise.all([get('product', { sku }), get('listing', { channelId, sku })]);
  return found.some((one) => one !== undefined);
}

/** Those of some texts that are SKUs with stock in a pool, in one call. */
export async function stockedAmong(skus: readonly string[], pool: string): Promise<readonly string[]> {
  const keys = skus.map((sku) => stockKey({ level: 'pool', sku, pool }));
  return (await batchGet('stock', keys)).map((item) => String(unmarshall(item)['sku']));
}

/** SKUs that are read on each side of a text. */
const neighbors = 100;

/** The channel's listings and the products that stand next to a text in the order of their SKUs: what is spelled alike is mostly there. */
export async function skusNear(channelId: string, text: string): Promise<readonly string[]> {
  const spelled = new Set([text, text.toUpperCase(), text.toLowerCase()]);
  const listed = [...spelled].flatMap((sku) => {
    const { pk, sk } = places.listing.key({ channelId, sku });
    return [around('listings', pk, sk, true), around('listings', pk, sk, false)];
  });
  const spelling = spellingOf(text);
  const products = [true, false].map((upwards) => around('network', spellingPartition, spelling, upwards));
  return [...new Set((await Promise.all([...listed, ...products])).flat())];
}

async function around(table: 'listings' | 'network', pk: string, sk: string, upwards: boolean): Promise<string[]> {
  const { Items = [] } = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName(table),
      KeyConditionExpression: `pk = :pk AND sk ${upwards ? '>=' : '<'} :sk`,
      ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': sk }),
      ProjectionExpression: 'sku',
      ScanIndexForward: upwards,
      Limit: neighbors,
    }),
  );
  return Items.map((item) => String(unmarshall(item)['sku']));
}

/** A channel's listings in the order of their SKUs. A page of DynamoDB may end before it is full: it is filled up, so that a short one is the last. */
export async function listingsAfter(channelId: string, after: string | undefined, most: number): Promise<Listing[]> {
  const { pk, sk } = places.listing.key({ channelId, sku: after ?? '' });
  const found: Listing[] = [];
  const items = queryAll({
    TableName: tableName('listings'),
    KeyConditionExpression: 'pk = :pk AND sk > :sk',
    ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': sk }),
    Limit: most,
  });
  for await (const item of items) {
    found.push(entityFrom<'listing'>(item));
    if (found.length === most) break;
  }
  return found;
}
