import { type Json, type JsonObject } from '../../local/aws-service.ts';
import { dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { isObject, listOf } from '../../local/template/json.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';

/** Everything that is stored, as text per table and item: two dumps are equal when nothing was written between them. */
export type Dump = Readonly<Record<string, readonly string[]>>;

/** Every item of every table. */
export async function dumpOf(dynamoDbUrl: string): Promise<Dump> {
  const call = dynamoDbCall(dynamoDbUrl);
  const { TableNames } = await call('DynamoDB_20120810.ListTables', {});
  const names = listOf(TableNames).filter((name): name is string => typeof name === 'string');
  const dumps = await Promise.all(names.sort().map(async (name) => [name, await itemsOf(name)] as const));
  return Object.fromEntries(dumps);

  async function itemsOf(name: string): Promise<string[]> {
    const items: string[] = [];
    let from: Json | undefined;
    do {
      const input: JsonObject = { TableName: name, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) };
      const page = await call('DynamoDB_20120810.Scan', input);
      items.push(...listOf(page['Items']).map(canonicalJson));
      from = isObject(page['LastEvaluatedKey']) ? page['LastEvaluatedKey'] : undefined;
    } while (from !== undefined);
    return items.sort();
  }
}
