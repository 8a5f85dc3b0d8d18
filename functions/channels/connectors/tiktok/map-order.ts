import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type MapContext, type Mapped, type OrderDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { readJson } from '../kit/read-json.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { fromEpoch } from '../kit/times.ts';
import { aftersalesOf } from './aftersales.ts';
import { groupsOf } from './lines.ts';
import { type OrderMoney, moneyOf } from './money.ts';
import { needs } from './needs.ts';
import { type OrderDocument, type TiktokOrder, notification, orderDocument, orderNews } from './payload.ts';
import { customerOf, recipientOf } from './people.ts';
import { isAboutOrder } from './signature.ts';
import { holdsOf, isPaid, stateOf } from './state.ts';

/** Maps an order with its aftersales, as `fetch` puts them together; a message about anything but orders is none of ours. */
export function mapOrder(body: Buffer, { channel, topic }: MapContext): Mapped {
  if (!isAboutOrder(topic)) return notOurs(topic);
  const json = readJson(body);
  if (!json.ok) return quarantined('unreadable', `${json.refusal.detail} Retry: the order is asked for again.`);
  const read = orderDocument.safeParse(json.value);
  if (read.success) return readingAmounts(() => ({ kind: 'order', snapshot: snapshotOf(read.data, channel) }));
  if (orderNews.safeParse(json.value).success)
    return quarantined('not-as-documented', 'This message only names an order. Retry: the order is asked for.');
  if (notification.safeParse(json.value).success) return ignored(`the message ${topic} names no order`);
  return quarantined(
    'not-as-documented',
    `This is no TikTok order: ${fieldReasons(read.error)}. Retry once it is mended.`,
  );
}

const notOurs = (topic: string): Mapped =>
  topic === 'TYPE_6' || topic === 'TYPE_7'
    ? ignored('the seller’s authorization ends: have the seller authorize the app again and put the new refreshToken')
    : ignored(`messages of the kind ${topic} say nothing of orders`);

/** @throws RangeError when an amount cannot be read exactly */
function snapshotOf(document: OrderDocument, channel: MapContext['channel']): SnapshotDraft {
  const { order } = document;
  const groups = groupsOf(order.line_items);
  const { shipTo, masked } = recipientOf(order, channel.settings);
  const { state, fulfilledBy } = stateOf(order);
  const isShip = (name: string) => settingOf(channel, needs, name) === 'ship';
  const collects = isShip('cashOnDelivery');
  return {
    asOf: asOf(document),
    state,
    fulfilledBy,
    ...aftersalesOf(document, groups),
    order: {
      ...orderOf(order, moneyOf(order, groups), collects),
      shipTo,
      holds: holdsOf(order, { masked: isShip('maskedAddress') ? [] : masked, collects }),
      ...attributesWith(order, masked),
    },
  };
}

/** The newest of the times that TikTok gives: the order's own counts its states, aftersales and addresses have theirs. */
function asOf({ order, cancellations, returns, toldAt }: OrderDocument): string {
  const times = [order, ...cancellations, ...returns].map(({ update_time }) => update_time);
  const read = [...times, order.create_time, toldAt].flatMap((time) => fromEpoch(time, 'seconds') ?? []);
  return read.sort().at(-1) ?? '0';
}

function orderOf(
  order: TiktokOrder,
  { lines, shipping, charges, totalMinor }: OrderMoney,
  collects: boolean,
): Omit<OrderDraft, 'shipTo'> {
  const total = moneyIn(order.payment.currency)(totalMinor);
  const isReceived = isPaid(order) && (order.is_cod !== true || collects);
  const method = clean(order.payment_method_name, 100);
  return {
    externalId: order.id,
    currency: order.payment.currency,
    ...present({
      placedAt: fromEpoch(order.create_time, 'seconds'),
      customer: customerOf(order),
      promised: promisedOf(order),
      note: clean(order.buyer_message, 500),
    }),
    delivery: present({
      method: 'ship' as const,
      service: clean(order.delivery_option_name),
      instructions: clean(order.recipient_address?.delivery_preferences?.drop_off_location, 500),
    }),
    lines,
    ...(charges.length > 0 && { charges }),
    ...((shipping.price.amount > 0 || shipping.tax !== undefined) && { shipping }),
    channelTotal: total,
    payments:
      isReceived && totalMinor > 0
        ? [{ provider: 'recorded', amount: total, ...(method !== undefined && { method }) }]
        : [],
  };
}

/** When it must leave: when it is to be handed over, else collected, else is cancelled by TikTok; and when it is to arrive. */
function promisedOf(order: TiktokOrder): OrderDraft['promised'] {
  const first = (...times: readonly TiktokOrder['create_time'][]) =>
    times.map((time) => fromEpoch(time, 'seconds')).find((time) => time !== undefined);
  const found = present({
    shipBy: first(order.rts_sla_time, order.tts_sla_time, order.shipping_due_time),
    deliverBy: first(order.delivery_sla_time, order.delivery_option_required_delivery_time, order.delivery_due_time),
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

function attributesWith(order: TiktokOrder, masked: readonly string[]): { attributes?: Record<string, string> } {
  const time = (at: TiktokOrder['create_time']) => fromEpoch(at, 'seconds');
  const yes = (flag: boolean | null | undefined) => (flag === true ? true : undefined);
  const attributes = attributesOf({
    status: order.status,
    fulfillmentType: order.fulfillment_type,
    shippingType: order.shipping_type,
    shippingProvider: order.shipping_provider,
    deliveryType: order.delivery_type,
    deliveryOptionId: order.delivery_option_id,
    warehouseId: order.warehouse_id,
    orderType: order.order_type,
    commercePlatform: order.commerce_platform,
    collectBy: time(order.tts_sla_time),
    cancelledIfNotShippedBy: time(order.shipping_due_time),
    cancelledIfNotCollectedBy: time(order.collection_due_time),
    cancelledAt: time(order.cancel_order_sla_time),
    releasedAt: time(order.release_date),
    isSample: yes(order.is_sample_order),
    isCashOnDelivery: yes(order.is_cod),
    isReplacement: yes(order.is_replacement_order),
    replacedOrderId: order.replaced_order_id,
    isExchange: yes(order.is_exchange_order),
    exchangeSourceOrderId: order.exchange_source_order_id,
    autoCombineGroupId: order.auto_combine_group_id,
    sellerNote: order.seller_note,
    maskedAddress: masked.length > 0 ? order.recipient_address?.full_address : undefined,
  });
  return attributes === undefined ? {} : { attributes };
}
