import { type Json, type JsonObject } from '../aws-service.ts';
import { isObject, listOf } from '../template/json.ts';

/** One item that a call writes. */
export interface WrittenItem {
  /** Table and whole key. */
  readonly item: string;
  /** Table and partition key: what shares the write limit. */
  readonly partition: string;
  /** Write units, as DynamoDB bills an item of up to a kilobyte: 1, or 2 within a transaction. */
  readonly units: number;
}

const keyAttributes = ['pk', 'sk'] as const;

/** The items that a call writes, in the order of its actions; none for a read. */
export function writtenItems(operation: string, input: JsonObject): WrittenItem[] {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [itemOf(input, 1)];
    case 'TransactWriteItems':
      return listOf(input['TransactItems']).flatMap((action) =>
        isObject(action)
          ? Object.values(action)
              .filter(isObject)
              .map((part) => itemOf(part, 2))
          : [],
      );
    default:
      return [];
  }
}

function itemOf(part: JsonObject, units: number): WrittenItem {
  const source = part['Key'] ?? part['Item'];
  const [pk = '', sk = ''] = keyAttributes.map((name) => textOf(isObject(source) ? source[name] : undefined));
  const table = typeof part['TableName'] === 'string' ? part['TableName'] : '';
  return { item: JSON.stringify([table, pk, sk]), partition: JSON.stringify([table, pk]), units };
}

function textOf(value: Json | undefined): string {
  const text = isObject(value) ? (value['S'] ?? value['N']) : undefined;
  return typeof text === 'string' ? text : '';
}
