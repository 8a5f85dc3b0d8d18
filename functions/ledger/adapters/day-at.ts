import { type AttributeValue, BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type LedgerEntry } from '../../../shared/model/ledger/entry.ts';
import { dayListing } from '../../../shared/model/ledger/table.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { type DayPage, type DayRange } from '../ports.ts';
import { entryFrom } from './entry-item.ts';

type Item = Record<string, AttributeValue>;

/** DynamoDB's limit of items in one batch: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const mostItems = 100;

/** One page of a day's listing, newest first; the listing has keys only, so the entries are read by them. */
export async function dayAt(location: string, day: string, { from, to, after, limit }: DayRange): Promise<DayPage> {
  const listing = dayListing(location, day);
  const page = await dynamoDb.send(
    new QueryCommand({
      TableName: tableName('ledger'),
      IndexName: listingIndex.name,
      KeyConditionExpression: `${listingIndex.partitionKey} = :listing AND ${listingIndex.sortKey} BETWEEN :from AND :to`,
      // Everything of the last millisecond is in: `$` sorts behind the `#` that follows the time.
      ExpressionAttributeValues: toItem({ ':listing': listing, ':from': from, ':to': `${to}$` }),
      ScanIndexForward: false,
      Limit: limit,
      ...(after && { ExclusiveStartKey: marshall({ lpk: listing, ...after }) }),
    }),
  );
  const keys = (page.Items ?? []).map(({ pk, sk }) => ({ pk, sk }) as Item);
  const entries = await entriesAt(keys);
  const last = page.LastEvaluatedKey && unmarshall(page.LastEvaluatedKey);
  const text = (name: string): string => String(last?.[name]);
  return { entries, ...(last && { next: { lsk: text('lsk'), pk: text('pk'), sk: text('sk') } }) };
}

/** Entries in the order of their keys. */
async function entriesAt(keys: readonly Item[]): Promise<LedgerEntry[]> {
  const table = tableName('ledger');
  const found = new Map<string, LedgerEntry>();
  const nameOf = ({ pk, sk }: Item): string => `${pk?.S ?? ''} ${sk?.S ?? ''}`;
  for (let start = 0; start < keys.length; start += mostItems) {
    let wanted = keys.slice(start, start + mostItems);
    while (wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await dynamoDb.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted } } }),
      );
      for (const item of Responses?.[table] ?? []) found.set(nameOf(item), entryFrom(item));
      wanted = UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return keys.flatMap((key) => found.get(nameOf(key)) ?? []);
}
