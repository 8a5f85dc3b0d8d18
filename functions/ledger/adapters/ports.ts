import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type LedgerEntry, type Place } from '../../../shared/model/ledger/entry.ts';
import { placeKey, versionKey } from '../../../shared/model/ledger/table.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { queryAll } from '../../../shared/platform/dynamo/read.ts';
import { type LedgerPorts, type Start } from '../ports.ts';
import { dayAt } from './day-at.ts';
import { entryFrom } from './entry-item.ts';
import { keep } from './keep.ts';
import { orderParts } from './order-parts.ts';
import { places } from './places.ts';

/** The ledger on DynamoDB. */
export const awsPorts: LedgerPorts = { keep, places, entryUpTo, entries, dayAt, orderParts };

/** A place's entries from a start downwards. */
const downwards = (place: Place, start: Start) => ({
  TableName: tableName('ledger'),
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
  ExpressionAttributeValues: marshall({
    ':pk': skuPartition(place.sku),
    ':first': `${placeKey(place)}0`,
    // `$` sorts behind the `#` that follows a time.
    ':last': `${placeKey(place)}${'version' in start ? versionKey(start.version) : `${start.until}$`}`,
  }),
  ScanIndexForward: false,
});

async function entryUpTo(place: Place, version: number): Promise<LedgerEntry | undefined> {
  const { Items = [] } = await dynamoDb.send(new QueryCommand({ ...downwards(place, { version }), Limit: 1 }));
  return Items[0] && entryFrom(Items[0]);
}

async function* entries(place: Place, start: Start): AsyncGenerator<LedgerEntry> {
  for await (const item of queryAll(downwards(place, start))) yield entryFrom(item);
}
