import { marshall } from '@aws-sdk/util-dynamodb';
import { type AuditedItem } from '../../../shared/model/stock/audited.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { get, queryAll } from '../../../shared/platform/dynamo/read.ts';
import { withStripes } from '../../../shared/platform/dynamo/stripes/read-stripes.ts';
import { scanAll } from '../../../shared/platform/dynamo/scan.ts';
import { type LookAgain } from '../ports.ts';
import { fromOrders, fromStock } from './audited-item.ts';

/** What concerns some SKUs: their collections first, so that their counters' versions vouch for what is read after them. */
export async function* again({ subjects, holds, isOver = never }: LookAgain): AsyncGenerator<AuditedItem> {
  const skus = new Set(subjects.map(({ sku = '' }) => sku));
  const references = new Set(subjects.flatMap(({ reference }) => reference ?? []));
  for (const sku of skus) yield* collectionOf(sku);
  for (const transferId of references) {
    const item = await get('transfer', { transferId });
    if (item !== undefined) yield { kind: 'transfer', item };
  }
  for (const { exceptionId } of subjects) {
    const item = exceptionId === undefined ? undefined : await get('stockException', { exceptionId });
    if (item !== undefined) yield { kind: 'stockException', item };
  }
  for await (const raw of scanAll('orders')) {
    if (isOver()) return;
    const audited = fromOrders(raw);
    if (audited !== undefined && concerns(audited, skus)) yield audited;
  }
  if (holds) yield* holdsOf(skus, isOver);
}

/** Positions, pools (of a hot SKU the sum of its stripes), shares, backorders and supplies. */
async function* collectionOf(sku: string): AsyncGenerator<AuditedItem> {
  for await (const raw of partition(skuPartition(sku))) {
    const audited = fromStock(raw);
    if (audited === undefined) continue;
    if (audited.kind !== 'pool') yield audited;
    else yield { kind: 'pool', item: (await withStripes(audited.item)).pool };
  }
}

/** Holds have no listing by SKU, and an index follows late: all of them are read. */
async function* holdsOf(skus: ReadonlySet<string>, isOver: () => boolean): AsyncGenerator<AuditedItem> {
  for await (const raw of scanAll('stock')) {
    if (isOver()) return;
    if (raw['sk']?.S !== 'HOLD') continue;
    const audited = fromStock(raw);
    if (audited !== undefined && concerns(audited, skus)) yield audited;
  }
}

const never = (): boolean => false;

const partition = (pk: string) =>
  queryAll({
    TableName: tableName('stock'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: marshall({ ':pk': pk }),
    ConsistentRead: true,
  });

const concerns = (audited: AuditedItem, skus: ReadonlySet<string>): boolean =>
  'lines' in audited.item && audited.item.lines.some(({ sku }) => skus.has(sku));
