import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type LedgerEntry } from '../../../shared/model/ledger/entry.ts';
import { placeKey, versionKey } from '../../../shared/model/ledger/table.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { queryAll } from '../../../shared/platform/dynamo/read.ts';
import { type Movement, type ShelfId } from '../ports.ts';

/** Most rows need what moved since this morning at the most. */
const entriesAtOnce = 25;

/** The ledger of a position from a version downwards, newest first; the next page is read when it is asked for. */
export async function* ledger({ sku, location }: ShelfId, fromVersion: number): AsyncGenerator<Movement, void> {
  const place = placeKey({ level: 'position', sku, location });
  const query = {
    TableName: tableName('ledger'),
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: toItem({
      ':pk': skuPartition(sku),
      ':first': `${place}${versionKey(0)}`,
      ':last': `${place}${versionKey(fromVersion)}`,
    }),
    ScanIndexForward: false,
    Limit: entriesAtOnce,
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) yield unmarshall(item) as LedgerEntry;
}
