import { type Json, type JsonObject } from '../aws-service.ts';
import { isObject, listOf } from '../template/json.ts';
import { type Locality } from './locality.ts';
import { type Need } from './policy.ts';

/** Actions inside a transaction and the IAM actions that they need (DynamoDB developer guide, "IAM and transactions"). */
const transactActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** What a DynamoDB call needs: an action per table or index, a transaction those of its parts. */
export function dynamoDbNeeds(operation: string, input: JsonObject, locality: Locality): Need[] {
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return distinct(listOf(input['TransactItems']).flatMap((item) => transactNeeds(item, locality)));
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return batchNeeds(operation, input['RequestItems'], locality);
    case 'ListTables':
      return [{ action: 'dynamodb:ListTables', resource: '*' }];
    case 'ExecuteStatement':
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction':
      throw new Error(`PartiQL (${operation}) is not supported by the twin's IAM check`);
    default:
      return [tableNeed(operation, input, locality)];
  }
}

function transactNeeds(item: Json, locality: Locality): Need[] {
  if (!isObject(item)) return [];
  return Object.entries(item).flatMap(([kind, part]) => {
    const action = transactActions[kind];
    return action !== undefined && isObject(part) ? [tableNeed(action, part, locality)] : [];
  });
}

function batchNeeds(operation: string, items: Json | undefined, locality: Locality): Need[] {
  if (!isObject(items)) return [];
  return Object.entries(items).map(([table, requests]) => {
    const keyed = isObject(requests) ? listOf(requests['Keys']).map((key) => ({ Key: key })) : [];
    const leadingKeys = keyed.flatMap((part) => firstValues(part));
    return { action: `dynamodb:${operation}`, resource: tableArn(table, locality), leadingKeys };
  });
}

function tableNeed(operation: string, input: JsonObject, locality: Locality): Need {
  const table = tableArn(typeof input['TableName'] === 'string' ? input['TableName'] : '', locality);
  const index = input['IndexName'];
  const resource = typeof index === 'string' ? `${table}/index/${index}` : table;
  return { action: `dynamodb:${operation}`, resource, leadingKeys: firstValues(input) };
}

function tableArn(nameOrArn: string, { accountId, region }: Locality): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:dynamodb:${region}:${accountId}:table/${nameOrArn}`;
}

/**
 * Texts of the item key or of a query's `:values`: a superset of the partition keys, which is enough to compare them with a
 * `dynamodb:LeadingKeys` condition when the table's key schema is not at hand.
 */
function firstValues(input: JsonObject): string[] {
  const source = input['Key'] ?? input['Item'] ?? input['ExpressionAttributeValues'];
  if (!isObject(source)) return [];
  return Object.values(source).flatMap((value) => {
    const text = isObject(value) ? value['S'] : undefined;
    return typeof text === 'string' ? [text] : [];
  });
}

function distinct(needs: readonly Need[]): Need[] {
  return [...new Map(needs.map((need) => [`${need.action} ${need.resource}`, need])).values()];
}
