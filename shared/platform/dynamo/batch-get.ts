import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { type TableName } from '../../model/entities.ts';
import { tableName } from '../config.ts';
import { dynamoDb } from './client.ts';
import { toItem } from './item.ts';
import { backOff } from './transact.ts';

/** DynamoDB's limit of keys in one call: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const maximumKeys = 100;

/** Items by their keys, read consistently, in any order; one that is not there is left out. The keys must differ. */
export async function batchGet(
  table: TableName,
  keys: readonly { readonly pk: string; readonly sk: string }[],
): Promise<Record<string, AttributeValue>[]> {
  const name = tableName(table);
  const found: Record<string, AttributeValue>[] = [];
  for (let start = 0; start < keys.length; start += maximumKeys) {
    let rest = keys.slice(start, start + maximumKeys).map(({ pk, sk }) => toItem({ pk, sk }));
    for (let attempt = 0; rest.length > 0; attempt += 1) {
      // What was not read was throttled: asked for at once, it would be again.
      if (attempt > 0) await backOff(attempt);
      const request = { RequestItems: { [name]: { Keys: rest, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = await dynamoDb.send(new BatchGetItemCommand(request));
      found.push(...(Responses?.[name] ?? []));
      rest = UnprocessedKeys?.[name]?.Keys ?? [];
    }
  }
  return found;
}
