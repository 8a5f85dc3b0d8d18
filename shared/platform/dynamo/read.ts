import { type AttributeValue, GetItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Once } from '../../model/changes.ts';
import { type Entities, type EntityIds, type EntityName } from '../../model/entities.ts';
import { places } from '../../model/places.ts';
import { type Pool, type Position, type Share } from '../../model/stock/counters.ts';
import { skuPartition, stockKey, stockRange } from '../../model/stock/table.ts';
import { tableName } from '../config.ts';
import { batchGet } from './batch-get.ts';
import { dynamoDb } from './client.ts';
import { entityKey } from './compile.ts';
import { toItem } from './item.ts';
import { stockItemFrom } from './stock-items.ts';
import { withStripes } from './stripes/read-stripes.ts';

/** Reads one entity, consistently; `undefined` when there is none. */
export async function get<E extends EntityName>(entity: E, id: EntityIds[E]): Promise<Entities[E] | undefined> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({
      TableName: tableName(places[entity].table),
      Key: entityKey(entity, id),
      ConsistentRead: true,
    }),
  );
  return Item === undefined ? undefined : entityFrom<E>(Item);
}

/** Reads many of one kind, consistently, in any order; what is not there is left out. The ids must differ. */
export async function getMany<E extends EntityName>(entity: E, ids: readonly EntityIds[E][]): Promise<Entities[E][]> {
  const { table, key } = places[entity];
  return (await batchGet(table, ids.map(key))).map((item) => entityFrom<E>(item));
}

/** An item as the entity it was put as: keys of the table are left out. Only this module and `compile.ts` know that form. */
export function entityFrom<E extends EntityName>(item: Record<string, AttributeValue>): Entities[E] {
  const { pk: _pk, sk: _sk, lpk: _lpk, lsk: _lsk, ...entity } = unmarshall(item);
  return entity as Entities[E];
}

/** The record of an earlier call under this key, if there was one. */
export async function getOnce(key: string): Promise<Once | undefined> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({ TableName: tableName('idempotency'), Key: toItem({ pk: key }), ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  const item = unmarshall(Item);
  return { key, requestHash: String(item['requestHash']), reply: JSON.parse(String(item['reply'])) };
}

/** All pages of a query, one after the other. */
export async function* queryAll(input: QueryCommandInput): AsyncGenerator<Record<string, AttributeValue>> {
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamoDb.send(new QueryCommand({ ...input, ...(from && { ExclusiveStartKey: from }) }));
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/**
 * Where a SKU is: its positions, its pools and what channels have for themselves, in one query (and one read for a striped pool). Who waits
 * for it and what is to come lie before and behind these and are not read: a queue of thousands costs nothing here.
 */
export async function stockOf(
  sku: string,
): Promise<{ readonly positions: Position[]; readonly pools: Pool[]; readonly shares: Share[] }> {
  const positions: Position[] = [];
  const pools: Pool[] = [];
  const shares: Share[] = [];
  const input = {
    TableName: tableName('stock'),
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: toItem({
      ':pk': skuPartition(sku),
      ':first': stockRange.first,
      ':last': stockRange.last,
    }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(input)) {
    const found = stockItemFrom(item);
    if ('location' in found) positions.push(found);
    else if ('channel' in found) shares.push(found);
    else pools.push(found);
  }
  return { positions, pools: await Promise.all(pools.map(summed)), shares };
}

const summed = async (first: Pool): Promise<Pool> => (await withStripes(first)).pool;

/** A SKU at a location; nothing, if it never was there. */
export async function positionOf(sku: string, location: string): Promise<Position | undefined> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({
      TableName: tableName('stock'),
      Key: toItem(stockKey({ level: 'position', sku, location })),
      ConsistentRead: true,
    }),
  );
  return Item && (stockItemFrom(Item) as Position);
}

/** What a channel has of a SKU in a pool for itself; nothing, if it never had. */
export async function shareOf(sku: string, pool: string, channel: string): Promise<Share | undefined> {
  const { Item } = await dynamoDb.send(
    new GetItemCommand({
      TableName: tableName('stock'),
      Key: toItem(stockKey({ level: 'share', sku, pool, channel })),
      ConsistentRead: true,
    }),
  );
  return Item && (stockItemFrom(Item) as Share);
}
