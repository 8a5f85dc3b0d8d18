import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Place } from '../../../shared/model/ledger/entry.ts';
import { placeKey, stripesKey } from '../../../shared/model/ledger/table.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { queryAll } from '../../../shared/platform/dynamo/read.ts';
import { isStock, stockItemFrom } from '../../../shared/platform/dynamo/stock-items.ts';
import { type PlaceNow } from '../ports.ts';
import { entryFrom, placeOfItem } from './entry-item.ts';

/** A SKU's collection, and every stripe that its pools ever had. */
export async function places(sku: string): Promise<PlaceNow[]> {
  const found: PlaceNow[] = [];
  const query = {
    TableName: tableName('stock'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': skuPartition(sku) }),
    ConsistentRead: true,
  };
  for await (const raw of queryAll(query)) {
    if (!isStock(raw)) continue;
    const item = stockItemFrom(raw);
    found.push({ place: placeOfItem(raw, item), item });
  }
  const pools = found.flatMap(({ place }) => (place.level === 'pool' ? [place.pool] : []));
  const stripes = await Promise.all(pools.map((pool) => stripesOf(sku, pool)));
  return [...found, ...stripes.flat().map((place) => ({ place }))];
}

/** The stripes that have entries, from one to the next: a pool that never was striped costs one query. */
async function stripesOf(sku: string, pool: string): Promise<Place[]> {
  const found: Place[] = [];
  let from = stripesKey(pool);
  for (;;) {
    const { Items = [] } = await dynamoDb.send(
      new QueryCommand({
        TableName: tableName('ledger'),
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :last',
        ExpressionAttributeValues: marshall({
          ':pk': skuPartition(sku),
          ':from': from,
          ':last': `${stripesKey(pool)}~`,
        }),
        Limit: 1,
      }),
    );
    if (Items[0] === undefined) return found;
    const { place } = entryFrom(Items[0]);
    found.push(place);
    from = `${placeKey(place)}~`;
  }
}
