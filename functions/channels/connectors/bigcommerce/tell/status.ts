import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Tell } from '../../../domain/tell.ts';
import { get, send } from '../api.ts';
import { judged } from '../judge.ts';

/** Order statuses. Source: GET /v2/order_statuses */
const statuses = { refunded: 4, cancelled: 5, awaitingPickup: 8, completed: 10 } as const;

const id = z.union([z.string(), z.int()]).transform(String);
const outline = z.looseObject({ status_id: z.int(), items_shipped: z.int().nullish() });
const products = z.array(
  z.looseObject({
    id,
    type: z.string().nullish(),
    quantity: z.int(),
    quantity_shipped: z.int().nullish(),
    quantity_refunded: z.int().nullish(),
  }),
);
type Lines = readonly { readonly lineId: string; readonly quantity: number }[];

const pathOf = (externalId: string): string => `v2/orders/${encodeURIComponent(externalId)}`;

async function read<T>(connection: Connection, path: string, of: z.ZodType<T>): Promise<Result<T>> {
  const answer = await get(connection, path);
  return answer.ok ? judged(answer.value, 'read the order', of) : answer;
}

async function setStatus(connection: Connection, externalId: string, status: number): Promise<Result<object>> {
  const answer = await send(connection, 'PUT', pathOf(externalId), { status_id: status });
  const came = answer.ok ? judged(answer.value, 'change the status of the order', outline) : answer;
  return came.ok ? ok({}) : came;
}

/** BigCommerce cancels an order whole, and only while nothing of it has gone. Nothing is refunded by that. */
export const tellCancelled: Tell<'cancelled'> = async ({ externalId, facts }, connection) => {
  const order = await read(connection, pathOf(externalId), outline);
  if (!order.ok) return order;
  const { status_id: status, items_shipped: shipped } = order.value;
  if (status === statuses.cancelled || status === statuses.refunded) return ok({});
  if (facts.complete && (shipped ?? 0) === 0) return setStatus(connection, externalId, statuses.cancelled);
  return refuse(
    'state-conflict',
    'BigCommerce cancels orders only whole: take the units out of the order in the control panel, or let their refund do it; then dismiss this.',
  );
};

/** All that is not gone or refunded of the order is among these units: a status is one of the whole order. */
async function isAll(connection: Connection, externalId: string, lines: Lines): Promise<Result<boolean>> {
  const sold = await read(connection, `${pathOf(externalId)}/products?limit=250`, products);
  if (!sold.ok) return sold;
  const ours = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const isCovered = (one: z.output<typeof products>[number]) =>
    one.quantity - (one.quantity_shipped ?? 0) - (one.quantity_refunded ?? 0) <= (ours.get(one.id) ?? 0);
  return ok(sold.value.every((one) => (one.type ?? 'physical') !== 'physical' || isCovered(one)));
}

const pickupTo =
  (status: number, passed: readonly number[]): Tell<'ready' | 'collected'> =>
  async ({ externalId, facts }, connection) => {
    const order = await read(connection, pathOf(externalId), outline);
    if (!order.ok) return order;
    if (passed.includes(order.value.status_id)) return ok({});
    const all = await isAll(connection, externalId, facts.lines);
    if (!all.ok) return all;
    if (all.value) return setStatus(connection, externalId, status);
    return refuse(
      'state-conflict',
      'BigCommerce has one status for the whole order, and other units of it are still to go: change it in the control panel once they have, then dismiss this.',
    );
  };

/** Ready for pickup: Awaiting Pickup. */
export const tellReady: Tell<'ready'> = pickupTo(statuses.awaitingPickup, [
  statuses.awaitingPickup,
  statuses.completed,
]);
/** Collected: Completed. */
export const tellCollected: Tell<'collected'> = pickupTo(statuses.completed, [statuses.completed]);
