import { fulfillmentOrderPicked } from '../../../shared/contracts/fulfillment/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { fulfillmentTransitions } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { moveLines } from '../../../shared/model/orders/order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type AnswerCall, answerWithOrder, orderWritten, stepEvent, written } from './answer.ts';
import { silenceEnded } from './silence.ts';
import { type View } from './view.ts';

/** The location has picked every unit; on the order they go from allocated to picked. Refusals: `not-found`, `forbidden`, `state-conflict`. */
export const pickFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  (call: AnswerCall): Promise<Result<View>> =>
    answerWithOrder(ports, call, ({ fulfillmentOrder: before, order }) => {
      const state = next(fulfillmentTransitions, 'fulfillment order', before.state, 'pick');
      if (!state.ok) return state;
      const after = written(before, { state: state.value }, call, stepEvent(fulfillmentOrderPicked, before, call));
      const lines = moveLines(order, before.lines, 'allocated', 'picked');
      return ok({
        after,
        others: [orderWritten(order, { lines, exceptions: silenceEnded(order, before, call) }, call)],
      });
    });
