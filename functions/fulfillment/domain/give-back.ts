import { fulfillmentOrderRejected } from '../../../shared/contracts/fulfillment/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import {
  type FulfillmentLine,
  type FulfillmentOrder,
  fulfillmentTransitions,
  unitStateWhile,
} from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, moveLines } from '../../../shared/model/orders/order.ts';
import { deallocate } from '../../../shared/model/stock/movements.ts';
import { type Answered, type Context, about, atLocation, causeOf, orderWritten, plain, written } from './answer.ts';
import { type RejectionReason, reasonRules } from './rejection-reasons.ts';
import { silenceEnded } from './silence.ts';
import { type Work } from './work.ts';

/** Units that go back to the promise, and why. */
export interface GivenBack {
  readonly lines: readonly FulfillmentLine[];
  readonly reason: RejectionReason;
  readonly note?: string | undefined;
}

/**
 * A location gives units back: they are promised to the order again, their stock follows the reason, and routing will not ask this
 * location for these SKUs again. What remains goes on in its state; with nothing left it is REJECTED. Pure.
 */
export function giveBack(
  { fulfillmentOrder: before, order }: Work,
  given: GivenBack,
  context: Context,
): Result<Answered> {
  const rejected = next(fulfillmentTransitions, 'fulfillment order', before.state, 'reject');
  if (!rejected.ok) return rejected;
  const { stockEffect } = reasonRules[given.reason];
  const left = leftAfter(before.lines, given.lines);
  const complete = left.length === 0;
  const patch = {
    state: complete ? rejected.value : before.state,
    lines: left,
    rejections: [...before.rejections, ...rejectionsOf(given, context)],
  };
  const after = written(before, patch, context, (version) => [
    fulfillmentOrderRejected.of(before.fulfillmentOrderId, version, context, {
      ...about(before),
      lines: plain(given.lines),
      reason: given.reason,
      stockEffect,
      complete,
    }),
  ]);
  const lines = moveLines(order, given.lines, unitStateWhile[before.state] ?? 'allocated', 'reserved');
  const rejectedBy = rejectedByAfter(order, before, given);
  const cause = causeOf('reject', before, context, given.reason);
  const stock = deallocate(atLocation(given.lines, before), before.pool, stockEffect, 'reserved', cause);
  return ok({
    after,
    others: [
      orderWritten(order, { lines, rejectedBy, exceptions: silenceEnded(order, before, context) }, context),
      ...stock,
    ],
  });
}

const leftAfter = (lines: readonly FulfillmentLine[], given: readonly FulfillmentLine[]): FulfillmentLine[] =>
  lines
    .map((line) => ({
      ...line,
      quantity: line.quantity - (given.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0);

const rejectionsOf = ({ lines, reason, note }: GivenBack, { now, actor }: Context) =>
  plain(lines).map((line) => ({ ...line, reason, ...(note !== undefined && { note }), at: now, by: actor }));

/** One entry per location and SKU; the last reason stands. */
function rejectedByAfter(
  order: Order,
  { location }: FulfillmentOrder,
  { lines, reason }: GivenBack,
): Order['rejectedBy'] {
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  const others = order.rejectedBy.filter((one) => one.location !== location || !skus.includes(one.sku));
  return [...others, ...skus.map((sku) => ({ location, sku, reason }))];
}
