import { orderExceptionRaised } from '../../../shared/contracts/orders/events.ts';
import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, type OrderException } from '../../../shared/model/orders/order.ts';
import { type Context } from './answer.ts';

/** The exception of an order whose location accepted work and then fell silent. */
export const silenceCode = 'location-silent';

const isOpenSilence =
  (fulfillmentOrderId: string) =>
  ({ code, facts, resolvedAt }: OrderException): boolean =>
    code === silenceCode && resolvedAt === undefined && facts?.['fulfillmentOrderId'] === fulfillmentOrderId;

/** True while the location's silence is an open exception of the order. */
export const silenceIsOpen = ({ exceptions }: Order, { fulfillmentOrderId }: FulfillmentOrder): boolean =>
  exceptions.some(isOpenSilence(fulfillmentOrderId));

/** The order's exceptions with this silence added, and the event that says so. */
export function silenceRaised(
  order: Order,
  work: FulfillmentOrder,
  context: Context,
): { exceptions: OrderException[]; events: EventMessage[] } {
  const { orderId, channelId, exceptions } = order;
  const { fulfillmentOrderId, location, state } = work;
  const detail = `${location} accepted ${fulfillmentOrderId} and has not answered in time (it is ${state}). Call the location, or cancel the fulfillment order.`;
  const facts = { fulfillmentOrderId, location, state };
  const event = orderExceptionRaised.of(orderId, order.version + 1, context, {
    orderId,
    channelId,
    code: silenceCode,
    detail,
    facts,
  });
  return { exceptions: [...exceptions, { code: silenceCode, detail, facts, raisedAt: context.now }], events: [event] };
}

/** The order's exceptions once the location went on: its silence is over. */
export const silenceEnded = (
  { exceptions }: Order,
  { fulfillmentOrderId }: FulfillmentOrder,
  { now }: Context,
): readonly OrderException[] =>
  exceptions.map((exception) =>
    isOpenSilence(fulfillmentOrderId)(exception) ? { ...exception, resolvedAt: now } : exception,
  );
