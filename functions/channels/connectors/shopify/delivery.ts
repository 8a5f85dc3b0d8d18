import { type Address } from '../../../../shared/contracts/fields.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type ShopifyAddress, type ShopifyOrder, isShipped } from './payload.ts';
import { addressOf } from './people.ts';

/** How Shopify plans to hand an order over, of its fulfillment orders: https://shopify.dev/docs/api/admin-graphql/latest/enums/DeliveryMethodType */
export interface Handover {
  readonly methodType: string;
  readonly location: { readonly id?: string | undefined; readonly name?: string | undefined };
  readonly address: ShopifyAddress;
  readonly shipBy?: string | undefined;
  readonly deliverFrom?: string | undefined;
  readonly deliverBy?: string | undefined;
}

/** Where an order goes and how. `isPos`: it was sold at a till and has left the store. */
export interface Destination {
  readonly delivery: NonNullable<OrderDraft['delivery']>;
  readonly shipTo: Partial<Address>;
  readonly promised?: OrderDraft['promised'];
  readonly isPos: boolean;
}

/** An order and what else was asked for it. */
export interface Read {
  readonly order: ShopifyOrder;
  readonly handover?: Handover | undefined;
}

/**
 * How an order gets to its buyer. What the checkout wrote about a pickup counts before what Shopify took it for: apps for pickup sell it as a
 * shipping method, with the store in the order's attributes.
 */
export function destinationOf({ order, handover }: Read, country: string | undefined): Destination {
  const service = clean(
    order.shipping_lines
      .filter(({ is_removed }) => is_removed !== true)
      .map(({ title }) => title ?? '')
      .join(', '),
  );
  const pickup = pickupOf(order, handover);
  const isPos = pickup?.isPos ?? false;
  const method = pickup ? 'pickup' : isLocal(order, handover) ? 'local-delivery' : 'ship';
  const own = order.shipping_address;
  const shipTo =
    own == null ? placeOf({ order, handover }, pickup !== undefined, country) : addressOf(own, order.email);
  const promised = promisedOf(handover);
  return {
    delivery: { method, ...(service && { service }), ...(pickup && { pickupPoint: pickup.point }) },
    shipTo,
    ...(promised && { promised }),
    isPos,
  };
}

interface Pickup {
  readonly point: NonNullable<NonNullable<OrderDraft['delivery']>['pickupPoint']>;
  readonly isPos: boolean;
}

function pickupOf(order: ShopifyOrder, handover: Handover | undefined): Pickup | undefined {
  const { shipping_address: to, location_id: till, source_name } = order;
  const [line] = order.shipping_lines;
  const wished = wishedPickup(order);
  if (wished !== undefined) return { point: wished, isPos: false };
  if (handover?.methodType === 'PICK_UP') return { point: pointOf(handover.location), isPos: false };
  const isTill = handover?.methodType === 'RETAIL' || (source_name === 'pos' && line === undefined);
  if (isTill && to == null) return { point: pointOf({ id: till ?? handover?.location.id }), isPos: true };
  // A pickup of Shopify's own has no address, and its shipping line is the store: a draft's has the code `custom`.
  const isOwnPickup = handover === undefined && to == null && line?.code != null && line.code !== 'custom';
  return isOwnPickup ? { point: pointOf({ name: line.title ?? line.code }), isPos: false } : undefined;
}

const pointOf = ({ id, name }: { readonly id?: string | undefined; readonly name?: string | null | undefined }) => {
  const text = clean(name);
  return { ...(id !== undefined && { externalId: id }), ...(text && { name: text }) };
};

/** The store that an app for pickup wrote into the attributes, or into the code of the shipping line. */
function wishedPickup({ note_attributes, shipping_lines }: ShopifyOrder): Pickup['point'] | undefined {
  const facts = new Map(
    note_attributes.map(({ name, value }) => [
      (name ?? '').toLowerCase().replace(/[^a-z]+/g, '_'),
      typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    ]),
  );
  const of = (pattern: RegExp) => [...facts].find(([name, value]) => pattern.test(name) && value !== '')?.[1];
  const wish = of(/(delivery_method_type|checkout_method|delivery_method)$/);
  const coded = shipping_lines.find(({ code }) => /^pick[-_ ]?up\b/i.test(code ?? ''));
  if (!/^pick[-_ ]?up/i.test(wish ?? '') && coded === undefined) return undefined;
  return pointOf({ id: of(/location_id$/), name: of(/location_(name|company)$/) ?? coded?.title ?? undefined });
}

const isLocal = ({ shipping_lines }: ShopifyOrder, handover: Handover | undefined): boolean =>
  handover === undefined
    ? shipping_lines.some(({ code, delivery_category }) =>
        /^local[-_ ]?delivery$/i.test(delivery_category ?? code ?? ''),
      )
    : handover.methodType === 'LOCAL';

/** The address of the place of a pickup; of an order that is done, at least its country. */
function placeOf({ order, handover }: Read, isPickup: boolean, country: string | undefined): Partial<Address> {
  const isDone = order.cancelled_at != null || order.closed_at != null;
  if (!isPickup && !isDone) return {};
  const known = [
    handover?.address,
    ...order.line_items.filter(isShipped).map(({ origin_location }) => origin_location),
    ...order.fulfillments.map(({ origin_address }) => origin_address),
  ].find((place) => place?.country_code != null);
  if (known != null) return addressOf(known);
  const code = country ?? order.billing_address?.country_code ?? undefined;
  return code === undefined ? {} : { country: code.toUpperCase() };
}

function promisedOf(handover: Handover | undefined): OrderDraft['promised'] {
  const shipBy = utc(handover?.shipBy);
  const deliverFrom = utc(handover?.deliverFrom);
  const deliverBy = utc(handover?.deliverBy);
  return (shipBy ?? deliverFrom ?? deliverBy) === undefined
    ? undefined
    : { ...(shipBy && { shipBy }), ...(deliverFrom && { deliverFrom }), ...(deliverBy && { deliverBy }) };
}
