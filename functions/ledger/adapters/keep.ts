import { setTimeout as wait } from 'node:timers/promises';
import { type AttributeValue, BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { type LedgerEntry } from '../../../shared/model/ledger/entry.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { itemOf } from './entry-item.ts';

/** DynamoDB's limit of items in one batch: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
const mostItems = 25;
const attempts = 10;
const firstDelayMs = 20;

/**
 * Keeps entries, as many to a call as it takes; the same entry is the same item, so a repeat changes nothing.
 * @throws Error when some are still not written after all retries: the stream brings the batch again
 */
export async function keep(entries: readonly LedgerEntry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += mostItems)
    await write(entries.slice(start, start + mostItems).map(itemOf));
}

async function write(items: readonly Record<string, AttributeValue>[]): Promise<void> {
  const table = tableName('ledger');
  let requests = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { UnprocessedItems } = await dynamoDb.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
    );
    const left = (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item === undefined ? [] : [{ PutRequest: { Item: PutRequest.Item } }],
    );
    if (left.length === 0) return;
    requests = left;
    await wait(Math.random() * firstDelayMs * 2 ** attempt);
  }
  throw new Error(`${requests.length} entries of the ledger were not taken`);
}
