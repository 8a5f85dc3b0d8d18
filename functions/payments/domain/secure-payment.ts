import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { paymentSecured, paymentStatusOf, statusOf } from '../../../shared/model/orders/status.ts';
import { type PaymentsPorts } from '../ports.ts';
import { type MoneyCall } from './record-outcome.ts';
import { nextToSecure } from './steps.ts';
import { takeSteps } from './take-steps.ts';

/** An order's payment facet after a task. */
export interface PaymentAnswer {
  readonly orderId: string;
  readonly paymentStatus: string;
}

/**
 * Authorizes an order's pending gateway payments, once each. One decline lets go of all the others: an order is paid whole or not at
 * all. An order that was cancelled meanwhile is not charged; what was authorized for it is let go.
 * Refusals: `payment-declined` (the provider's words), `provider-unavailable`, `not-found` (no such order, or no payment for a part of it).
 */
export const securePayment =
  (ports: PaymentsPorts) =>
  async (call: MoneyCall): Promise<Result<PaymentAnswer>> => {
    const settled = await takeSteps(ports, call, nextToSecure);
    if (!settled.ok) return settled;
    const order = settled.value;
    if (statusOf(order) === 'CANCELLED') return ok(answerOf(order));
    const declined = order.payments.find(({ state }) => state === 'declined');
    if (declined !== undefined) return refuse('payment-declined', declined.detail ?? 'The payment was declined.');
    return paymentSecured(order) ? ok(answerOf(order)) : refuse('not-found', missing(order));
  };

/** What a payment task answers. */
export const answerOf = (order: Order): PaymentAnswer => ({
  orderId: order.orderId,
  paymentStatus: paymentStatusOf(order),
});

/** Going on would ask again and again; a person has to find the money or cancel the order. */
function missing({ orderId, payments, totalMinor, currency }: Order): string {
  const stated = payments
    .filter(({ state }) => state === 'authorized' || state === 'captured')
    .reduce((sum, { amount }) => sum + amount.amount, 0);
  return `Order ${orderId} costs ${totalMinor} and its payments come to ${stated} (minor units of ${currency}): there is no payment for the rest. Cancel the order, or capture it anew with payments for all of it.`;
}
