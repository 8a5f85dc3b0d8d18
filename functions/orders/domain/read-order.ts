import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { paymentStatusOf, returnStatusOf, statusOf } from '../../../shared/model/orders/status.ts';
import { type OrderCollection, type OrdersPorts } from '../ports.ts';

/** Reads an order with everything of it; its statuses are derived as it is read. Refusal: `not-found`. */
export const readOrder =
  (ports: Pick<OrdersPorts, 'collection'>) =>
  async (orderId: string): Promise<Result<ReturnType<typeof view>>> => {
    const collection = await ports.collection(orderId);
    return collection === undefined ? unknownOrder(orderId) : ok(view(collection));
  };

/** Reads an order's story, oldest first. Refusal: `not-found`. */
export const readTimeline =
  (ports: Pick<OrdersPorts, 'order' | 'timeline'>) =>
  async (
    orderId: string,
  ): Promise<
    Result<{ timeline: (Omit<EventMessage<Record<string, unknown>>, 'id' | 'version'> & { eventId: string })[] }>
  > => {
    const [order, events] = await Promise.all([ports.order(orderId), ports.timeline(orderId)]);
    if (order === undefined) return unknownOrder(orderId);
    const timeline = events.map(({ id, type, time, actor, subject, data }) => ({
      eventId: id,
      type,
      time,
      actor,
      subject,
      data: data as Record<string, unknown>,
    }));
    return ok({ timeline });
  };

/** The refusal of an id that is no order's. */
export const unknownOrder = (orderId: string) => refuse('not-found', `There is no order ${orderId}.`);

const view = ({ order, fulfillmentOrders, returns }: OrderCollection) => ({
  ...order,
  status: statusOf(order),
  paymentStatus: paymentStatusOf(order),
  returnStatus: returnStatusOf(order),
  lines: [...order.lines],
  payments: order.payments.map((one) => ({ ...one })),
  refunds: order.refunds.map((one) => ({ ...one })),
  holds: order.holds.map((one) => ({ ...one })),
  exceptions: order.exceptions.map((one) => ({ ...one })),
  fulfillmentOrders: fulfillmentOrders.map(({ wait: _wait, events: _events, ...fulfillmentOrder }) => ({
    ...fulfillmentOrder,
    lines: fulfillmentOrder.lines.map((line) => ({ ...line })),
  })),
  returns: returns.map(({ wait: _wait, events: _events, ...one }) => ({ ...one })),
});
