import { type Location } from '../../../shared/model/network/network.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { entityFrom, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';

/** Every location, in one query. */
export async function locations(): Promise<Location[]> {
  const found: Location[] = [];
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': 'LOCATIONS' }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) found.push(entityFrom<'location'>(item));
  return found;
}
