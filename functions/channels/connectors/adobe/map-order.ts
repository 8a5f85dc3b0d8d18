import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type MapContext, type Mapped, type OrderDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { fulfilledPart } from '../kit/fulfilled.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { currencyOf } from './amounts.ts';
import { type Destination, destinationOf } from './delivery.ts';
import { isShipped, soldItems, unitsOf } from './items.ts';
import { cancelledOf, chargeOf, lineOf, orderCharges } from './lines.ts';
import { type OrderMoney, moneyOf, totalMinorOf } from './money.ts';
import { needs } from './needs.ts';
import { type AdobeDocument, type AdobeOrder, adobeDocument } from './payload.ts';
import { type OnAccount, paymentHolds, paymentsOf } from './payment.ts';
import { billToOf, customerOf } from './people.ts';
import { refundHolds, refundsOf } from './refunds.ts';
import { stateHolds, stateOf } from './state.ts';

/** Maps an order that was listed, with its credit memos, to how the store has it at `updated_at`. */
export function mapOrder(document: Buffer, { channel }: Pick<MapContext, 'channel'>): Mapped {
  const json = readJson(document);
  if (!json.ok) return quarantined('unreadable', json.refusal.detail);
  const parsed = adobeDocument.safeParse(withOrder(json.value));
  if (!parsed.success)
    return quarantined(
      'not-as-documented',
      `This is no Adobe Commerce order: ${fieldReasons(parsed.error)}. Save it again at the store; if it stays so, capture it with POST /v1/orders.`,
    );
  const accounts = settingOf(channel, needs, 'onAccount')
    .split(',')
    .map((method) => method.trim());
  return whyNot(parsed.data) ?? readingAmounts(() => snapshotOf(parsed.data, accounts));
}

/** An order as it was polled stands by itself; one that was asked for has its credit memos beside it. */
const withOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'entity_id' in value ? { order: value } : value;

function whyNot({ order }: AdobeDocument): Mapped | undefined {
  const shipped = soldItems(order).filter((one) => isShipped(one) && one.item.qty_ordered !== 0);
  if (shipped.length === 0) return ignored('nothing to ship: every item is virtual, downloadable or a gift card');
  const broken = shipped.find(({ item }) => !Number.isSafeInteger(item.qty_ordered) || (item.qty_ordered ?? 0) < 1);
  if (broken !== undefined)
    return quarantined(
      'not-as-documented',
      `Item ${broken.item.item_id} (${clean(broken.item.name) ?? 'without a name'}) is for ${broken.item.qty_ordered ?? 'no'} units, and units are whole here: capture the order with POST /v1/orders in a unit of measure that is.`,
    );
  if (currencyOf(order) === undefined)
    return quarantined(
      'not-as-documented',
      'The order has no currency (base_currency_code). Save it again at the store.',
    );
  if (order.base_grand_total == null && order.grand_total == null)
    return quarantined('not-as-documented', 'The order has no total (base_grand_total). Save it again at the store.');
  return undefined;
}

function snapshotOf(document: AdobeDocument, accounts: OnAccount): Mapped {
  const { order } = document;
  const currency = currencyOf(order) ?? '';
  const to = destinationOf(order);
  if (to === undefined)
    return quarantined(
      'address',
      'The order has goods to ship and no shipping address. Give it one at the store, or capture it with POST /v1/orders.',
    );
  const sold = soldItems(order).filter((one) => isShipped(one) && one.item.qty_ordered !== 0);
  return {
    kind: 'order',
    snapshot: {
      asOf: utc(order.updated_at) ?? utc(order.created_at) ?? '0',
      state: stateOf(order),
      order: orderOf(document, to, moneyOf(order, currency), { currency, accounts }),
      cancelled: cancelledOf(sold),
      ...fulfilledPart(sold.map((one) => [one.item.item_id, unitsOf(one, ({ qty_shipped: units }) => units)])),
      refunds: refundsOf(document, sold, currency),
    },
  };
}

function orderOf(
  document: AdobeDocument,
  to: Destination,
  money: OrderMoney,
  { currency, accounts }: { readonly currency: string; readonly accounts: OnAccount },
): OrderDraft {
  const { order } = document;
  const of = moneyIn(currency);
  const items = money.items.filter(({ sold }) => sold.item.qty_ordered !== 0);
  const { priceMinor, taxMinor } = money.shipping;
  const holds = [
    ...stateHolds(order),
    ...paymentHolds(order, money, currency, accounts),
    ...refundHolds(document),
    ...to.holds,
  ];
  return {
    externalId: order.entity_id,
    currency,
    shipTo: to.shipTo,
    delivery: to.delivery,
    lines: items.filter(({ sold }) => isShipped(sold)).map((item) => lineOf(item, order, currency)),
    charges: [
      ...items.filter(({ sold }) => !isShipped(sold)).map((item) => chargeOf(item, currency)),
      ...orderCharges(money, currency),
    ],
    shipping: { price: of(priceMinor), ...(taxMinor > 0 && { tax: of(taxMinor) }) },
    channelTotal: of(money.totalMinor),
    payments: paymentsOf(order, money, currency, accounts),
    holds: holds.map((reason) => ({ reason })),
    ...present({
      externalNumber: order.increment_id ?? undefined,
      placedAt: utc(order.created_at),
      customer: customerOf(order),
      billTo: billToOf(order),
      presentment: presentmentOf(order, currency),
      note: clean(order.customer_note, 500),
      attributes: attributes(order),
    }),
  };
}

/** What the buyer saw, where that was not the shop's currency. */
function presentmentOf(order: AdobeOrder, currency: string): OrderDraft['presentment'] {
  const seen = clean(order.order_currency_code);
  if (seen === undefined || seen === currency || order.grand_total == null) return undefined;
  return { total: moneyIn(seen)(totalMinorOf(order.grand_total, seen)) };
}

function attributes(order: AdobeOrder) {
  const gift = order.extension_attributes?.gift_message;
  return attributesOf({
    status: order.status,
    store: order.store_id,
    storeName: order.store_name,
    shippingMethod: order.extension_attributes?.shipping_assignments?.[0]?.shipping?.method,
    coupon: order.coupon_code,
    purchaseOrder: order.payment?.po_number,
    externalOrderId: order.ext_order_id,
    giftMessage: gift?.message,
    giftFrom: gift?.sender,
    giftTo: gift?.recipient,
  });
}
