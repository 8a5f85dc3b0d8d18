import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type MapContext, type Mapped, type OrderDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { fulfilledPart } from '../kit/fulfilled.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type Destination, addressesOf, destinationOf } from './delivery.ts';
import { chargeOf, lineOf } from './lines.ts';
import { type OrderMoney, type PricedCost, moneyOf } from './money.ts';
import { type BigCommerceDocument, type BigCommerceOrder, bigCommerceDocument, isShipped } from './payload.ts';
import { paymentHolds, paymentsOf } from './payment.ts';
import { addressOf, customerOf } from './people.ts';
import { cancelledOf, refundHolds, refundsOf } from './refunds.ts';
import { incomplete, stateOf, statusHolds } from './state.ts';
import { notOurs } from './topics.ts';

/** Maps an order that was fetched for a delivery, to how BigCommerce has it at `date_modified`. */
export function mapOrder(document: Buffer, { topic }: Pick<MapContext, 'topic'>): Mapped {
  const reason = notOurs(topic);
  if (reason !== undefined) return ignored(reason);
  const json = readJson(document);
  if (!json.ok) return quarantined('unreadable', json.refusal.detail);
  const parsed = bigCommerceDocument.safeParse(json.value);
  if (!parsed.success)
    return quarantined(
      'not-as-documented',
      `This is no BigCommerce order with its products: ${fieldReasons(parsed.error)}. Retry it; if it stays so, capture it with POST /v1/orders.`,
    );
  return whyNot(parsed.data) ?? readingAmounts(() => snapshotOf(parsed.data));
}

function whyNot({ order, products }: BigCommerceDocument): Mapped | undefined {
  if (order.status_id === incomplete) return ignored('incomplete: its buyer has not finished the checkout');
  if (!products.some((one) => one.quantity > 0 && isShipped(one)))
    return ignored('nothing to ship: every product is digital or a gift certificate, or was taken out');
  if (currencyOf(order) === undefined)
    return quarantined('not-as-documented', 'The order has no currency (default_currency_code). Have it sent again.');
  return undefined;
}

/** The currency that the buyer pays in, which every amount is in. Source: Orders V2, Currency Fields */
const currencyOf = (order: BigCommerceOrder): string | undefined =>
  clean(order.default_currency_code) ?? clean(order.store_default_currency_code) ?? clean(order.currency_code);

function snapshotOf(document: BigCommerceDocument): Mapped {
  const { order } = document;
  const currency = currencyOf(order) ?? '';
  const to = destinationOf(document);
  if (to === undefined)
    return quarantined(
      'address',
      'The order has goods to ship and no shipping address or pickup location. Add one in BigCommerce, or capture it with POST /v1/orders.',
    );
  const placed = utc(order.date_created);
  return {
    kind: 'order',
    snapshot: {
      asOf: utc(order.date_modified) ?? placed ?? '0',
      state: stateOf(document),
      // The gateway that BigCommerce has for trying out a checkout.
      test: /^test payment (gateway|provider)$/i.test(order.payment_method ?? ''),
      order: orderOf(document, currency, to, moneyOf(document, currency)),
      cancelled: cancelledOf(document),
      ...fulfilledPart(document.products.filter(isShipped).map((one) => [one.id, one.quantity_shipped])),
      refunds: refundsOf(document, currency),
    },
  };
}

function orderOf(document: BigCommerceDocument, currency: string, to: Destination, money: OrderMoney): OrderDraft {
  const { order } = document;
  const of = moneyIn(currency);
  const places = addressesOf(document);
  const shipped = money.products.filter(({ product }) => isShipped(product));
  const holds = [...statusHolds(order), ...paymentHolds(order), ...refundHolds(document), ...to.holds];
  return {
    externalId: order.id,
    currency,
    shipTo: to.shipTo,
    delivery: to.delivery,
    lines: shipped.map((one) => lineOf(one, document, places, currency)),
    charges: [
      ...money.products.filter(({ product }) => !isShipped(product)).map((one) => chargeOf(one, currency)),
      ...money.charges.map(({ kind, title, ...cost }) => ({
        kind,
        ...costIn(cost, of),
        ...present({ title: clean(title) }),
      })),
    ],
    shipping: costIn(money.shipping, of),
    channelTotal: of(money.totalMinor),
    payments: paymentsOf(order, money.totalMinor, currency),
    holds: holds.map((reason) => ({ reason })),
    ...present({
      placedAt: utc(order.date_created),
      customer: customerOf(order),
      billTo: billToOf(order),
      note: clean(order.customer_message, 500),
      attributes: attributes(document),
    }),
  };
}

const costIn = ({ priceMinor, taxMinor }: PricedCost, of: ReturnType<typeof moneyIn>) => ({
  price: of(priceMinor),
  ...(taxMinor > 0 && { tax: of(taxMinor) }),
});

/** Where the bill goes, if BigCommerce says the country; without one it is no address. */
function billToOf({ billing_address: billing }: BigCommerceOrder): OrderDraft['billTo'] {
  const { country, ...rest } = billing ? addressOf(billing) : {};
  return country === undefined ? undefined : { ...rest, country };
}

function attributes({ order, shipping_addresses: [address] }: BigCommerceDocument) {
  const asked = [...(order.billing_address?.form_fields ?? []), ...(address?.form_fields ?? [])];
  return attributesOf({
    status: order.status,
    storefront: order.channel_id,
    source: order.order_source,
    externalSource: order.external_source,
    externalOrderId: order.external_order_id ?? order.external_id,
    cart: order.cart_id,
    shippingZone: address?.shipping_zone_name,
    taxProvider: order.tax_provider_id,
    locale: order.customer_locale,
    staffNotes: order.staff_notes,
    ...(order.currency_code !== order.default_currency_code && {
      shownIn: order.currency_code,
      shownAtRate: order.currency_exchange_rate,
    }),
    ...Object.fromEntries(
      asked.flatMap(({ name, value }) => (name == null || typeof value !== 'string' ? [] : [[name, value]])),
    ),
  });
}
