import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Channel, type Location } from '../../../shared/model/network/network.ts';
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
  commit,
};

async function listed<T extends Location | Channel>(pk: 'LOCATIONS' | 'CHANNELS'): Promise<T[]> {
  const found: T[] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': pk }),
  };
  for await (const item of queryAll(query)) found.push(entityFrom<'location' | 'channel'>(item) as T);
  return found;
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
