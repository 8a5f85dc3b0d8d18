import * as z from 'zod';
import { sha256Hex } from '../../../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../../../shared/kernel/json.ts';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type PollWindow, type PolledPage } from '../../../domain/connector.ts';
import { callApi, readAnswer } from '../sp-api.ts';

/** The most purchase orders of a page, by Amazon. */
const pageSize = '100';

const page = z.object({
  payload: z.object({
    orders: z.array(z.looseObject({ purchaseOrderNumber: z.string() })).nullish(),
    pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
  }),
});

/**
 * Purchase orders that are new or were changed by Amazon, one page. A purchase order has no version: what it says makes its delivery's id.
 * Source: https://developer-docs.amazon.com/sp-api/docs/vendor-orders-api-v1-reference (getPurchaseOrders)
 */
export async function pollPurchaseOrders(
  { from, to, cursor }: PollWindow,
  connection: Connection,
): Promise<Result<PolledPage>> {
  const operation = 'getPurchaseOrders';
  const answer = await callApi(connection, {
    operation,
    path: '/vendor/orders/v1/purchaseOrders',
    query: {
      changedAfter: from,
      changedBefore: to,
      includeDetails: 'true',
      limit: pageSize,
      sortOrder: 'ASC',
      nextToken: cursor,
    },
  });
  if (!answer.ok) return answer;
  const read = readAnswer(answer.value, page, operation);
  if (!read.ok) return read;
  const { orders, pagination } = read.value.payload;
  const next = pagination?.nextToken;
  const deliveries = (orders ?? []).map((order) => ({
    deliveryId: `${order.purchaseOrderNumber}@${sha256Hex(canonicalJson(order)).slice(0, 32)}`,
    topic: 'purchase-order',
    body: Buffer.from(JSON.stringify(order)),
  }));
  return ok({ deliveries, ...(next != null && next !== '' && { cursor: next }) });
}
