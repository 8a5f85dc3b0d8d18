import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type FulfillmentOrder, isOpen } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { tableName } from '../../../shared/platform/config.ts';
import { dynamoDb } from '../../../shared/platform/dynamo/client.ts';
import { commit } from '../../../shared/platform/dynamo/commit.ts';
import { type PageRequest, listingPage } from '../../../shared/platform/dynamo/listing.ts';
import { entityFrom, get } from '../../../shared/platform/dynamo/read.ts';
import { type FulfillmentPage, type FulfillmentPorts } from '../ports.ts';

type Item = Record<string, AttributeValue>;

/** The fulfillment capability on DynamoDB. */
export const awsPorts: FulfillmentPorts = {
  order: (orderId) => get('order', { orderId }),
  fulfillmentOrder: (fulfillmentOrderId) => get('fulfillmentOrder', { fulfillmentOrderId }),
  openAt,
  commit,
};

/**
 * A location's open work: the index names it, oldest first, and the table itself is read for what it is now. The index follows the
 * table by moments, so what was closed meanwhile is left out.
 */
async function openAt(location: string, page: PageRequest): Promise<Result<FulfillmentPage>> {
  const listed = await listingPage('orders', `LOCATION#${location}`, page);
  if (!listed.ok) return listed;
  const { items, cursor } = listed.value;
  const found = await present(items);
  const fulfillmentOrders = items.flatMap((item) => found.get(nameOf(item)) ?? []).filter(isOpen);
  return ok({ fulfillmentOrders, ...(cursor !== undefined && { cursor }) });
}

const nameOf = ({ sk }: Item): string => sk?.S ?? '';

/** DynamoDB's limit of keys in one BatchGetItem. */
const maximumKeys = 100;

async function present(items: readonly Item[]): Promise<Map<string, FulfillmentOrder>> {
  const found = new Map<string, FulfillmentOrder>();
  const table = tableName('orders');
  for (let start = 0; start < items.length; start += maximumKeys) {
    let keys: Item[] = items.slice(start, start + maximumKeys).flatMap(({ pk, sk }) => (pk && sk ? [{ pk, sk }] : []));
    while (keys.length > 0) {
      const request = { RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = await dynamoDb.send(new BatchGetItemCommand(request));
      for (const item of Responses?.[table] ?? []) found.set(nameOf(item), entityFrom<'fulfillmentOrder'>(item));
      keys = UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return found;
}
