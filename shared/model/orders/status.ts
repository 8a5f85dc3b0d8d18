import { payableMinor } from './money.ts';
import { type Order, countIn, openHolds } from './order.ts';

/** An order's status, read off its units; the first rule that holds wins. Data, so that documentation is made from it. */
export const statusRules: readonly {
  readonly status: OrderStatus;
  readonly when: string;
  readonly holds: (order: Pick<Order, 'lines'>) => boolean;
}[] = [
  { status: 'CANCELLED', when: 'every unit is cancelled', holds: (o) => active(o) === 0 },
  {
    status: 'COMPLETED',
    when: 'every unit is delivered, returned or cancelled',
    holds: (o) => countIn(o, 'delivered', 'returned') === active(o),
  },
  {
    status: 'FULFILLED',
    when: 'every unit has left its location or is cancelled',
    holds: (o) => countIn(o, 'shipped', 'delivered', 'returned') === active(o),
  },
  {
    status: 'IN_FULFILLMENT',
    when: 'at least one unit is with a location or beyond',
    holds: (o) => countIn(o, 'allocated', 'picked', 'shipped', 'delivered', 'returned') > 0,
  },
  { status: 'BACKORDERED', when: 'no unit is promised yet', holds: (o) => countIn(o, 'reserved') === 0 },
  { status: 'CONFIRMED', when: 'units are promised and not yet routed', holds: () => true },
];

/** Status of an order as a whole. */
export type OrderStatus = 'CANCELLED' | 'COMPLETED' | 'FULFILLED' | 'IN_FULFILLMENT' | 'BACKORDERED' | 'CONFIRMED';
/** Facet: where its money is. `refund-due`: units of it were cancelled, and more was taken than is left to be paid. */
export type PaymentStatus =
  'none' | 'pending' | 'authorized' | 'part-paid' | 'paid' | 'refund-due' | 'part-refunded' | 'refunded' | 'declined';
/** Facet: what came back. */
export type ReturnStatus = 'none' | 'part-returned' | 'returned';

const active = (order: Pick<Order, 'lines'>): number =>
  countIn(order, 'backordered', 'reserved', 'allocated', 'picked', 'shipped', 'delivered', 'returned');

/** The order's status, derived from where its units are. */
export function statusOf(order: Pick<Order, 'lines'>): OrderStatus {
  const rule = statusRules.find(({ holds }) => holds(order));
  if (rule === undefined) throw new Error('no status rule holds, and the last one always does');
  return rule.status;
}

/** The payment facet, derived from the order's payments and refunds. */
export function paymentStatusOf(
  order: Pick<Order, 'payments' | 'lines' | 'shippingMinor' | 'shippingTaxMinor'>,
): PaymentStatus {
  const { payments } = order;
  if (payments.length === 0) return 'none';
  const captured = payments.reduce((sum, payment) => sum + payment.capturedMinor, 0);
  const refunded = payments.reduce((sum, payment) => sum + payment.refundedMinor, 0);
  if (refunded > 0) return refunded >= captured ? 'refunded' : 'part-refunded';
  if (captured > 0) {
    const payable = payableMinor(order);
    if (captured > payable && countIn(order, 'cancelled') > 0) return 'refund-due';
    return captured >= payable ? 'paid' : 'part-paid';
  }
  if (payments.some(({ state }) => state === 'authorized')) return 'authorized';
  return payments.some(({ state }) => state === 'pending') ? 'pending' : 'declined';
}

/** The return facet, derived from units. */
export function returnStatusOf(order: Pick<Order, 'lines'>): ReturnStatus {
  const returned = countIn(order, 'returned');
  if (returned === 0) return 'none';
  return countIn(order, 'shipped', 'delivered') === 0 ? 'returned' : 'part-returned';
}

/** True once the order's money is certain enough to let goods go: taken by the channel, authorized, captured, or nothing to pay. */
export const paymentSecured = (order: Pick<Order, 'payments' | 'totalMinor'>): boolean =>
  order.payments
    .filter(({ state }) => state === 'authorized' || state === 'captured')
    .reduce((sum, { amount }) => sum + amount.amount, 0) >= order.totalMinor;

/** True when nothing keeps the order from being routed. */
export const readyToRoute = (order: Order): boolean => openHolds(order).length === 0 && paymentSecured(order);
