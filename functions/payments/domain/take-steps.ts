import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Order, type Payment } from '../../../shared/model/orders/order.ts';
import { type PaymentRequest, type PaymentsPorts } from '../ports.ts';
import { type MoneyCall, type Outcome, recordOutcome } from './record-outcome.ts';
import { type Step, type StepMinor } from './steps.ts';

/** More steps than any order's payments (10) need, even when each is overtaken once. */
const maximumSteps = 50;

/** Providers keep idempotency keys for a day (Stripe: https://docs.stripe.com/api/idempotent_requests); an hour is left for clocks that differ. */
const keysLastMs = 23 * 60 * 60 * 1000;

/**
 * Takes one step after the other until none is left: asks the provider, then records its answer with the event. A crash between the
 * two repeats the step under the same idempotency key, which has the same outcome. Answers the order as it is then.
 * Refusals: `not-found`, `provider-unavailable`.
 */
export async function takeSteps(
  ports: PaymentsPorts,
  call: MoneyCall,
  next: (order: Order, stepMinor: StepMinor) => Step | undefined,
): Promise<Result<Order>> {
  const stepMinor = ({ provider, amount }: Payment) => ports.provider(provider).stepMinor(amount.currency);
  for (let count = 0; count < maximumSteps; count += 1) {
    const order = await ports.order(call.orderId);
    if (order === undefined) return refuse('not-found', `There is no order ${call.orderId}.`);
    const step = next(order, stepMinor);
    if (step === undefined) return ok(order);
    const taken = await take(ports, call, order, step);
    if (!taken.ok) return taken;
  }
  throw new Error(`the payments of order ${call.orderId} did not come to rest in ${maximumSteps} steps`);
}

async function take(ports: PaymentsPorts, call: MoneyCall, order: Order, step: Step): Promise<Result<unknown>> {
  const outcome = await perform(ports, order, step, call.now);
  if (!outcome.ok) return outcome;
  const recorded = await recordOutcome(ports, call, step.payment, outcome.value);
  if (!recorded.ok || recorded.value === 'recorded' || outcome.value.operation !== 'authorize') return recorded;
  // Authorized for an order that does not want it any more (cancelled meanwhile): nobody else knows of it, so it is let go here.
  return ports.provider(step.payment.provider).void(requestOf(order, step, outcome.value.reference));
}

async function perform(ports: PaymentsPorts, order: Order, step: Step, now: string): Promise<Result<Outcome>> {
  const done = await attempt(ports, order, step, now);
  if (done.ok || done.refusal.code !== 'payment-declined') return done;
  return ok({ operation: 'decline', detail: done.refusal.detail });
}

async function attempt(ports: PaymentsPorts, order: Order, step: Step, now: string): Promise<Result<Outcome>> {
  const { operation, payment } = step;
  const provider = ports.provider(payment.provider);
  const request = requestOf(order, step, payment.providerReference);
  if (operation === 'void') {
    const done = await provider.void(request);
    return done.ok ? ok({ operation }) : done;
  }
  if (operation === 'capture') {
    const done = await provider.capture(request);
    return done.ok ? ok({ operation, ...done.value }) : done;
  }
  const late = Date.parse(now) - Date.parse(order.capturedAt) > keysLastMs;
  const done = await provider.authorize({
    ...request,
    ...(payment.method !== undefined && { method: payment.method }),
    late,
  });
  return done.ok ? ok({ operation, ...done.value }) : done;
}

const requestOf = (order: Order, { payment, amountMinor }: Step, reference: string | undefined): PaymentRequest => ({
  orderId: order.orderId,
  paymentId: payment.paymentId,
  amount: { ...payment.amount, amount: amountMinor },
  ...(reference !== undefined && { reference }),
});
