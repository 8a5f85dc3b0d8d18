import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { type LineDraft, type MapContext, type Mapped, type OrderDraft } from '../../domain/connector.ts';
import { moneyIn } from '../kit/amounts.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { readJson } from '../kit/read-json.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { tillSale } from '../kit/till-sale.ts';
import { asOfNumber, utc } from '../kit/times.ts';
import { type Destination, destinationOf, isSent, leading } from './delivery.ts';
import { costOfLine, currencyOf, minorOf, moneyOfLine, otherCharges, shippingOf } from './money.ts';
import { type SquareDocument, type SquareLine, type SquareOrder, goneEntry, squareDocument } from './payload.ts';
import { paymentOf } from './payment.ts';
import { customerOf } from './people.ts';
import { mapExchange, mapReturn } from './refunds.ts';
import { exchangeTopic, isOurs, refundTopics } from './topics.ts';
import { cancelledUnits, fulfilledUnits, isGoods, stateOf, unitsOf } from './units.ts';

/** Maps what was asked for in an event's place: an order, or what was returned of one. */
export function mapDelivery(body: Buffer, { topic, channel }: MapContext): Mapped {
  if (!isOurs(topic)) return ignored(`event ${topic} is not about an order`);
  const json = readJson(body);
  if (!json.ok) return quarantined('unreadable', json.refusal.detail);
  const parsed = squareDocument.safeParse(json.value);
  if (!parsed.success)
    return quarantined(
      'not-as-documented',
      `This is no order of Square: ${fieldReasons(parsed.error)}. Retry it, or capture the order with POST /v1/orders.`,
    );
  const { order, refund } = parsed.data;
  if (topic === exchangeTopic) return mapExchange(parsed.data);
  if (refundTopics.includes(topic) || refund != null) return mapReturn(parsed.data);
  if (order == null)
    return quarantined(
      'not-as-documented',
      'This names an order and has none of it. Give the channel credentials to ask Square for it, then retry.',
    );
  if (order.line_items.length === 0 && order.returns.length > 0) return mapReturn(parsed.data);
  return mapSale(order, parsed.data, channel);
}

function mapSale(
  order: SquareOrder,
  document: SquareDocument,
  { currency: sold, settings = {} }: MapContext['channel'],
): Mapped {
  const goods = order.line_items.filter((line) => isGoods(line) && unitsOf(line.quantity) !== 0);
  if (goods.length === 0 || leading(order)?.type === 'DIGITAL')
    return ignored('nothing to ship: no line of it is a thing');
  const parts = goods.find(({ quantity }) => unitsOf(quantity) === undefined);
  if (parts !== undefined)
    return quarantined(
      'amount',
      `Line ${parts.uid} (${clean(parts.name) ?? 'without a name'}) has a quantity of ${clean(parts.quantity) ?? 'nothing'}, and stock counts whole units. Sell it by the piece, or capture the order with POST /v1/orders.`,
    );
  const destination = destinationOf(order, document, settings['country']);
  if (destination.shipTo.country === undefined) return noAddress(destination, order);
  return readingAmounts(() => ({
    kind: 'order',
    snapshot: {
      asOf: asOfOrder(order),
      ...tillSale(destination.isPos, stateOf(order)),
      order: orderOf(order, document, destination, currencyOf(order) ?? sold),
      cancelled: cancelledUnits(order),
      ...fulfilledUnits(order),
    },
  }));
}

/** Orders that were not made by the API (most sales at a till) have no version. Source: Order.version */
const asOfOrder = ({ version, updated_at }: SquareOrder): string =>
  version == null ? (utc(updated_at) ?? asOfNumber(1)) : asOfNumber(version);

const noAddress = ({ delivery: { method } }: Destination, { location_id }: SquareOrder): Mapped =>
  quarantined(
    'address',
    method === 'pickup'
      ? `Square has no address of location ${location_id ?? 'unknown'}: add it there (Account & Settings, Locations), or set the channel's setting country, then retry.`
      : 'The order has no shipping address with a country. Add one in Square, or capture the order with POST /v1/orders.',
  );

function orderOf(order: SquareOrder, document: SquareDocument, destination: Destination, currency: string): OrderDraft {
  const { shipTo, delivery, promised, recipient, isPos } = destination;
  const isService = (line: SquareLine) => !isGoods(line);
  const charges = [
    ...order.line_items.filter(isService).map((line) => ({
      kind: line.item_type === 'GIFT_CARD' ? ('gift-card' as const) : ('service' as const),
      ...present({ title: titleOf(line) }),
      externalLineId: line.uid,
      ...costOfLine(order, line, currency),
    })),
    ...otherCharges(order, isSent(order), currency),
  ];
  return {
    externalId: order.id,
    currency,
    ...present({
      externalNumber: clean(order.reference_id ?? order.ticket_name, 255),
      placedAt: utc(order.created_at),
      customer: customerOf(order.customer_id, recipient),
      attributes: attributesOf({
        pos: isPos ? true : undefined,
        source: order.source?.name,
        location_id: order.location_id,
        returns_of: order.returns.find((one) => one.source_order_id != null)?.source_order_id,
        ...order.metadata,
        [goneEntry]: undefined,
      }),
      promised,
      shipping: shippingOf(order, isSent(order), currency),
    }),
    shipTo,
    delivery,
    lines: order.line_items.filter(isGoods).flatMap((line) => lineOf(order, line, document, currency)),
    ...(charges.length > 0 && { charges }),
    ...(order.total_money != null && { channelTotal: moneyIn(currency)(minorOf(order.total_money)) }),
    ...paymentOf(order, currency),
  };
}

const titleOf = ({ name, variation_name }: SquareLine): string | undefined =>
  clean([name, variation_name === 'Regular' ? undefined : variation_name].filter((part) => part != null).join(' - '));

function lineOf(order: SquareOrder, line: SquareLine, { variations }: SquareDocument, currency: string): LineDraft[] {
  const units = unitsOf(line.quantity) ?? 0;
  if (units === 0) return [];
  const { sku, upc, item_id } = variations.find(({ id }) => id === line.catalog_object_id)?.item_variation_data ?? {};
  const listing = present({
    variantId: clean(line.catalog_object_id, 255),
    listingId: clean(item_id, 255),
    barcode: /^\d{8,14}$/.test(upc ?? '') ? (upc ?? undefined) : undefined,
  });
  const modifiers = line.modifiers.map(({ name }) => name ?? '').join(', ');
  return [
    {
      ...present({
        sku: clean(sku, 100),
        title: titleOf(line),
        attributes: attributesOf({ modifiers, note: line.note, ...line.metadata }),
      }),
      externalLineId: line.uid,
      ...(Object.keys(listing).length > 0 && { listing }),
      quantity: units,
      ...moneyOfLine(order, line, units, currency),
    },
  ];
}
