import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { barcodePartition, listingAliasPartition, places, spellingPartition } from '../../../shared/model/entities.ts';
import { barcodeKey } from '../../../shared/model/network/barcode.ts';
import { type ListingId, lookedUpAs } from '../../../shared/model/network/listing-alias.ts';
import { spellingOf } from '../../../shared/model/network/sku-spelling.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { get, queryAll, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { type ChannelsPorts } from '../ports.ts';

/** The SKUs listed under one id of a channel; of listings that were put before ids had items of their own, by the index of variants. */
export async function listedUnder(id: ListingId): Promise<readonly string[]> {
  const found = await skusIn('listings', listingAliasPartition({ ...id, value: lookedUpAs(id) }));
  return found.length > 0 || id.kind !== 'variantId' ? found : oldListedUnder(id);
}

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

/** The index holds keys only, and its sort key is the SKU. */
async function oldListedUnder({ channelId, value }: ListingId): Promise<string[]> {
  const skus: string[] = [];
  const query: QueryCommandInput = {
    TableName: tableName('listings'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${listingIndex.partitionKey} = :variant`,
    ExpressionAttributeValues: marshall({ ':variant': `${channelId}#${value}` }),
  };
  for await (const item of queryAll(query)) skus.push(String(unmarshall(item)[listingIndex.sortKey]));
  const listings = await Promise.all(skus.map((sku) => get('listing', { channelId, sku })));
  return skus.filter((_, index) => listings[index]?.variantId === value);
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
