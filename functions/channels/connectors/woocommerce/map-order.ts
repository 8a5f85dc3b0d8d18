import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type MapContext, type Mapped, type OrderDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { readJson } from '../kit/read-json.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { deliveryOf } from './delivery.ts';
import { chargesOf, digitalOf, isUnshipped, lineOf } from './lines.ts';
import { type OrderMoney, moneyOf } from './money.ts';
import { needs } from './needs.ts';
import { type OrderDocument, type WooOrder, deletedOrder, orderDocument, wooOrder } from './payload.ts';
import { billToOf, customerOf } from './people.ts';
import { refundsOf } from './refunds.ts';
import { pingTopic } from './signature.ts';
import { holdsOf, isDraft, isOnDelivery, stateOf } from './state.ts';
import { plain, publicFacts } from './texts.ts';

/** Maps an order, alone as webhooks carry it or with its refunds as `fetch` puts them together. */
export function mapOrder(body: Buffer, { topic, channel }: MapContext): Mapped {
  if (topic === pingTopic) return ignored('the ping that comes when a webhook is created');
  if (!topic.startsWith('order.')) return ignored(`messages of the topic ${topic} say nothing of orders`);
  const json = readJson(body);
  if (!json.ok)
    return quarantined('unreadable', `${json.refusal.detail} Save the order in the shop: it is sent again.`);
  const read = (isWrapped(json.value) ? orderDocument : bareOrder).safeParse(json.value);
  if (read.success) return mapped(read.data, channel);
  const gone = deletedOrder.safeParse(json.value);
  if (topic === 'order.deleted' && gone.success) return deleted(gone.data.id);
  return quarantined(
    'not-as-documented',
    `This is no WooCommerce order: ${fieldReasons(read.error)}. Set the webhook to REST API version 3, then save the order in the shop: it is sent again.`,
  );
}

const isWrapped = (value: unknown): boolean => typeof value === 'object' && value !== null && 'order' in value;
/** An order as webhooks carry it: its refunds are totals alone. */
const bareOrder = wooOrder.transform((order): OrderDocument => ({ order }));

/** It is gone for good: the shop has nothing more of it. */
const deleted = (externalId: string): Mapped => ({
  kind: 'change',
  change: { kind: 'cancel', externalId, changeId: `deleted-${externalId}`, reason: 'deleted in the shop' },
});

function mapped(document: OrderDocument, channel: MapContext['channel']): Mapped {
  const { order } = document;
  if (isDraft(order)) return ignored('a basket at the checkout, no order yet');
  const odd = order.line_items.find(({ quantity }) => !Number.isInteger(quantity) || quantity < 0);
  if (odd !== undefined)
    return quarantined(
      'not-as-documented',
      `Line ${odd.id} has quantity ${odd.quantity}, and units are whole numbers here. Change it in the shop: the order is sent again; or capture it with POST /v1/orders.`,
    );
  if (order.date_modified_gmt === undefined && order.date_created_gmt === undefined)
    return quarantined(
      'not-as-documented',
      'The order has no times in UTC, so nobody can tell what is newer: its webhook speaks an older API. Set it to REST API version 3, then save the order in the shop: it is sent again.',
    );
  return readingAmounts(() => {
    const snapshot = snapshotOf(document, channel);
    return snapshot.order.lines.length === 0
      ? ignored('nothing to ship: every line of it is digital, or it has none')
      : { kind: 'order', snapshot };
  });
}

/** @throws RangeError when an amount cannot be read exactly */
function snapshotOf(document: OrderDocument, channel: MapContext['channel']): SnapshotDraft {
  const { order, refunds = [] } = document;
  const setting = (name: string) => settingOf(channel, needs, name);
  const state = stateOf(order, setting('statuses'));
  const counts = isOnDelivery(order) && order.status === 'processing' && setting('cashOnDelivery') === 'ship';
  const money = moneyOf(order);
  const { totalMinor, giftCardMinor } = money;
  const isPaid = totalMinor === giftCardMinor || utc(order.date_paid_gmt) !== undefined || counts;
  const times = [order.date_modified_gmt, order.date_created_gmt, ...refunds.map((one) => one.date_created_gmt)];
  return {
    asOf:
      times
        .flatMap((time) => utc(time) ?? [])
        .sort()
        .at(-1) ?? '0',
    state: state ?? 'open',
    ...refundsOf(document),
    order: {
      ...orderOf(order, money, setting),
      channelTotal: moneyIn(order.currency)(totalMinor),
      payments: isPaid ? paymentsOf(order, money) : [],
      holds: holdsOf(order, state, isPaid),
    },
  };
}

function orderOf(order: WooOrder, money: OrderMoney, setting: (name: string) => string): Omit<OrderDraft, 'payments'> {
  const digital = digitalOf(setting('digital'));
  const of = moneyIn(order.currency);
  const unshipped = money.lines.filter(({ line }) => isUnshipped(line, order, digital));
  const charges = chargesOf(money, unshipped, order);
  const { shippingMinor, shippingTaxMinor } = money;
  const shipping = { price: of(shippingMinor), ...(shippingTaxMinor > 0 && { tax: of(shippingTaxMinor) }) };
  const number = clean(order.number, 255);
  return {
    externalId: order.id,
    currency: order.currency,
    ...present({
      externalNumber: number === order.id ? undefined : number,
      placedAt: utc(order.date_created_gmt),
      customer: customerOf(order),
      billTo: billToOf(order),
      note: plain(order.customer_note, 500),
      attributes: factsOf(order),
    }),
    ...deliveryOf(order, setting('country')),
    lines: money.lines.filter((one) => !unshipped.includes(one)).map((line) => lineOf(line, order)),
    ...(charges.length > 0 && { charges }),
    ...(shippingMinor + shippingTaxMinor > 0 && { shipping }),
  };
}

function paymentsOf(order: WooOrder, { totalMinor, giftCardMinor }: OrderMoney): NonNullable<OrderDraft['payments']> {
  const of = moneyIn(order.currency);
  const method = plain(order.payment_method_title ?? order.payment_method, 100);
  const reference = clean(order.transaction_id, 255);
  const named = { ...(reference !== undefined && { reference }), ...(method !== undefined && { method }) };
  const all: NonNullable<OrderDraft['payments']> = [
    { provider: 'recorded', amount: of(giftCardMinor), method: 'gift card' },
    { provider: 'recorded', amount: of(totalMinor - giftCardMinor), ...named },
  ];
  return all.filter(({ amount }) => amount.amount > 0);
}

const factsOf = (order: WooOrder): Record<string, string> | undefined =>
  attributesOf({
    status: order.status,
    createdVia: order.created_via,
    paymentMethod: order.payment_method,
    parentId: order.parent_id,
    coupons: order.coupon_lines.flatMap(({ code }) => code ?? []).join(', '),
    ...publicFacts(order.meta_data),
  });
