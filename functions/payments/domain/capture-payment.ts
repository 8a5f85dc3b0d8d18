import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { payableMinor } from '../../../shared/model/orders/money.ts';
import { type PaymentsPorts } from '../ports.ts';
import { type MoneyCall } from './record-outcome.ts';
import { type PaymentAnswer, answerOf } from './secure-payment.ts';
import { nextToCapture } from './steps.ts';
import { takeSteps } from './take-steps.ts';

/**
 * Captures authorized gateway payments for what was not cancelled, and lets go of the rest. While a unit may still be cancelled nothing
 * is due, and nothing is done.
 * Refusals: `payment-declined` (an authorization ran out or was withdrawn; goods have left unpaid), `provider-unavailable`, `not-found`.
 */
export const capturePayment =
  (ports: PaymentsPorts) =>
  async (call: MoneyCall): Promise<Result<PaymentAnswer>> => {
    const settled = await takeSteps(ports, call, nextToCapture);
    if (!settled.ok) return settled;
    const order = settled.value;
    const captured = order.payments.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0);
    const declined = order.payments.find(({ state }) => state === 'declined');
    if (declined === undefined || captured >= payableMinor(order)) return ok(answerOf(order));
    return refuse('payment-declined', declined.detail ?? 'The payment was declined.');
  };
