import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector, type PollWindow, type PolledPage } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callEbay } from './api.ts';
import { type EbayOrderPage, ebayOrderPage } from './payload.ts';

/** The most orders that eBay puts on a page. */
const limit = 200;

/** Where a page begins, and how many orders there were when the one before was read. */
interface Place {
  readonly offset: number;
  readonly total: number;
}

/**
 * Orders by when eBay changed them; the cursor is an offset and how many there were. An order that changes while pages are read leaves the
 * window, and those after it move up: the page begins earlier by as many as are gone. What has left is in the next window, which begins before
 * this one ended. Source: https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrders
 */
export const poll: NonNullable<Connector['poll']> = {
  everySeconds: 300,
  overlapSeconds: 600,
  page: (window, connection) => {
    const [offset = 0, total = 0] = (window.cursor ?? '0|0').split('|').map(Number);
    return pageAt({ offset, total }, window, connection);
  },
};

async function pageAt(place: Place, window: PollWindow, connection: Connection): Promise<Result<PolledPage>> {
  const page = await read(place.offset, window, connection);
  if (!page.ok) return page;
  const { total = place.total } = page.value;
  const gone = Math.min(place.offset, place.total - total);
  return gone > 0
    ? pageAt({ offset: place.offset - gone, total }, window, connection)
    : ok(pageOf(page.value, { ...place, total }));
}

async function read(offset: number, { from, to }: PollWindow, connection: Connection): Promise<Result<EbayOrderPage>> {
  const query = new URLSearchParams({
    filter: `lastmodifieddate:[${from}..${to}]`,
    fieldGroups: 'TAX_BREAKDOWN',
    limit: String(limit),
    offset: String(offset),
  });
  const path = `/sell/fulfillment/v1/order?${query.toString()}`;
  const answer = await callEbay(connection, { operation: 'orders', path, as: 'user' });
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const page = ebayOrderPage.safeParse(json.ok ? json.value : undefined);
  return answer.value.status === 200 && page.success
    ? ok(page.data)
    : refuse('provider-unavailable', `eBay answered ${answer.value.status} where a page of orders was expected.`);
}

function pageOf({ orders, next }: EbayOrderPage, { offset, total }: Place): PolledPage {
  const deliveries = orders.map((order) => ({
    deliveryId: `order ${order.orderId} as of ${order.lastModifiedDate ?? 'an unknown time'}`,
    topic: 'order',
    body: Buffer.from(JSON.stringify(order)),
  }));
  const more = next != null && orders.length > 0;
  return { deliveries, ...(more && { cursor: `${offset + orders.length}|${total}` }) };
}
