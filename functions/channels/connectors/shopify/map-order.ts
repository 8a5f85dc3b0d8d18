import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { composeOrder } from './compose-order.ts';
import { type Read } from './delivery.ts';
import { readAnswer } from './from-graphql.ts';
import { isShipped, shopifyOrder, shopifyRefund } from './payload.ts';
import { currencyOf } from './refund-amount.ts';
import { refundChange } from './refunds.ts';
import { isOrderTopic, refundTopic } from './topics.ts';

/** Maps what an `orders/*` webhook brings or the API answered to an order, and `refunds/create` to a change of one. */
export function mapDelivery(document: Buffer, { topic, channel }: MapContext): Mapped {
  if (!isOrderTopic(topic) && topic !== refundTopic)
    return ignored(`topic ${topic} says nothing of an order that orders/updated does not say too`);
  const json = readJson(document);
  if (!json.ok) return quarantined('unreadable', json.refusal.detail);
  if (topic === refundTopic) return mapRefund(json.value, channel.currency);
  const read = readOrder(json.value);
  return 'kind' in read ? read : mapRead(read, channel);
}

/** An order as the API answers it is told by its `data`; everything else is a webhook's body. */
function readOrder(json: unknown): Read | Mapped {
  const answer = readAnswer(json);
  if (answer !== undefined) return answer;
  const parsed = shopifyOrder.safeParse(json);
  return parsed.success
    ? { order: parsed.data }
    : quarantined('not-as-documented', `This is no Shopify order: ${fieldReasons(parsed.error)}. ${sendAgain}`);
}

const sendAgain = 'Have it sent again (any change of the order does), or capture it with POST /v1/orders.';

function mapRead(read: Read, channel: MapContext['channel']): Mapped {
  if (!read.order.line_items.some(isShipped))
    return ignored('nothing to ship: every line is digital, a service or a gift card');
  return readingAmounts(() => {
    const snapshot = composeOrder(read, channel);
    return snapshot.order.shipTo.country === undefined
      ? noAddress(snapshot.order.delivery?.method)
      : { kind: 'order', snapshot };
  });
}

const noAddress = (method: string | undefined): Mapped =>
  quarantined(
    'address',
    method === 'pickup'
      ? "The order is collected at a store, and its message does not say in which country that is. Set the channel's setting country, or credentials of the API with which the store is asked for, then retry."
      : 'The order has no shipping address with a country (a draft without one). Add one in Shopify, or capture the order with POST /v1/orders.',
  );

function mapRefund(json: unknown, channelCurrency: string): Mapped {
  const parsed = shopifyRefund.safeParse(json);
  if (!parsed.success)
    return quarantined('not-as-documented', `This is no Shopify refund: ${fieldReasons(parsed.error)}. ${sendAgain}`);
  const refund = parsed.data;
  const { order_id: orderId } = refund;
  if (orderId == null) return quarantined('not-as-documented', `The refund does not name its order. ${sendAgain}`);
  const currency = currencyOf(refund) ?? channelCurrency;
  if (currency !== channelCurrency)
    return quarantined(
      'currency',
      `The refund is in ${currency} and the channel sells in ${channelCurrency}. Record it with the order's return.`,
    );
  return readingAmounts(() => ({ kind: 'change', change: refundChange(refund, orderId, currency) }));
}
