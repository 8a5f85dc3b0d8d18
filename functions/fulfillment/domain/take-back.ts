import { type Result, ok } from '../../../shared/kernel/result.ts';
import { replace } from '../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { isOpen } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type Context, notFound, orderWritten } from './answer.ts';
import { giveBack } from './give-back.ts';
import { silenceIsOpen, silenceRaised } from './silence.ts';
import { type Work, readWork } from './work.ts';

/** Which work nobody answered. */
export interface TakeBackCall extends Context {
  readonly fulfillmentOrderId: string;
}

/** What became of it: whether its process has still something to wait for. */
export interface TakenBack {
  readonly state: string;
  readonly open: boolean;
}

/**
 * The location was silent past its time. RELEASED and never accepted: all goes back to routing, as if it had rejected. Accepted work stays
 * where it is and raises one exception on the order. Not released yet, or final: nothing changes. Refusal: `not-found`.
 */
export const takeBackFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  (call: TakeBackCall): Promise<Result<TakenBack>> =>
    decideAndCommit(ports.commit, async () => {
      const work = await readWork(ports, call.fulfillmentOrderId);
      return work === undefined ? notFound(call.fulfillmentOrderId) : takenBack(work, call);
    });

function takenBack(work: Work, call: TakeBackCall): Result<Decision<TakenBack>> {
  const { fulfillmentOrder: before, order } = work;
  const unchanged = { state: before.state, open: isOpen(before) };
  if (before.state === 'RELEASED') return rejected(work, call);
  if (!isOpen(before) || before.state === 'ALLOCATED' || silenceIsOpen(order, before))
    return ok({ changes: [], reply: unchanged });
  const { exceptions, events } = silenceRaised(order, before, call);
  return ok({ changes: [orderWritten(order, { exceptions }, call, events)], reply: unchanged });
}

function rejected(work: Work, call: TakeBackCall): Result<Decision<TakenBack>> {
  const { fulfillmentOrder: before } = work;
  const answered = giveBack(work, { lines: before.lines, reason: 'silent' }, call);
  if (!answered.ok) return answered;
  const { after, others = [] } = answered.value;
  return ok({
    changes: [replace('fulfillmentOrder', after, before.version), ...others],
    reply: { state: after.state, open: isOpen(after) },
  });
}
