import { type FulfillmentOrder } from './fulfillment/fulfillment-order.ts';
import { type Order, countIn, openHolds } from './orders/order.ts';
import { statusOf } from './orders/status.ts';
import { promiseMovedCode } from './orders/promise-moved.ts';
import { type Return } from './returns/return.ts';

/** What a waiting process is told: it is so; it went another way (an error that the state machine catches by name); or: still alive. */
export type Answer =
  | { readonly kind: 'success'; readonly output: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'failure';
      readonly error: 'routing-needed' | 'capture-due' | 'return-closed';
      readonly cause: string;
    }
  | { readonly kind: 'heartbeat' };

/** What processes wait for, as data: for each name, what an aggregate's present state answers, if anything. Pure, and asked by the stream. */
interface Waits<T> {
  readonly [until: string]: (now: T) => Answer | undefined;
}

const success = (output: Readonly<Record<string, unknown>> = {}): Answer => ({ kind: 'success', output });

/** What an order's process waits for. */
export const orderWaits: Waits<Order> = {
  'holds-released': (order) => (openHolds(order).length === 0 ? success() : undefined),
  supply: (order) => (countIn(order, 'reserved') === 0 || !awaitsGoods(order) ? success() : undefined),
  intervention: (order) =>
    order.exceptions.every(({ code, resolvedAt }) => resolvedAt !== undefined || code === promiseMovedCode)
      ? success()
      : undefined,
  settlement: (order) => {
    if (countIn(order, 'reserved') > 0)
      return { kind: 'failure', error: 'routing-needed', cause: 'units are promised and not routed' };
    if (captureDue(order))
      return { kind: 'failure', error: 'capture-due', cause: 'every unit has left or is cancelled' };
    const status = statusOf(order);
    return status === 'COMPLETED' || status === 'CANCELLED' ? success({ status }) : undefined;
  },
};

/** True of an order that stands in line for goods and was not woken since routing has looked last. */
const awaitsGoods = ({ unrouted }: Pick<Order, 'unrouted'>): boolean =>
  unrouted !== undefined && unrouted.wokenAt === undefined;

/** True once no unit can change what is to be paid any more, and authorized money still waits. */
export const captureDue = (order: Pick<Order, 'lines' | 'payments'>): boolean =>
  countIn(order, 'backordered', 'reserved', 'allocated', 'picked') === 0 &&
  order.payments.some(({ provider, state }) => provider === 'gateway' && state === 'authorized');

/** What a fulfillment order's process waits for: every answer of the location is a sign of life, the last one ends the wait. */
export const fulfillmentWaits: Waits<FulfillmentOrder> = {
  left: ({ state }) => {
    if (state === 'SHIPPED' || state === 'DELIVERED' || state === 'REJECTED' || state === 'CANCELLED')
      return success({ state });
    return state === 'RELEASED' ? undefined : { kind: 'heartbeat' };
  },
};

/** What a return's process waits for. */
export const returnWaits: Waits<Return> = {
  inspected: ({ state }) => {
    if (state === 'INSPECTED' || state === 'SETTLED') return success();
    if (state === 'CANCELLED' || state === 'EXPIRED') return { kind: 'failure', error: 'return-closed', cause: state };
    return state === 'RECEIVED' ? { kind: 'heartbeat' } : undefined;
  },
  intervention: () => undefined,
};
