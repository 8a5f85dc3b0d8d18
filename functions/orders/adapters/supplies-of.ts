import { marshall } from '@aws-sdk/util-dynamodb';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { type Supply } from '../../../shared/model/stock/supply.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { entityFrom, queryAll } from '../../../shared/platform/dynamo/read.ts';

/** What is to come of a SKU for a pool, as it is now. */
export async function suppliesOf(sku: string, pool: string): Promise<Supply[]> {
  const supplies: Supply[] = [];
  const query = {
    TableName: tableName('stock'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :supply)',
    ExpressionAttributeValues: marshall({ ':pk': skuPartition(sku), ':supply': 'SUPPLY#' }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) {
    const supply = entityFrom<'supply'>(item);
    if (supply.pool === pool) supplies.push(supply);
  }
  return supplies;
}
