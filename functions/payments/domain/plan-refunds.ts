import { type Order, type Payment, type Refund } from '../../../shared/model/orders/order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { type StepMinor } from './steps.ts';

/** What is planned for a return: its new refunds, and what of it cannot be refunded now, in minor units. */
export interface RefundPlan {
  readonly refunds: readonly Refund[];
  readonly uncoveredMinor: number;
}

/** Refunds of one return that are under way or done. */
export const refundsOf = (order: Pick<Order, 'refunds'>, returnId: string): readonly Refund[] =>
  order.refunds.filter((refund) => refund.returnId === returnId && refund.state !== 'failed');

/** Sum of refunds in minor units. */
export const sumMinor = (refunds: readonly Refund[]): number =>
  refunds.reduce((sum, { amount }) => sum + amount.amount, 0);

/** What can still go back on a payment: captured, less refunded, less what is on its way, also for other returns. */
export const refundableMinor = (order: Pick<Order, 'refunds'>, payment: Payment): number =>
  payment.capturedMinor -
  payment.refundedMinor -
  sumMinor(order.refunds.filter(({ paymentId, state }) => paymentId === payment.paymentId && state === 'pending'));

/**
 * Spreads what a return is still owed over the order's payments. Gateway payments first, in their order, as that money we give back
 * ourselves and at once; then money that the channel took. Never more than was captured. An amount that a provider cannot move exactly
 * is rounded up, in the customer's favor and within what was captured.
 */
export function planRefunds(order: Order, { returnId, refundMinor }: Return, stepMinor: StepMinor): RefundPlan {
  if (refundMinor === undefined) throw new Error(`return ${returnId} is inspected and has no refund amount`);
  const sources = [...order.payments].sort((a, b) => rank(a) - rank(b));
  let left = Math.max(0, refundMinor - sumMinor(refundsOf(order, returnId)));
  const refunds: Refund[] = [];
  for (const payment of sources) {
    const step = stepMinor(payment);
    const amount = Math.min(refundableMinor(order, payment), Math.ceil(left / step) * step);
    if (amount <= 0) continue;
    refunds.push(newRefund(order, payment, returnId, amount));
    left = Math.max(0, left - amount);
  }
  return { refunds, uncoveredMinor: left };
}

const rank = ({ provider }: Payment): number => (provider === 'gateway' ? 0 : 1);

function newRefund(order: Order, { paymentId, amount }: Payment, returnId: string, amountMinor: number): Refund {
  const earlier = order.refunds.filter((refund) => refund.returnId === returnId && refund.paymentId === paymentId);
  return {
    refundId: refundIdOf(returnId, paymentId, Math.max(0, ...earlier.map(attemptOf)) + 1),
    paymentId,
    returnId,
    reason: 'return',
    amount: { ...amount, amount: amountMinor },
    state: 'pending',
  };
}

/** A refund's id says what it is for, so that a repeat finds its own; an attempt after a failed one has a number. */
export const refundIdOf = (returnId: string, paymentId: string, attempt: number): string =>
  `${returnId}-${paymentId}${attempt === 1 ? '' : `.${attempt}`}`;

const attemptOf = ({ refundId }: Refund): number => Number(/\.(\d+)$/.exec(refundId)?.[1] ?? 1);

/** The order's refunds with new ones; a new attempt takes the place of the one that failed, so that the list does not grow with each. */
export const withPlanned = (order: Order, planned: readonly Refund[]): readonly Refund[] => [
  ...order.refunds.filter(
    ({ state, returnId, paymentId }) =>
      state !== 'failed' || !planned.some((one) => one.returnId === returnId && one.paymentId === paymentId),
  ),
  ...planned,
];
