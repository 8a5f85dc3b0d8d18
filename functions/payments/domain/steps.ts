import { payableMinor } from '../../../shared/model/orders/money.ts';
import { type Order, type Payment } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { captureDue } from '../../../shared/model/waits.ts';

/** The next thing to do with an order's money. */
export interface Step {
  readonly operation: 'authorize' | 'capture' | 'void';
  readonly payment: Payment;
  /** How much of it, in minor units. */
  readonly amountMinor: number;
}

/** The smallest amount that a payment's provider moves, in minor units. */
export type StepMinor = (payment: Payment) => number;

const byGateway = (order: Pick<Order, 'payments'>, ...states: Payment['state'][]): Payment | undefined =>
  order.payments.find(({ provider, state }) => provider === 'gateway' && states.includes(state));

const atMost = (amountMinor: number, stepMinor: number): number => amountMinor - (amountMinor % stepMinor);

/**
 * The next step towards an order whose money is promised: authorize the first payment that is pending. Once one was declined, or
 * everything was cancelled, let go of the others instead. `undefined`: nothing is left to do.
 */
export function nextToSecure(order: Order, stepMinor: StepMinor): Step | undefined {
  const unwanted = statusOf(order) === 'CANCELLED' || byGateway(order, 'declined') !== undefined;
  const payment = unwanted ? byGateway(order, 'pending', 'authorized') : byGateway(order, 'pending');
  if (payment === undefined) return undefined;
  const amountMinor = atMost(payment.amount.amount, stepMinor(payment));
  return { operation: unwanted ? 'void' : 'authorize', payment, amountMinor };
}

/**
 * The next step towards an order that is paid: what is payable and not captured yet is taken from the authorized payments in their
 * order, and what is not needed is let go. Nothing is due while a unit may still be cancelled. Amounts that a provider cannot move
 * exactly are rounded down: never more than was agreed.
 */
export function nextToCapture(order: Order, stepMinor: StepMinor): Step | undefined {
  const payment = captureDue(order) ? byGateway(order, 'authorized') : undefined;
  if (payment === undefined) return undefined;
  const captured = order.payments.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0);
  const left = Math.max(0, payableMinor(order) - captured);
  const amountMinor = atMost(Math.min(left, payment.amount.amount), stepMinor(payment));
  if (amountMinor > 0) return { operation: 'capture', payment, amountMinor };
  return { operation: 'void', payment, amountMinor: atMost(payment.amount.amount, stepMinor(payment)) };
}
