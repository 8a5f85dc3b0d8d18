import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Entities } from '../../../shared/model/entities.ts';
import { type PurchaseOrder, type Supply } from '../../../shared/model/stock/supply.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { toItem } from '../../../shared/platform/dynamo/item.ts';
import { entityFrom, get, queryAll, stockOf } from '../../../shared/platform/dynamo/read.ts';
import { type Outlook, type SupplyPorts } from '../ports.ts';

/** The supply capability on DynamoDB. */
export const awsPorts: SupplyPorts = {
  location: (locationId) => get('location', { locationId }),
  channel: (channelId) => get('channel', { channelId }),
  product: (sku) => get('product', { sku }),
  purchaseOrder: (reference) => get('purchaseOrder', { reference }),
  linesOf,
  transferLines,
  isAwaited,
  outlook,
  commit,
};

/** Consistent, by key: what was announced a moment ago can be received. */
async function linesOf(
  { reference, location }: Pick<PurchaseOrder, 'reference' | 'location'>,
  skus: readonly string[],
): Promise<Supply[]> {
  const lines = await Promise.all(skus.map((sku) => get('supply', { sku, location, reference })));
  return lines.filter((line) => line !== undefined);
}

/** The index holds keys only: the SKUs under the reference, and where they go. */
async function transferLines(reference: string): Promise<Supply[]> {
  const query = {
    TableName: tableName('stock'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${listingIndex.partitionKey} = :listing`,
    ExpressionAttributeValues: toItem({ ':listing': `SUPPLY#${reference}` }),
  };
  const keys: { sku: string; location: string; reference: string }[] = [];
  for await (const { lsk } of queryAll(query)) {
    const [location = '', ...sku] = (lsk?.S ?? '').split('#');
    keys.push({ sku: sku.join('#'), location, reference });
  }
  const lines = await Promise.all(keys.map((key) => get('supply', key)));
  return lines.filter((line) => line !== undefined).filter(({ kind }) => kind === 'transfer');
}

async function isAwaited(sku: string): Promise<boolean> {
  const { Items = [] } = await dynamoDb.send(new QueryCommand({ ...inCollectionOf(sku, 'BACKORDER#'), Limit: 1 }));
  return Items.length > 0;
}

async function outlook(sku: string): Promise<Outlook> {
  const [{ pools }, supplies, backorders] = await Promise.all([
    stockOf(sku),
    inCollection<'supply'>(sku, 'SUPPLY#'),
    inCollection<'backorder'>(sku, 'BACKORDER#'),
  ]);
  return { pools, supplies, backorders };
}

async function inCollection<E extends 'supply' | 'backorder'>(sku: string, prefix: string): Promise<Entities[E][]> {
  const items: Entities[E][] = [];
  for await (const item of queryAll(inCollectionOf(sku, prefix))) items.push(entityFrom<E>(item));
  return items;
}

const inCollectionOf = (sku: string, prefix: string) => ({
  TableName: tableName('stock'),
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: toItem({ ':pk': skuPartition(sku), ':prefix': prefix }),
  ConsistentRead: true,
});
