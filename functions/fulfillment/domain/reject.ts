import { type Result } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { askedLines } from '../../../shared/model/orders/asked-lines.ts';
import { type LineUnits } from '../../../shared/model/orders/order.ts';
import {
  type FulfillmentLine,
  type FulfillmentOrder,
  fulfillmentTransitions,
} from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type AnswerCall, answerWithOrder } from './answer.ts';
import { giveBack } from './give-back.ts';
import { type RejectionReason } from './rejection-reasons.ts';
import { type View } from './view.ts';

/** What a location gives back; without lines, all. */
export interface RejectInput {
  readonly reason: RejectionReason;
  readonly note?: string | undefined;
  readonly lines?: readonly LineUnits[] | undefined;
}

/**
 * The location gives units back, with a reason. One small write: routing anew follows from the order's own process.
 * Refusals: `not-found`, `forbidden`, `state-conflict`, `invalid-request` (no such line), `quantity-exceeded` (line, wanted, left).
 */
export const rejectFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  (call: AnswerCall, { reason, note, lines: asked }: RejectInput): Promise<Result<View>> =>
    answerWithOrder(ports, call, (work) => {
      const { state, lines } = work.fulfillmentOrder;
      const possible = next(fulfillmentTransitions, 'fulfillment order', state, 'reject');
      if (!possible.ok) return possible;
      if (asked === undefined) return giveBack(work, { lines, reason, note }, call);
      const given = askedLines(asked, everKnown(work.fulfillmentOrder), 'fulfillment order');
      return given.ok ? giveBack(work, { lines: given.value, reason, note }, call) : given;
    });

/** Its lines, and those given back wholly before with nothing left: asking for them again is too many, not unknown. */
function everKnown({ lines, rejections }: FulfillmentOrder): FulfillmentLine[] {
  const gone = rejections.filter(({ lineId }) => !lines.some((line) => line.lineId === lineId));
  const once = gone.filter(({ lineId }, index) => gone.findIndex((one) => one.lineId === lineId) === index);
  return [...lines, ...once.map(({ lineId, sku }) => ({ lineId, sku, quantity: 0 }))];
}
