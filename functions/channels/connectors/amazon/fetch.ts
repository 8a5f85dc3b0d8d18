import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { ignored, quarantined } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';
import { type Notification, mapOrderChange, notification, orderChange, orderChangePayload } from './notification.ts';
import { callApi, wordsOf } from './sp-api.ts';
import { fetchV0 } from './v0/fetch.ts';
import { orderV0 } from './v0/payload.ts';

/** All that the Orders API 2026-01-01 tells of an order but its parcels. */
export const includedData = 'BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT';
/** An order of v0 as a poll finds it: without its items. */
export const summaryTopic = 'orders-v0-summary';

/**
 * Asks for what an ORDER_CHANGE names, and for the items of an order that a poll of v0 found. Everything else has all that there is to it.
 * Amazon keeps orders for two years: one that it has no more is what its notification says.
 */
export const fetch: NonNullable<Connector['fetch']> = async ({ topic, body }, connection) => {
  if (topic === summaryTopic) return fetchSummary(body, connection);
  const told = topic === orderChange ? notificationIn(body) : undefined;
  const named = orderChangePayload.safeParse(told?.payload);
  if (told === undefined || !named.success) return ok(undefined);
  const { AmazonOrderId: orderId } = named.data.OrderChangeNotification;
  if (settingOf(connection.channel, needs, 'ordersApi') === 'v0')
    return answered(await fetchV0(orderId, connection), orderId, told);
  const answer = await callApi(connection, {
    operation: 'getOrder',
    path: `/orders/2026-01-01/orders/${encodeURIComponent(orderId)}`,
    query: { includedData },
  });
  return answered(answer, orderId, told);
};

function notificationIn(body: Buffer): Notification | undefined {
  const json = readJson(body);
  return json.ok ? notification.safeParse(json.value).data : undefined;
}

async function fetchSummary(body: Buffer, connection: Connection) {
  const json = readJson(body);
  const parsed = z.object({ order: orderV0 }).safeParse(json.ok ? json.value : undefined);
  if (!parsed.success) return ok(undefined);
  const { AmazonOrderId: orderId } = parsed.data.order;
  return answered(await fetchV0(orderId, connection), orderId);
}

function answered(
  answer: Result<ChannelAnswer>,
  orderId: string,
  told?: Notification,
): Awaited<ReturnType<typeof fetch>> {
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status < 300)
    return readJson(body).ok
      ? ok(body)
      : refuse('provider-unavailable', `Amazon's answer for order ${orderId} is no JSON. It is tried again.`);
  if (status !== 404)
    return ok(
      quarantined(
        'not-as-documented',
        `Amazon refuses to tell of order ${orderId} (${wordsOf(answer.value)}). Look it up in Seller Central, then retry.`,
      ),
    );
  const said = told && mapOrderChange(told);
  return ok(
    said?.kind === 'change'
      ? undefined
      : ignored(`Amazon has no order ${orderId}: it is of another seller, or older than two years.`),
  );
}
