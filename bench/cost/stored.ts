import { asObject, asString } from '../../local/template/json.ts';
import { dynamoDbCall } from '../../local/dynamodb/dynamodb-api.ts';
import { type Item, itemBytes } from './units.ts';

/** One kind of item and what it weighs. */
export interface StoredKind {
  readonly kind: string;
  readonly items: number;
  readonly bytes: number;
  readonly largest: number;
}

/** What DynamoDB adds to each item when it bills storage: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export const storageOverheadBytes = 100;

const tables = ['orders', 'stock', 'idempotency'];

/** All items of the tables that grow with orders, by kind. */
export async function stored(dynamoDbUrl: string): Promise<StoredKind[]> {
  const kinds = new Map<string, StoredKind>();
  for (const table of tables) {
    for await (const item of scan(dynamoDbUrl, `crossdock-local-${table}`)) {
      const kind = kindOf(table, item);
      const { items, bytes, largest } = kinds.get(kind) ?? { items: 0, bytes: 0, largest: 0 };
      const size = itemBytes(item);
      kinds.set(kind, { kind, items: items + 1, bytes: bytes + size, largest: Math.max(largest, size) });
    }
  }
  return [...kinds.values()].sort((a, b) => b.bytes - a.bytes);
}

/** `orders` and `FO#…` → `orders FO`; items without a sort key are named by their table. */
function kindOf(table: string, item: Item): string {
  const { sk } = item;
  const name = sk === undefined ? '' : (asString(asObject(sk, 'sk')['S'], 'sk').split('#')[0] ?? '');
  return `${table} ${name}`.trim();
}

async function* scan(dynamoDbUrl: string, TableName: string): AsyncGenerator<Item> {
  const call = dynamoDbCall(dynamoDbUrl);
  let from = {};
  for (;;) {
    const { Items, LastEvaluatedKey } = await call('DynamoDB_20120810.Scan', { TableName, ...from });
    if (Array.isArray(Items)) for (const item of Items) yield asObject(item, 'item');
    if (LastEvaluatedKey === undefined) return;
    from = { ExclusiveStartKey: LastEvaluatedKey };
  }
}
