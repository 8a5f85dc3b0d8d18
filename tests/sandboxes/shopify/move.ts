import type * as z from 'zod';
import { type BookedFulfillmentOrder, type BookedOrder, gid } from './booked-order.ts';
import { type moveInput } from './order-inputs.ts';

/**
 * Moves units of a fulfillment order to another location: all of it is assigned anew, a part becomes one of its own.
 * @returns the two fulfillment orders, or why it was refused, in the words of the recorded shop
 */
export function move(
  { fulfillmentOrders: { nodes } }: BookedOrder,
  from: BookedFulfillmentOrder,
  { newLocationId, fulfillmentOrderLineItems: wanted }: z.output<typeof moveInput>,
  newId: () => number,
): string | { readonly from: BookedFulfillmentOrder; readonly to: BookedFulfillmentOrder } {
  if (from.status === 'IN_PROGRESS') return 'Cannot move a fulfillment order that has had progress reported.';
  if (from.status !== 'OPEN') return 'Cannot change location.';
  const place = { location: { id: newLocationId } };
  const lines = from.lineItems.nodes;
  const takenOf = (id: string) => wanted.find((one) => one.id === id)?.quantity ?? 0;
  if (lines.every(({ id, remainingQuantity }) => takenOf(id) === remainingQuantity)) {
    from.assignedLocation = place;
    return { from, to: from };
  }
  const taken = lines.filter(({ id }) => takenOf(id) > 0);
  const to = {
    ...from,
    ...{ id: gid('FulfillmentOrder', 900_000 + newId()), assignedLocation: place },
    lineItems: {
      nodes: taken.map((line) => ({
        ...line,
        ...{ id: gid('FulfillmentOrderLineItem', 900_000 + newId()), remainingQuantity: takenOf(line.id) },
      })),
    },
  };
  for (const line of taken) line.remainingQuantity -= takenOf(line.id);
  nodes.push(to);
  return { from, to };
}
