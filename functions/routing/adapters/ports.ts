import { marshall } from '@aws-sdk/util-dynamodb';
import { type Location } from '../../../shared/model/network/network.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { entityFrom, get, queryAll, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { type RoutingPorts } from '../ports.ts';
import { cached } from './cached.ts';

/** How long a function keeps the locations that it has read. */
const locationsAgeMs = 30_000;

const locations = cached(readLocations, locationsAgeMs, Date.now);

/** A location that is younger than what is kept has stock already: an order must not wait for supply that is there. */
function knows(known: readonly Location[], having: readonly string[]): boolean {
  const ids = new Set(known.map(({ locationId }) => locationId));
  return having.every((id) => ids.has(id));
}

/** Routing on DynamoDB: one read of the order, one query per SKU, the locations from memory, one transaction. */
export const awsPorts: RoutingPorts = {
  order: (orderId) => get('order', { orderId }),
  positionsOf: async (sku) => (await stockOf(sku)).positions,
  locations: (having) => locations((known) => knows(known, having)),
  commit,
};

async function readLocations(): Promise<readonly Location[]> {
  const found: Location[] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': 'LOCATIONS' }),
  };
  for await (const item of queryAll(query)) found.push(entityFrom<'location'>(item));
  return found;
}
