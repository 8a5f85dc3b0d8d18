import { type Change, replace } from '../../../shared/model/changes.ts';
import { outlivesCancel } from './outlives-cancel.ts';
import { type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, linesIn } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import {
  type CancelContext,
  type UnitsToCancel,
  cancelledEvent,
  changesOfCancel,
  linesWithout,
  preorderOver,
} from './cancel-units.ts';

/** Stays below the hundred actions of one transaction, with the idempotency record among them. */
export const maximumChanges = 99;

/** True when all of an order can be cancelled in one transaction. */
export const fitsOneTransaction = (order: Order, open: readonly FulfillmentOrder[]): boolean =>
  cancellationOf(order, open, true, { reason: '', now: order.updatedAt, actor: '' }).changes.length <= maximumChanges;

/**
 * The changes that cancel some fulfillment orders and, if `unrouted`, the units that no location has yet, in one transaction. Nothing that
 * was cancelled needs a person any more, but for money that was moved and goods that came back.
 */
export function cancellationOf(
  order: Order,
  parts: readonly FulfillmentOrder[],
  unrouted: boolean,
  context: CancelContext,
): { readonly changes: Change[]; readonly cancelled: Order } {
  const units: UnitsToCancel = {
    allocated: parts.map((part) => ({ part, lines: part.lines })),
    reserved: unrouted ? linesIn(order, 'reserved') : [],
    backordered: unrouted ? linesIn(order, 'backordered') : [],
  };
  const cancelled = cancelledOrder(order, units, context);
  return {
    changes: [
      ...changesOfCancel(order, units, context),
      ...(unrouted ? preorderOver(order) : []),
      replace('order', cancelled, order.version),
    ],
    cancelled,
  };
}

function cancelledOrder(order: Order, units: UnitsToCancel, context: CancelContext): Order {
  const after = { ...order, lines: linesWithout(order, units) };
  const exceptions =
    statusOf(after) === 'CANCELLED'
      ? after.exceptions.map((one) => (outlivesCancel(one) ? one : { resolvedAt: context.now, ...one }))
      : after.exceptions;
  const events = [cancelledEvent(order, after, units, context)];
  return { ...after, exceptions, version: order.version + 1, updatedAt: context.now, events };
}
