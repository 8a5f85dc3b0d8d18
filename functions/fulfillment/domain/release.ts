import { fulfillmentOrderReleased } from '../../../shared/contracts/fulfillment/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type FulfillmentOrder, fulfillmentTransitions } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type Context, notFound, stepEvent, written } from './answer.ts';

/** Which process hands over which work. */
export interface ReleaseCall extends Context {
  readonly fulfillmentOrderId: string;
  readonly taskToken: string;
}

/**
 * Hands the work to its location and keeps the task token, in one write. Released before, or final already, it only keeps the token:
 * the table's stream reads the state behind it and answers. Refusal: `not-found`.
 */
export const releaseFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  (call: ReleaseCall): Promise<Result<Record<string, never>>> =>
    decideAndCommit(ports.commit, async () => {
      const before = await ports.fulfillmentOrder(call.fulfillmentOrderId);
      if (before === undefined) return notFound(call.fulfillmentOrderId);
      const change = before.state === 'ALLOCATED' ? released(before, call) : ok(waiting(call));
      return change.ok ? ok({ changes: [change.value], reply: {} }) : change;
    });

const waitOf = ({ taskToken }: ReleaseCall) => ({ taskToken, until: 'left' });

function released(before: FulfillmentOrder, call: ReleaseCall): Result<Change> {
  const state = next(fulfillmentTransitions, 'fulfillment order', before.state, 'release');
  if (!state.ok) return state;
  const after = written(
    before,
    { state: state.value, wait: waitOf(call) },
    call,
    stepEvent(fulfillmentOrderReleased, before, call),
  );
  return ok(replace('fulfillmentOrder', after, before.version));
}

const waiting = (call: ReleaseCall): Change => ({
  kind: 'wait',
  entity: 'fulfillmentOrder',
  id: { fulfillmentOrderId: call.fulfillmentOrderId },
  wait: waitOf(call),
  at: call.now,
});
