import { places } from '../../model/places.ts';
import { tableName } from '../config.ts';
import { toItem } from './item.ts';
import { entityFrom, queryAll } from './read.ts';

/** The kits that a SKU is a component of, in one query. */
export async function kitsWith(component: string): Promise<string[]> {
  const kits: string[] = [];
  const { pk } = places.kitMembership.key({ component, kit: '' });
  const query = {
    TableName: tableName('network'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': pk }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) kits.push(entityFrom<'kitMembership'>(item).kit);
  return kits;
}
