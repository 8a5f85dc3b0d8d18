import { fulfillmentOrderDelivered } from '../../../shared/contracts/fulfillment/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type FulfillmentLine, fulfillmentTransitions } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type LineUnits, type Order, moveLines } from '../../../shared/model/orders/order.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type AnswerCall, answerWithOrder, orderWritten, stepEvent, written } from './answer.ts';
import { type View } from './view.ts';

/**
 * The parcel reached the customer. Units of it that came back meanwhile (returned before the carrier's report) stay returned.
 * Refusals: `not-found`, `forbidden`, `state-conflict`.
 */
export const deliverFulfillmentOrder =
  (ports: FulfillmentPorts) =>
  (call: AnswerCall, deliveredAt: string = call.now): Promise<Result<View>> =>
    answerWithOrder(ports, call, ({ fulfillmentOrder: before, order }) => {
      const state = next(fulfillmentTransitions, 'fulfillment order', before.state, 'deliver');
      if (!state.ok) return state;
      const shipment = before.shipment && { ...before.shipment, deliveredAt };
      const patch = { state: state.value, ...(shipment && { shipment }) };
      const after = written(before, patch, call, stepEvent(fulfillmentOrderDelivered, before, call));
      const lines = moveLines(order, stillShipped(order, before.lines), 'shipped', 'delivered');
      return ok({ after, others: [orderWritten(order, { lines }, call)] });
    });

/** A return may be inspected before the delivery is reported; then fewer units are on their way than left. */
const stillShipped = (order: Order, lines: readonly FulfillmentLine[]): LineUnits[] =>
  lines.map(({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    return { lineId, quantity: Math.min(quantity, line?.units.shipped ?? 0) };
  });
