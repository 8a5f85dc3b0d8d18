import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { ignored } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { callEbay } from './api.ts';
import { ebayNotification, ebayOrder, orderIdIn } from './payload.ts';

type Fetched = Awaited<ReturnType<NonNullable<Connector['fetch']>>>;

/**
 * Asks eBay for the order that a notification names, with its taxes listed. An order that came with a page is asked for again only where
 * getOrders leaves out what getOrder says: who wants it cancelled and why, and the buyer's tax id in Italy and Spain.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/getOrder
 */
export async function fetch(delivery: { readonly body: Buffer }, connection: Connection): Promise<Fetched> {
  const orderId = orderToAskFor(delivery.body);
  if (orderId === undefined) return ok(undefined);
  const path = `/sell/fulfillment/v1/order/${encodeURIComponent(orderId)}?fieldGroups=TAX_BREAKDOWN`;
  const answer = await callEbay(connection, { operation: 'order', path, as: 'user' });
  if (!answer.ok) return answer;
  return answerOf(answer.value, orderId);
}

function answerOf(
  { status, body }: { readonly status: number; readonly body: Buffer },
  orderId: string,
): Result<Buffer | ReturnType<typeof ignored>> {
  if (status === 200 && readJson(body).ok) return ok(body);
  if (status === 404 || status === 400) return ok(ignored(`eBay knows no order ${orderId} of this seller (${status})`));
  return refuse('provider-unavailable', `eBay answered ${status} for order ${orderId}. It is tried again.`);
}

function orderToAskFor(body: Buffer): string | undefined {
  const json = readJson(body);
  if (!json.ok) return undefined;
  const notification = ebayNotification.safeParse(json.value);
  if (notification.success) return orderIdIn(notification.data);
  const order = ebayOrder.safeParse(json.value);
  if (!order.success) return undefined;
  const { orderId, cancelStatus, lineItems, buyer } = order.data;
  const isAsked = !['NONE_REQUESTED', ''].includes(cancelStatus?.cancelState ?? '');
  const hasTaxId = lineItems.some(({ purchaseMarketplaceId }) => /^EBAY_(IT|ES)$/.test(purchaseMarketplaceId ?? ''));
  const lacks =
    (isAsked && cancelStatus?.cancelRequests.length === 0 && cancelStatus.cancelledDate == null) ||
    (hasTaxId && buyer?.taxIdentifier == null);
  return lacks ? orderId : undefined;
}
