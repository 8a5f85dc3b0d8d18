import { type Address } from '../../../../shared/contracts/fields.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { minorOf, moneyIn } from '../kit/amounts.ts';
import { attributesOf, clean, kept } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { linesOf } from './lines.ts';
import { type OnxAddress, type OnxOrder } from './payload.ts';
import { paymentsOf } from './state.ts';

/** The order in our form. @throws RangeError for an amount that cannot be read exactly */
export function composeOrder(order: OnxOrder, externalId: string, currency: string): OrderDraft {
  const of = moneyIn(currency);
  const shippingMinor = minorOf(order.shippingPrice, currency);
  const [number, placedAt, note] = [clean(order.name, 255), utc(order.createdAt), clean(order.orderNote, 500)];
  const billTo = order.billingAddress && addressOf(order.billingAddress);
  const attributes = attributesOf(factsOf(order));
  return {
    externalId,
    ...(number && { externalNumber: number }),
    ...(placedAt && { placedAt }),
    currency,
    ...customerOf(order),
    shipTo: order.shippingAddress ? addressOf(order.shippingAddress) : {},
    ...(billTo?.country !== undefined && { billTo: { ...billTo, country: billTo.country } }),
    delivery: deliveryOf(order),
    lines: linesOf(order, currency),
    ...(shippingMinor > 0 && { shipping: { price: of(shippingMinor) } }),
    ...(order.totalPrice != null && { channelTotal: of(minorOf(order.totalPrice, currency)) }),
    ...paymentsOf(order, currency),
    ...(note && { note }),
    ...(attributes && { attributes }),
  };
}

function deliveryOf({ shippingCarrier, shippingClass, shippingNote }: OnxOrder): NonNullable<OrderDraft['delivery']> {
  const words = [shippingCarrier, shippingClass].filter((word) => word != null && word !== '');
  const [service, instructions] = [clean(words.join(' ')), clean(shippingNote, 500)];
  return { method: 'ship', ...(service && { service }), ...(instructions && { instructions }) };
}

const factsOf = (order: OnxOrder) => ({
  externalId: order.externalId,
  status: order.status,
  paymentStatus: order.paymentStatus,
  source: order.orderSource,
  shippingCode: order.shippingCode,
  incoterms: order.incoterms,
  giftNote: order.giftNote,
  tags: order.tags?.join(', '),
  'shipTo.id': order.shippingAddress?.locationIdentifier,
  ...Object.fromEntries((order.customFields ?? []).map(({ name, value }) => [name, value])),
});

function customerOf({ customer }: OnxOrder): Pick<OrderDraft, 'customer'> {
  if (customer == null) return {};
  const name = clean([customer.firstName, customer.lastName].map((part) => part ?? '').join(' '));
  const [email, phone] = [kept('email', customer.email), kept('phone', customer.phone)];
  const externalId = clean(customer.id ?? customer.externalId, 255);
  const found = {
    ...(name && { name }),
    ...(email && { email }),
    ...(phone && { phone }),
    ...(externalId && { externalId }),
  };
  return Object.keys(found).length === 0 ? {} : { customer: found };
}

/** An address in our form; what is blank is left out. */
function addressOf(from: OnxAddress): Partial<Address> {
  const name = clean([from.firstName, from.lastName].map((part) => part ?? '').join(' '));
  const lines = [clean(from.address1), clean(from.address2)].filter((line) => line !== undefined);
  const [company, city, region] = [clean(from.company), clean(from.city, 100), clean(from.stateOrProvince, 100)];
  const [postalCode, country] = [clean(from.zipCodeOrPostalCode, 20), clean(from.country, 20)?.toUpperCase()];
  const [phone, email] = [kept('phone', from.phone), kept('email', from.email)];
  return {
    ...(name && { name }),
    ...(company && { company }),
    lines,
    ...(city && { city }),
    ...(region && { region }),
    ...(postalCode && { postalCode }),
    ...(country && { country }),
    ...(phone && { phone }),
    ...(email && { email }),
  };
}
