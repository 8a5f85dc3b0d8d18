import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { collectionPrefix, orderPartition } from '../../../shared/model/places/orders.ts';
import { preorderListing } from '../../../shared/model/places/stock.ts';
import { type Preorder } from '../../../shared/model/orders/preorder.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { skuPartition } from '../../../shared/model/stock/table.ts';
import { listingIndex } from '../../../shared/model/tables.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { type PageRequest, listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { noticesOf } from '../../../shared/platform/dynamo/notices.ts';
import { entityFrom, get, queryAll, shareOf } from '../../../shared/platform/dynamo/read.ts';
import { suppliesOf } from './supplies-of.ts';
import { type OrderCollection, type OrderPage, type OrdersPorts } from '../ports.ts';

/** The orders capability on DynamoDB. */
export const awsPorts: OrdersPorts = {
  channel: (channelId) => get('channel', { channelId }),
  product: (sku) => get('product', { sku }),
  stockHold: (holdId) => get('stockHold', { holdId }),
  fencedFor: async (sku, pool, channelId) => (await shareOf(sku, pool, channelId))?.fenced ?? 0,
  suppliesOf,
  order: (orderId) => get('order', { orderId }),
  channelOrder: (orderId) => get('channelOrder', { orderId }),
  noticesOf,
  collection,
  ordersOf,
  timeline,
  keepTimeline,
  backordersOf,
  backorder: (id) => get('backorder', id),
  preordersUntil,
  commit,
};

/** One query reads the order and all that belongs to it, its timeline apart (it sorts behind the rest and is left out by the range). */
async function collection(orderId: string): Promise<OrderCollection | undefined> {
  const found: {
    order?: OrderCollection['order'];
    fulfillmentOrders: OrderCollection['fulfillmentOrders'][number][];
    returns: OrderCollection['returns'][number][];
  } = {
    fulfillmentOrders: [],
    returns: [],
  };
  const query = {
    TableName: tableName('orders'),
    KeyConditionExpression: 'pk = :pk AND sk < :timeline',
    ExpressionAttributeValues: marshall({ ':pk': orderPartition(orderId), ':timeline': collectionPrefix.timeline }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) {
    const sk = item['sk']?.S ?? '';
    if (sk === collectionPrefix.order) found.order = entityFrom<'order'>(item);
    else if (sk.startsWith(collectionPrefix.fulfillmentOrder))
      found.fulfillmentOrders.push(entityFrom<'fulfillmentOrder'>(item));
    else found.returns.push(entityFrom<'return'>(item));
  }
  return found.order && { ...found, order: found.order };
}

async function ordersOf(channelId: string, page: PageRequest): Promise<Result<OrderPage>> {
  const listed = await listingPage('orders', `CHANNEL#${channelId}`, page, 'newest-first');
  if (!listed.ok) return listed;
  const { items, cursor } = listed.value;
  const orders = items.map((item) => {
    const { pk, lsk } = unmarshall(item);
    return { orderId: String(pk).slice(orderPartition('').length), placedAt: String(lsk) };
  });
  return ok({ orders, ...(cursor !== undefined && { cursor }) });
}

async function timeline(orderId: string): Promise<EventMessage[]> {
  const entries: EventMessage[] = [];
  const query = {
    TableName: tableName('orders'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :timeline)',
    ExpressionAttributeValues: marshall({ ':pk': orderPartition(orderId), ':timeline': collectionPrefix.timeline }),
  };
  for await (const item of queryAll(query)) entries.push(unmarshall(item)['event'] as EventMessage);
  return entries;
}

async function backordersOf(sku: string, pool: string): Promise<Backorder[]> {
  const backorders: Backorder[] = [];
  const query = {
    TableName: tableName('stock'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :backorder)',
    ExpressionAttributeValues: marshall({ ':pk': skuPartition(sku), ':backorder': 'BACKORDER#' }),
    ConsistentRead: true,
  };
  for await (const item of queryAll(query)) {
    const backorder = entityFrom<'backorder'>(item);
    if (backorder.pool === pool) backorders.push(backorder);
  }
  return backorders;
}

/** The index holds keys only; an item that is gone by now is skipped. */
async function* preordersUntil(time: string): AsyncGenerator<Preorder> {
  const query = {
    TableName: tableName('stock'),
    IndexName: listingIndex.name,
    KeyConditionExpression: `${listingIndex.partitionKey} = :listing AND ${listingIndex.sortKey} < :until`,
    // Sort keys are `<until>#<order>`; the sign after `#` ends what is due.
    ExpressionAttributeValues: marshall({ ':listing': preorderListing, ':until': `${time}$` }),
  };
  for await (const item of queryAll(query)) {
    const orderId = (item['pk']?.S ?? '').slice('PREORDER#'.length);
    const preorder = await get('preorder', { orderId });
    if (preorder !== undefined) yield preorder;
  }
}

/** The same event is the same item, so a repeat changes nothing. */
async function keepTimeline(
  entries: readonly { readonly orderId: string; readonly event: EventMessage }[],
): Promise<void> {
  const table = tableName('orders');
  // A queue may bring one event twice in a batch, which BatchWriteItem refuses.
  const once = [...new Map(entries.map((entry) => [entry.event.id, entry])).values()];
  for (let start = 0; start < once.length; start += 25) {
    let requests = once.slice(start, start + 25).map(({ orderId, event }) => ({
      PutRequest: {
        Item: marshall(
          { pk: orderPartition(orderId), sk: `${collectionPrefix.timeline}${event.time}#${event.id}`, event },
          { removeUndefinedValues: true },
        ),
      },
    }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await dynamoDb.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
      );
      requests = (UnprocessedItems?.[table] ?? []) as typeof requests;
    }
  }
}
