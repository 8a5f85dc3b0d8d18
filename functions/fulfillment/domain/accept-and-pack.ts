import { fulfillmentOrderAccepted, fulfillmentOrderPacked } from '../../../shared/contracts/fulfillment/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { fulfillmentTransitions } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type AnswerCall, answerAlone, stepEvent, written } from './answer.ts';
import { type View } from './view.ts';

const steps = { accept: fulfillmentOrderAccepted, pack: fulfillmentOrderPacked } as const;

/** A step that moves no unit: the fulfillment order's state and its event. Refusals: `not-found`, `forbidden`, `state-conflict`. */
const step =
  (operation: keyof typeof steps) =>
  (ports: FulfillmentPorts) =>
  (call: AnswerCall): Promise<Result<View>> =>
    answerAlone(ports, call, (before) => {
      const state = next(fulfillmentTransitions, 'fulfillment order', before.state, operation);
      if (!state.ok) return state;
      return ok({ after: written(before, { state: state.value }, call, stepEvent(steps[operation], before, call)) });
    });

/** The location takes the work. */
export const acceptFulfillmentOrder = step('accept');
/** The location has packed the parcel. */
export const packFulfillmentOrder = step('pack');
