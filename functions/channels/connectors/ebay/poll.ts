import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connector, type PolledPage } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { readEbay } from './api.ts';
import { ebayOrderPage } from './payload.ts';

/** The most orders that eBay puts on a page. */
const limit = 200;

/**
 * Orders by when eBay changed them, oldest first; the cursor is an offset. What changes while pages are read moves to the end, and the next
 * window begins before the last one ended. Source: https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders
 */
export const poll: NonNullable<Connector['poll']> = {
  everySeconds: 300,
  overlapSeconds: 600,
  page: async ({ from, to, cursor }, connection) => {
    const offset = Number(cursor ?? 0);
    const query = new URLSearchParams({
      filter: `lastmodifieddate:[${from}..${to}]`,
      fieldGroups: 'TAX_BREAKDOWN',
      limit: String(limit),
      offset: String(offset),
    });
    const answer = await readEbay(connection, {
      operation: 'orders',
      path: `/sell/fulfillment/v1/order?${query.toString()}`,
      as: 'user',
    });
    if (!answer.ok) return answer;
    const json = readJson(answer.value.body);
    const page = ebayOrderPage.safeParse(json.ok ? json.value : undefined);
    if (answer.value.status !== 200 || !page.success)
      return refuse(
        'provider-unavailable',
        `eBay answered ${answer.value.status} where a page of orders was expected.`,
      );
    return ok(pageOf(page.data, offset));
  },
};

function pageOf(
  {
    orders,
    next,
  }: {
    orders: readonly { orderId: string; lastModifiedDate?: string | null | undefined }[];
    next?: string | null | undefined;
  },
  offset: number,
): PolledPage {
  const deliveries = orders.map((order) => ({
    deliveryId: `order ${order.orderId} as of ${order.lastModifiedDate ?? 'an unknown time'}`,
    topic: 'order',
    body: Buffer.from(JSON.stringify(order)),
  }));
  return { deliveries, ...(next != null && orders.length > 0 && { cursor: String(offset + orders.length) }) };
}
