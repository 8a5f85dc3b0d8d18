import { paymentAuthorized, paymentCaptured, paymentDeclined } from '../../../shared/contracts/payments/events.ts';
import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { replace } from '../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Order, type Payment } from '../../../shared/model/orders/order.ts';
import { type PaymentsPorts } from '../ports.ts';
import { paymentTransitions } from './payment-states.ts';

/** What the provider did with a payment. */
export type Outcome =
  | { readonly operation: 'authorize'; readonly reference?: string }
  | { readonly operation: 'capture'; readonly capturedMinor: number }
  | { readonly operation: 'decline'; readonly detail: string }
  | { readonly operation: 'void' };

/** Whose money, when, and who moved it. */
export interface MoneyCall {
  readonly orderId: string;
  readonly now: string;
  readonly actor: string;
}

/** `overtaken`: the payment went another way meanwhile, so this outcome is not in the order. */
export type Recorded = 'recorded' | 'overtaken';

/**
 * Writes what the provider did into the order, with its event, in one commit. What is recorded already is not written again.
 * @param was the payment as it was when the provider was asked: the outcome belongs to that state only
 */
export const recordOutcome = (
  ports: PaymentsPorts,
  call: MoneyCall,
  was: Payment,
  outcome: Outcome,
): Promise<Result<Recorded>> =>
  decideAndCommit(ports.commit, async (): Promise<Result<Decision<Recorded>>> => {
    const order = await ports.order(call.orderId);
    const payment = order?.payments.find(({ paymentId }) => paymentId === was.paymentId);
    if (order === undefined || payment === undefined) return refuse('not-found', `There is no order ${call.orderId}.`);
    if (payment.state !== was.state) {
      return ok({ changes: [], reply: isRecorded(payment, outcome) ? 'recorded' : 'overtaken' });
    }
    const state = paymentTransitions[was.state][outcome.operation];
    if (state === undefined) throw new Error(`a payment that is ${was.state} cannot ${outcome.operation}`);
    return ok({
      changes: [replace('order', withOutcome(order, { ...payment, state }, outcome, call), order.version)],
      reply: 'recorded',
    });
  });

/** Another run of the same task may have recorded the same outcome: the same state by the same provider's payment. */
function isRecorded(payment: Payment, outcome: Outcome): boolean {
  if (outcome.operation !== 'authorize') return payment.state === paymentTransitions.authorized[outcome.operation];
  return (
    (payment.state === 'authorized' || payment.state === 'captured') && payment.providerReference === outcome.reference
  );
}

function withOutcome(order: Order, payment: Payment, outcome: Outcome, call: MoneyCall): Order {
  const changed: Payment = {
    ...payment,
    ...(outcome.operation === 'authorize' &&
      outcome.reference !== undefined && { providerReference: outcome.reference }),
    ...(outcome.operation === 'capture' && { capturedMinor: outcome.capturedMinor }),
    ...(outcome.operation === 'decline' && { detail: outcome.detail }),
  };
  const version = order.version + 1;
  return {
    ...order,
    payments: order.payments.map((one) => (one.paymentId === changed.paymentId ? changed : one)),
    version,
    updatedAt: call.now,
    events: eventsOf(order, changed, outcome, version, call),
  };
}

/** A void makes no event: money that was never taken is given back to nobody. */
function eventsOf(order: Order, payment: Payment, outcome: Outcome, version: number, call: MoneyCall): EventMessage[] {
  const { orderId, channelId } = order;
  const about = { orderId, channelId, paymentId: payment.paymentId };
  if (outcome.operation === 'authorize') {
    return [paymentAuthorized.of(orderId, version, call, { ...about, amount: payment.amount })];
  }
  if (outcome.operation === 'capture') {
    const amount = { ...payment.amount, amount: outcome.capturedMinor };
    return [paymentCaptured.of(orderId, version, call, { ...about, amount })];
  }
  return outcome.operation === 'decline'
    ? [paymentDeclined.of(orderId, version, call, { ...about, detail: outcome.detail })]
    : [];
}
