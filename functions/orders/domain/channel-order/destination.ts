import { type Address } from '../../../../shared/contracts/fields.ts';
import { fulfillmentOrderCancelled } from '../../../../shared/contracts/fulfillment/events.ts';
import { orderAmended } from '../../../../shared/contracts/orders/events.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import {
  type FulfillmentOrder,
  openFulfillmentStates,
} from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, countIn, moveLines } from '../../../../shared/model/orders/order.ts';
import { deallocate } from '../../../../shared/model/stock/movements.ts';
import { amendmentsOf } from './amendments.ts';

/** Where an order goes, and how it gets there. */
export type Destination = Pick<Order, 'shipTo' | 'delivery'>;

/** As the channel has it now; an address that it hides or has removed takes none away, nor does a delivery that it says nothing of. */
export function destinationAtChannel(order: Destination, { snapshot }: OrderAtChannel): Destination {
  const { shipTo, delivery } = snapshot.order;
  const isHidden = shipTo.lines.length === 0 || shipTo.lines.some((line) => line.includes('**'));
  return {
    shipTo: isHidden && order.shipTo.lines.length > 0 ? order.shipTo : shipTo,
    ...((delivery ?? order.delivery) && { delivery: delivery ?? order.delivery }),
  };
}

/** The same for the order itself: as long as something of it is to be sent. */
export const destinationOfOrder = (order: Order, at: OrderAtChannel): Destination =>
  countIn(order, 'backordered', 'reserved', 'allocated', 'picked') === 0
    ? { shipTo: order.shipTo, ...(order.delivery && { delivery: order.delivery }) }
    : destinationAtChannel(order, at);

/** Work that its location has been told of, or a parcel on its way, for a destination that is not the order's any more; and what changed. */
export interface Misdirected {
  readonly part: FulfillmentOrder;
  readonly changed: readonly string[];
}

/** Parcels that have left are only misdirected by what makes a carrier go elsewhere: channels take names and phones away afterwards. */
export const misdirected = (parts: readonly FulfillmentOrder[], to: Destination): Misdirected[] =>
  parts.flatMap((part) => {
    const hasLeft = part.state === 'SHIPPED';
    if (!hasLeft && (part.state === 'ALLOCATED' || !openFulfillmentStates.includes(part.state))) return [];
    const changed = changedFields(part, to, hasLeft ? placeFields : addressFields);
    return changed.length > 0 ? [{ part, changed }] : [];
  });

const placeFields = ['lines', 'city', 'region', 'postalCode', 'country'] as const satisfies readonly (keyof Address)[];
const addressFields = [...placeFields, 'name', 'company', 'phone', 'email'] as const;

function changedFields(part: Destination, to: Destination, fields: readonly (keyof Address)[]): string[] {
  const isOther = (one: unknown, other: unknown) => canonicalJson(one ?? null) !== canonicalJson(other ?? null);
  return [
    ...fields.filter((field) => isOther(part.shipTo[field], to.shipTo[field])),
    ...(isOther(wayOf(part), wayOf(to)) ? ['delivery'] : []),
  ];
}

/** Of a delivery, what decides who hands it over and how; the name of a service decides nothing. */
const wayOf = ({ delivery }: Destination) =>
  present({
    method: delivery?.method ?? 'ship',
    location: delivery?.location,
    place: delivery?.pickupPoint?.externalId,
  });

/**
 * Work that no location was told of yet, and that goes elsewhere now: it is taken back, its units are promised again and the order's
 * process routes them anew, to where they go now. One fulfillment order a transaction.
 * @returns `undefined` where there is none
 */
export function reroutedOne(
  order: Order,
  parts: readonly FulfillmentOrder[],
  at: OrderAtChannel,
  { now, actor }: { readonly now: string; readonly actor: string },
): readonly Change[] | undefined {
  const to = destinationOfOrder(order, at);
  const part = parts.find((one) => one.state === 'ALLOCATED' && changedFields(one, to, addressFields).length > 0);
  if (part === undefined) return undefined;
  const { fulfillmentOrderId, orderId, channelId, location, pool } = part;
  const lines = part.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  const reason = 'goes elsewhere: routed anew';
  const about = { fulfillmentOrderId, orderId, channelId, location, lines };
  const cause = { operation: 'reroute', reference: fulfillmentOrderId, actor, at: now, reason };
  const located = lines.map(({ sku, quantity }) => ({ sku, quantity, location }));
  const taken: FulfillmentOrder = {
    ...part,
    state: 'CANCELLED',
    lines: [],
    amendments: [...(part.amendments ?? []), { lines, reason, at: now, by: actor }],
    version: part.version + 1,
    updatedAt: now,
    events: [fulfillmentOrderCancelled.of(fulfillmentOrderId, part.version + 1, { now, actor }, about)],
  };
  return [
    ...deallocate(located, pool, 'none', 'reserved', cause),
    replace('fulfillmentOrder', taken, part.version),
    replace('order', sentElsewhere(order, to, lines, { now, actor }), order.version),
  ];
}

function sentElsewhere(
  order: Order,
  to: Destination,
  units: FulfillmentOrder['lines'],
  context: { readonly now: string; readonly actor: string },
): Order {
  const { orderId, channelId, unrouted } = order;
  const version = order.version + 1;
  const next = { ...order, ...to, lines: moveLines(order, units, 'allocated', 'reserved') };
  const changes = amendmentsOf(order, next);
  const woken = unrouted && { unrouted: { ...unrouted, wokenAt: unrouted.wokenAt ?? context.now } };
  const events =
    changes.length > 0 ? [orderAmended.of(orderId, version, context, { orderId, channelId, changes })] : [];
  return { ...next, ...woken, version, updatedAt: context.now, events };
}
