import * as z from 'zod';
import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { gid } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { type FulfillmentOrder, type Units, fulfillmentOrder } from './order-work.ts';

const parts =
  'id status deliveryMethod { methodType } assignedLocation { location { id } } lineItems(first: 100) { nodes { id remainingQuantity lineItem { id } } }';
const query = `mutation CrossdockMove($id: ID!, $newLocationId: ID!, $fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!]) {
  fulfillmentOrderMove(id: $id, newLocationId: $newLocationId, fulfillmentOrderLineItems: $fulfillmentOrderLineItems) {
    movedFulfillmentOrder { ${parts} }
    originalFulfillmentOrder { ${parts} }
    userErrors { field message }
  }
}`;
const moved = z.object({ movedFulfillmentOrder: fulfillmentOrder, originalFulfillmentOrder: fulfillmentOrder });

/** The shop's place that an order's part is assigned to; empty where there is none. */
export const placeOf = ({ assignedLocation }: FulfillmentOrder): string => assignedLocation?.location?.id ?? '';

/**
 * Assigns units to the location that sends them, where the shop has them at another and knows the one, so that it takes them off the right stock. What
 * Shopify will not move (the location never had the item, somebody works on it) stays where it is: it has left all the same.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/mutations/fulfillmentOrderMove
 * @returns the fulfillment orders as they are then. Refusal: `provider-unavailable`
 */
export async function moveToSender(
  connection: Connection,
  units: readonly Units[],
  { orders, location }: { readonly orders: readonly FulfillmentOrder[]; readonly location: string },
): Promise<Result<readonly FulfillmentOrder[]>> {
  const { locations = {} } = connection.channel;
  const [place] = Object.entries(locations).find(([, ours]) => ours === location) ?? [];
  if (place === undefined) return ok(orders);
  const present = new Map(orders.map((order) => [order.id, order]));
  const isThere = (order: FulfillmentOrder): boolean => locations[placeOf(order)] === location;
  const left = new Map(units.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const order of orders.filter(isThere)) take(order, left);
  for (const order of orders) {
    const lines = isThere(order) || order.status !== 'OPEN' ? [] : take(order, left);
    if (lines.length === 0) continue;
    const variables = { id: order.id, newLocationId: gid('Location', place), fulfillmentOrderLineItems: lines };
    const came = await mutate(connection, 'fulfillmentOrderMove', { query, variables }, moved);
    if (!came.ok && came.refusal.code === 'provider-unavailable') return came;
    if (!came.ok) continue;
    const { movedFulfillmentOrder: at, originalFulfillmentOrder: from } = came.value;
    for (const one of [from, at]) present.set(one.id, one);
  }
  return ok([...present.values()]);
}

/** What of some units a fulfillment order has: it is taken off them. */
function take(
  order: FulfillmentOrder,
  left: Map<string, number>,
): { readonly id: string; readonly quantity: number }[] {
  return order.lineItems.flatMap(({ id, remainingQuantity, lineItem }) => {
    const wanted = left.get(lineItem.id) ?? 0;
    const quantity = Math.min(remainingQuantity, wanted);
    if (quantity <= 0) return [];
    left.set(lineItem.id, wanted - quantity);
    return [{ id, quantity }];
  });
}
