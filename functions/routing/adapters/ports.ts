import { marshall } from '@aws-sdk/util-dynamodb';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { type Unrouted, unroutedPrefix } from '../../../shared/model/stock/unrouted.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { entityFrom, get, queryAll, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { type RoutingPorts } from '../ports.ts';
import { cached } from './cached.ts';

/** How long a function keeps the locations that it has read. */
const locationsAgeMs = 30_000;

const locations = cached(readLocations, locationsAgeMs, Date.now);

/**
 * A location that is younger than what is kept, or active again since, has goods already: an order must not wait for what is there. The
 * shelves of one that is not active offer nothing, so that it is asked for anew only while they are being closed.
 */
function knows(known: readonly Location[], shelves: readonly Position[]): boolean {
  const active = new Map(known.map((location) => [location.locationId, location.active]));
  return shelves.every(({ location, atf }) => active.has(location) && (atf <= 0 || active.get(location) === true));
}

/** Routing on DynamoDB: one read of the order, one query per SKU, the locations from memory, one transaction. */
export const awsPorts: RoutingPorts = {
  order: (orderId) => get('order', { orderId }),
  positionsOf: async (sku) => (await stockOf(sku)).positions,
  locations: (shelves) => locations((known) => knows(known, shelves)),
  unroutedOf,
  commit,
};

async function* unroutedOf(sku: string, pool: string): AsyncGenerator<Unrouted> {
  const query = {
    TableName: tableName('stock'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :line)',
    ExpressionAttributeValues: marshall({ ':pk': skuPartition(sku), ':line': unroutedPrefix(pool) }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) yield entityFrom<'unrouted'>(item);
}

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
