import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { mutate } from '../mutate.ts';
import { numberOf } from '../ids.ts';
import { placeOf } from './move.ts';
import { type FulfillmentOrder, type Units } from './order-work.ts';

const query = `mutation CrossdockFulfill($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id status } userErrors { field message } }
}`;
const created = z.object({ fulfillment: z.object({ id: z.string().transform(numberOf) }) });

/** How goods left: with a parcel that is tracked, or over the counter. */
export interface Handover {
  readonly trackingInfo?: { readonly company: string; readonly number: string; readonly url?: string };
  readonly notifyCustomer: boolean;
}

/** A fulfillment takes from fulfillment orders of one location; each names its own line items. */
type Input = readonly {
  readonly fulfillmentOrderId: string;
  readonly fulfillmentOrderLineItems: readonly { readonly id: string; readonly quantity: number }[];
}[];

/**
 * Fulfills units from the fulfillment orders that have them open, those of the location that sends first. Fulfillment orders of two locations
 * take a call each. The answer is the ids of the fulfillments. Refusals: `state-conflict`, `provider-unavailable`.
 */
export async function fulfill(
  connection: Connection,
  units: readonly Units[],
  from: { readonly orders: readonly FulfillmentOrder[]; readonly location: string },
  handover: Handover,
): Promise<Result<readonly string[]>> {
  const picked = pick(units, sendersFirst(connection, from));
  if (!picked.ok) return picked;
  const done: string[] = [];
  for (const lineItemsByFulfillmentOrder of picked.value) {
    const variables = { fulfillment: { lineItemsByFulfillmentOrder, ...handover } };
    const came = await mutate(connection, 'fulfillmentCreate', { query, variables }, created);
    if (!came.ok) return came;
    done.push(came.value.fulfillment.id);
  }
  return ok(done);
}

/** What the fulfillments of a notice are kept as. */
export const referenceOf = (ids: readonly string[]): { readonly reference?: string } =>
  ids.length === 0 ? {} : { reference: ids.join(' ') };

function sendersFirst(
  { channel: { locations = {} } }: Connection,
  { orders, location }: { readonly orders: readonly FulfillmentOrder[]; readonly location: string },
): FulfillmentOrder[] {
  const isSender = (one: FulfillmentOrder) => locations[placeOf(one)] === location;
  return orders.filter(isOpen).toSorted((a, b) => Number(isSender(b)) - Number(isSender(a)));
}

/** On hold, scheduled, closed or cancelled, nothing can be fulfilled of it. Source: FulfillmentOrderStatus */
export const isOpen = ({ status }: FulfillmentOrder): boolean => status === 'OPEN' || status === 'IN_PROGRESS';

/** What to fulfill of which fulfillment order, by location. */
function pick(units: readonly Units[], orders: readonly FulfillmentOrder[]): Result<Input[]> {
  const left = new Map(units.map(({ lineId, quantity }) => [lineId, quantity]));
  const byPlace = new Map<string, Input>();
  for (const order of orders) {
    const lines = order.lineItems.flatMap(({ id, remainingQuantity, lineItem }) => {
      const quantity = Math.min(remainingQuantity, left.get(lineItem.id) ?? 0);
      left.set(lineItem.id, (left.get(lineItem.id) ?? 0) - quantity);
      return quantity > 0 ? [{ id, quantity }] : [];
    });
    const taken = { fulfillmentOrderId: order.id, fulfillmentOrderLineItems: lines };
    if (lines.length > 0) byPlace.set(placeOf(order), [...(byPlace.get(placeOf(order)) ?? []), taken]);
  }
  const missing = units.filter(({ lineId }) => (left.get(lineId) ?? 0) > 0);
  if (missing.length === 0) return ok([...byPlace.values()]);
  const words = missing.map(({ lineId }) => `${left.get(lineId) ?? 0} of line ${lineId}`).join(', ');
  return refuse(
    'state-conflict',
    `Shopify has too little open to fulfill: ${words} too few. It was cancelled, refunded, put on hold or fulfilled there; put that right in the Shopify admin, then retry.`,
  );
}
