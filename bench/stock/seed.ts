import { marshall } from '@aws-sdk/util-dynamodb';
import { type JsonObject } from '../../local/aws-service.ts';
import { type DynamoDbCall, dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { startDynamoDb } from '../../local/dynamodb/emulator.ts';
import { ensureTables } from '../../local/dynamodb/tables.ts';
import { places } from '../../shared/model/places.ts';
import { stockKey } from '../../shared/model/stock/table.ts';
import { listingIndex, tableShapes } from '../../shared/model/tables.ts';
import { workers } from '../client.ts';

/** Stock to begin with: each SKU with so many units at each location of one pool, and a channel that sells from it. */
export interface Stocked {
  readonly pool: string;
  readonly channelId: string;
  readonly locations: readonly string[];
  readonly skus: readonly string[];
  readonly unitsAtEach: number;
}

/** DynamoDB's limit of one BatchWriteItem. */
const itemsAtOnce = 25;
const batchesAtOnce = 8;
/** Long enough ago that no snapshot has to ask the ledger what moved. */
const seededAt = new Date(Date.now() - 7 * 24 * 3_600_000).toISOString();
const tableOf = (name: string): string => `crossdock-local-${name}`;

/** Names for a stock of so many positions. */
export function stocked(name: string, positions: number, locations: number, unitsAtEach: number): Stocked {
  const skus = Math.ceil(positions / locations);
  return {
    pool: name,
    channelId: `${name}-web`,
    locations: Array.from({ length: locations }, (_, index) => `${name}-store-${String(index).padStart(3, '0')}`),
    skus: Array.from({ length: skus }, (_, index) => `${name.toUpperCase()}-SKU-${String(index).padStart(7, '0')}`),
    unitsAtEach,
  };
}

/**
 * Writes stock into the database of a twin that is still to start, with BatchWriteItem and before the tables have their streams: no event
 * is told of it and no ledger entry is written, as if it had been there for a week.
 */
export const seed = (dataDir: string, stocks: readonly Stocked[]): Promise<void> =>
  seedTables(
    dataDir,
    stocks.flatMap((stock) => [
      { table: 'network', items: networkOf(stock) },
      { table: 'stock', items: stockItems(stock) },
    ]),
  );

/** Items of one table. */
export interface TableSeed {
  readonly table: 'stock' | 'network' | 'listings';
  readonly items: Iterator<object>;
}

/** Writes items of some tables in the same way. */
export async function seedTables(dataDir: string, seeds: readonly TableSeed[]): Promise<void> {
  const emulator = await startDynamoDb({ dataDir });
  try {
    const call = dynamoDbCall(emulator.endpoint);
    await ensureTables(call, [...new Set(seeds.map(({ table }) => table))].map(withoutStream));
    for (const { table, items } of seeds) await write(call, tableOf(table), items);
  } finally {
    await emulator.stop();
  }
}

function withoutStream(name: TableSeed['table']): JsonObject {
  const { partitionKey, sortKey } = listingIndex;
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
  const isListed = tableShapes[name].listing;
  const names = ['pk', 'sk', ...(isListed ? [partitionKey, sortKey] : [])];
  return {
    TableName: tableOf(name),
    KeySchema: key('pk', 'sk'),
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    ...(isListed && {
      GlobalSecondaryIndexes: [
        {
          IndexName: listingIndex.name,
          KeySchema: key(partitionKey, sortKey),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  };
}

/** Writes items as they come: never more of them in memory than are on their way. */
async function write(call: DynamoDbCall, table: string, items: Iterator<object>): Promise<void> {
  for (;;) {
    const taken = Array.from({ length: itemsAtOnce * batchesAtOnce }, () => items.next()).flatMap(({ done, value }) =>
      done === true ? [] : [{ PutRequest: { Item: marshall(value, { removeUndefinedValues: true }) } }],
    );
    if (taken.length === 0) return;
    const batches = Math.ceil(taken.length / itemsAtOnce);
    await workers(batches, batchesAtOnce, async (index) => {
      const batch = taken.slice(index * itemsAtOnce, (index + 1) * itemsAtOnce);
      const { UnprocessedItems } = await call('DynamoDB_20120810.BatchWriteItem', {
        RequestItems: { [table]: batch } as unknown as JsonObject,
      });
      if (UnprocessedItems && Object.keys(UnprocessedItems).length > 0) throw new Error('the database left items out');
    });
  }
}

/** Locations of a stock, and a channel that sells from it. */
export function* networkOf({ pool, channelId, locations }: Stocked): Generator<object> {
  const about = { version: 1, updatedAt: seededAt, active: true, name: pool, pool };
  for (const locationId of locations) {
    const where = { type: 'store', country: 'US', postalCode: '02108', latitude: 42.3588, longitude: -71.0638 };
    yield { ...places.location.key({ locationId }), ...about, ...where, locationId };
  }
  const sells = { type: 'api', currency: 'USD', buffer: 0, onShortage: 'refuse', endpoint: { kind: 'none' } };
  yield { ...places.channel.key({ channelId }), ...about, ...sells, channelId };
}

/** Items as a first receipt leaves them: counters that were never touched are not there. */
export function* stockItems({ pool, locations, skus, unitsAtEach: units }: Stocked): Generator<object> {
  const cause = { operation: 'receive', reference: 'seed', actor: 'bench', at: seededAt };
  for (const sku of skus) {
    for (const location of locations) {
      const key = stockKey({ level: 'position', sku, location });
      yield { ...key, sku, location, pool, onHand: units, atf: units, version: 1, cause };
    }
    const key = stockKey({ level: 'pool', sku, pool });
    yield { ...key, sku, pool, ats: units * locations.length, version: locations.length, cause };
  }
}
