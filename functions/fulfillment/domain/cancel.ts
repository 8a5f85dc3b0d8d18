import { fulfillmentOrderCancelled } from '../../../shared/contracts/fulfillment/events.ts';
import { orderCancelled } from '../../../shared/contracts/orders/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { fulfillmentTransitions, unitStateWhile } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { moveLines } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { deallocate } from '../../../shared/model/stock/movements.ts';
import { type FulfillmentPorts } from '../ports.ts';
import {
  type AnswerCall,
  answerWithOrder,
  atLocation,
  causeOf,
  orderWritten,
  plain,
  stepEvent,
  written,
} from './answer.ts';
import { silenceEnded } from './silence.ts';
import { type View } from './view.ts';
import { type Work } from './work.ts';

/**
 * It will not be shipped: its units of the order are cancelled and their stock can be sold again, in one transaction.
 * Refusals: `not-found`, `forbidden`, `state-conflict` once it has left.
 */
export const cancelFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  (call: AnswerCall, reason: string): Promise<Result<View>> =>
    answerWithOrder(ports, call, (work) => cancelled(work, reason, call));

function cancelled({ fulfillmentOrder: before, order }: Work, reason: string, call: AnswerCall) {
  const state = next(fulfillmentTransitions, 'fulfillment order', before.state, 'cancel');
  if (!state.ok) return state;
  const after = written(before, { state: state.value }, call, stepEvent(fulfillmentOrderCancelled, before, call));
  const lines = moveLines(order, before.lines, unitStateWhile[before.state] ?? 'allocated', 'cancelled');
  const { orderId, channelId } = order;
  const complete = statusOf({ lines }) === 'CANCELLED';
  const event = orderCancelled.of(orderId, order.version + 1, call, {
    orderId,
    channelId,
    reason,
    lines: plain(before.lines),
    complete,
  });
  const cause = causeOf('cancel', before, call, reason);
  const stock = deallocate(atLocation(before.lines, before), before.pool, 'none', 'ats', cause);
  return ok({
    after,
    others: [orderWritten(order, { lines, exceptions: silenceEnded(order, before, call) }, call, [event]), ...stock],
  });
}
