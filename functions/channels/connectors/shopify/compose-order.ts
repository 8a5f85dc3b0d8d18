import { type Channel } from '../../../../shared/model/network/network.ts';
import { type LineDraft, type OrderDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { minorOf, moneyIn } from '../kit/amounts.ts';
import { fulfilledPart } from '../kit/fulfilled.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { clean } from '../kit/texts.ts';
import { tillSale } from '../kit/till-sale.ts';
import { utc } from '../kit/times.ts';
import { attributesOfLine, attributesOfOrder } from './attributes.ts';
import { chargesOf } from './charges.ts';
import { type Destination, type Read, destinationOf } from './delivery.ts';
import { moneyOfLine, readerOf, shippingOf, taxesByLine } from './money.ts';
import { type ShopifyLine, type ShopifyOrder, isShipped } from './payload.ts';
import { paymentOf } from './payment.ts';
import { billToOf, customerOf } from './people.ts';
import { refundOf } from './refunds.ts';
import { cancelledUnits, fulfilledUnits, stateOf } from './units.ts';

/**
 * Puts an order together as it was placed, with its money to the minor unit, and what became of it since: state, cancelled units, refunds.
 * @throws RangeError when an amount cannot be read exactly
 */
export function composeOrder(read: Read, { settings = {} }: Pick<Channel, 'settings'>): SnapshotDraft {
  const { order } = read;
  const fulfilled = fulfilledUnits(order);
  const destination = destinationOf(read, settings['country']);
  return {
    asOf: utc(order.updated_at) ?? utc(order.created_at) ?? '0',
    ...tillSale(destination.isPos, stateOf(order)),
    test: order.test === true,
    order: orderOf(order, destination),
    cancelled: cancelledUnits(order),
    ...fulfilledPart(fulfilled),
    refunds: order.refunds.map((one) => refundOf(one, order.currency, { fulfilled, total: order.total_price_set })),
  };
}

function orderOf(order: ShopifyOrder, { delivery, shipTo, promised, isPos }: Destination): OrderDraft {
  const taxes = taxesByLine(order);
  const charges = chargesOf(order);
  const shipping = shippingOf(order);
  const placedAt = utc(order.processed_at) ?? utc(order.created_at);
  const optional = {
    externalNumber: clean(order.name),
    customer: customerOf(order),
    billTo: billToOf(order),
    note: clean(order.note, 500),
    attributes: attributesOfOrder(order, isPos),
    presentment: presentmentOf(order),
  };
  return {
    externalId: order.id,
    ...(placedAt && { placedAt }),
    currency: order.currency,
    ...present(optional),
    shipTo,
    delivery,
    ...(promised && { promised }),
    lines: order.line_items.flatMap((line, index) =>
      isShipped(line) && line.quantity > 0 ? [lineOf(order, line, taxes[index])] : [],
    ),
    ...(charges.length > 0 && { charges }),
    ...(shipping && { shipping }),
    channelTotal: moneyIn(order.currency)(readerOf(order.currency)(order.total_price, order.total_price_set)),
    ...paymentOf(order),
  };
}

function lineOf(order: ShopifyOrder, line: ShopifyLine, taxes: Parameters<typeof moneyOfLine>[2]): LineDraft {
  const listing = { variantId: line.variant_id ?? undefined, listingId: line.product_id ?? undefined };
  const optional = {
    sku: clean(line.sku, 100),
    title: clean(line.name ?? line.title),
    attributes: attributesOfLine(line),
  };
  return {
    ...present(optional),
    externalLineId: line.id,
    ...((listing.variantId ?? listing.listingId) !== undefined && { listing: present(listing) }),
    quantity: line.quantity,
    ...moneyOfLine(order, line, taxes),
  };
}

/** What the buyer saw, where that was another currency. */
function presentmentOf({ currency, total_price_set: set }: ShopifyOrder): OrderDraft['presentment'] {
  const seen = set?.presentment_money;
  if (seen == null || seen.currency_code === currency) return undefined;
  return { total: { amount: minorOf(seen.amount, seen.currency_code), currency: seen.currency_code } };
}
