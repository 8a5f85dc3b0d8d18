import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { priceListPartition, pricePartition } from '../../../shared/model/places/network.ts';
import { type Channel, type Location } from '../../../shared/model/network/network.ts';
import { type PriceList, type SkuPrices } from '../../../shared/model/network/price-list.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { kitsWith } from '../../../shared/platform/dynamo/kits.ts';
import { entityFrom, get, queryAll, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { type NetworkPorts } from '../ports.ts';

/** The network capability on DynamoDB. */
export const awsPorts: Omit<NetworkPorts, 'coordinatesOf'> = {
  location: (locationId) => get('location', { locationId }),
  channel: (channelId) => get('channel', { channelId }),
  locations: () => listed<Location>('LOCATIONS'),
  channels: () => listed<Channel>('CHANNELS'),
  hasStock,
  product: (sku) => get('product', { sku }),
  kitsWith,
  poolsOf: async (sku) => {
    const { positions, pools } = await stockOf(sku);
    return positions.length + pools.length > 0 ? pools.map(({ pool }) => pool) : undefined;
  },
  walk: (walkId) => get('stockWalk', { walkId }),
  priceLists: () => listed<PriceList>(priceListPartition),
  priceList: (priceListId) => get('priceList', { priceListId }),
  skuPrices: (priceListId, sku) => get('skuPrices', { priceListId, sku }),
  pricesAfter,
  commit,
};

async function listed<T extends Location | Channel | PriceList>(pk: string): Promise<T[]> {
  const found: T[] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': pk }),
  };
  for await (const item of queryAll(query)) found.push(entityFrom<'location' | 'channel' | 'priceList'>(item) as T);
  return found;
}

async function pricesAfter(priceListId: string, after: string | undefined, most: number): Promise<SkuPrices[]> {
  const { Items = [] } = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName('network'),
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: marshall({ ':pk': pricePartition(priceListId), ':after': `SKU#${after ?? ''}` }),
      ConsistentRead: true,
      Limit: most,
    }),
  );
  return Items.map((item) => entityFrom<'skuPrices'>(item));
}

/** Asked only when a location is to change pools, which is rare enough for a scan. */
async function hasStock(locationId: string): Promise<boolean> {
  let from: Record<string, never> | undefined;
  do {
    const page = await dynamoDb.send(
      new ScanCommand({
        TableName: tableName('stock'),
        FilterExpression: 'sk = :location AND (onHand <> :zero OR allocated <> :zero)',
        ExpressionAttributeValues: marshall({ ':location': `LOC#${locationId}`, ':zero': 0 }),
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    if ((page.Items ?? []).length > 0) return true;
    from = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (from !== undefined);
  return false;
}
