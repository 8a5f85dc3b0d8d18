import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { setTimeout as pause } from 'node:timers/promises';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { stockKey } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { stockItemFrom } from '../../../shared/platform/dynamo/stock-items.ts';
import { type ShelfId } from '../ports.ts';

const attempts = 10;
const longestDelayMs = 1000;
const nameOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk}\n${sk}`;
const keyOf = ({ sku, location }: ShelfId) => stockKey({ level: 'position', sku, location });

/**
 * The positions of up to 100 shelves, consistently, in the order that was asked. What a call leaves out (it answers 16 MB at most, and a
 * throttled table less) is asked for again with full jitter.
 * @throws Error when it is still left out after ten calls
 */
export async function positions(shelves: readonly ShelfId[]): Promise<(Position | undefined)[]> {
  const table = tableName('stock');
  const found = new Map<string, Position>();
  let keys: Record<string, AttributeValue>[] = [
    ...new Map(shelves.map((shelf) => [nameOf(keyOf(shelf)), toItem(keyOf(shelf))])).values(),
  ];
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt === attempts) throw new Error(`${keys.length} positions could not be read in ${attempts} calls`);
    if (attempt > 0) await pause(Math.random() * Math.min(longestDelayMs, 20 * 2 ** attempt));
    const { Responses = {}, UnprocessedKeys = {} } = await dynamoDb.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses[table] ?? []) {
      const position = stockItemFrom(item);
      if ('location' in position) found.set(nameOf(keyOf(position)), position);
    }
    keys = UnprocessedKeys[table]?.Keys ?? [];
  }
  return shelves.map((shelf) => found.get(nameOf(keyOf(shelf))));
}
