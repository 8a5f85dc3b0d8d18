import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type RefundOutcome, type RefundRequest } from '../ports.ts';
import { toStripe } from './stripe-amount.ts';
import { type GatewayConfig, type StripeError, brokenGateway, callStripe } from './stripe-http.ts';
import { type StripeRefund, listOf, stripeRefund } from './stripe-objects.ts';

const refunds = '/v1/refunds';

/**
 * Refunds captured money under the refund's id. One that may have been asked for before is looked for first, by that id: the gateway
 * forgets keys after a day, and what it has refunded never.
 */
export async function refundAt(config: GatewayConfig, request: RefundRequest): Promise<Result<RefundOutcome>> {
  if (request.reference === undefined)
    throw new Error(`refund ${request.refundId} is for a payment without a reference`);
  if (request.repeat) {
    const found = await find(config, request.reference, request.refundId);
    if (!found.ok) return found;
    if (found.value !== undefined) return outcomeOf(found.value);
  }
  const key = [request.refundId, 'refund', request.amount.currency, request.amount.amount].join('/');
  const answer = await callStripe(config, { path: refunds, form: formOf(request, request.reference), key });
  if (!answer.ok) return answer;
  return answer.value.ok ? outcomeOf(stripeRefund.parse(answer.value.body)) : refusedOrBroken(answer.value.error);
}

/** Of the reasons that Stripe knows, a return is one that the customer asked for (https://docs.stripe.com/api/refunds/create). */
const formOf = (
  { orderId, paymentId, refundId, amount }: RefundRequest,
  reference: string,
): Record<string, string> => ({
  payment_intent: reference,
  amount: String(toStripe(amount)),
  reason: 'requested_by_customer',
  'metadata[order_id]': orderId,
  'metadata[payment_id]': paymentId,
  'metadata[refund_id]': refundId,
});

async function find(
  config: GatewayConfig,
  reference: string,
  refundId: string,
): Promise<Result<StripeRefund | undefined>> {
  const query = new URLSearchParams({ payment_intent: reference, limit: '100' });
  const answer = await callStripe(config, { path: `${refunds}?${query.toString()}` });
  if (!answer.ok) return answer;
  if (!answer.value.ok) throw brokenGateway(answer.value.error);
  return ok(
    listOf(stripeRefund)
      .parse(answer.value.body)
      .data.find(({ metadata }) => metadata?.['refund_id'] === refundId),
  );
}

/** A refund that is under way is asked for again until it has come to an end: only then is the money back. */
function outcomeOf({ id, status, failure_reason: reason }: StripeRefund): Result<RefundOutcome> {
  if (status === 'succeeded') return ok({ reference: id });
  if (status === 'failed' || status === 'canceled') {
    return refuse(
      'payment-declined',
      `Refund ${id} is ${status} at the payment gateway (${reason ?? 'no reason given'}).`,
    );
  }
  return refuse(
    'provider-unavailable',
    `Refund ${id} is ${status ?? 'under way'} at the payment gateway; it is asked for again later.`,
  );
}

/** The money is not there to be refunded (someone refunded or disputed it elsewhere): a fact for a person, not a broken program. */
function refusedOrBroken(error: StripeError) {
  const gone = new Set([
    'charge_already_refunded',
    'charge_disputed',
    'amount_too_large',
    'balance_insufficient',
    'insufficient_funds',
  ]);
  if (error.status !== 402 && !gone.has(error.code) && !tooMuch.test(error.message)) throw brokenGateway(error);
  return refuse('payment-declined', error.message || 'The refund was refused.');
}

/** Stripe's refusal of too large a refund has had no code for most of its life. */
const tooMuch = /greater than (?:unrefunded amount on charge|charge amount)/;
