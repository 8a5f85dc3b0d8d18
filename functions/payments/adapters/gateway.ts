import type * as z from 'zod';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type AuthorizeRequest, type PaymentProvider, type PaymentRequest } from '../ports.ts';
import { refundAt } from './gateway-refund.ts';
import { fromStripe, stepMinorOf, toStripe } from './stripe-amount.ts';
import { type GatewayConfig, type StripeAnswer, type StripeCall, brokenGateway, callStripe } from './stripe-http.ts';
import { type PaymentIntent, listOf, paymentIntent } from './stripe-objects.ts';

/**
 * Money that we take ourselves, at a gateway that speaks Stripe's API (payment intents with manual capture).
 * Each effect has a key made of order, payment, operation and amount; where a key may be forgotten or an operation was done already,
 * what the gateway holds is read and decides.
 * @param configOf asked at each call, so that a function without a gateway starts
 */
export const gateway = (configOf: () => GatewayConfig): PaymentProvider => ({
  stepMinor: stepMinorOf,
  authorize: (request) => authorize(configOf(), request),
  capture: (request) => capture(configOf(), request),
  void: (request) => release(configOf(), request),
  refund: (request) => refundAt(configOf(), request),
});

const intents = '/v1/payment_intents';
const pathOf = (reference: string): string => `${intents}/${encodeURIComponent(reference)}`;
const keyOf = ({ orderId, paymentId, amount }: PaymentRequest, operation: string): string =>
  [orderId, paymentId, operation, amount.currency, amount.amount].join('/');

async function authorize(
  config: GatewayConfig,
  request: AuthorizeRequest,
): Promise<Result<{ readonly reference?: string }>> {
  if (request.amount.amount === 0) return ok({});
  if (request.late) {
    const found = await findHeld(config, request);
    if (!found.ok) return found;
    if (found.value[0] !== undefined) return ok({ reference: found.value[0].id });
  }
  const answer = await callStripe(config, { path: intents, form: formOf(request), key: keyOf(request, 'authorize') });
  if (!answer.ok) return answer;
  if (!answer.value.ok) return declinedOrBroken(answer.value);
  return authorized(paymentIntent.parse(answer.value.body));
}

/**
 * The customer is not there, so a payment that would ask them for something fails (`error_on_requires_action`), and methods that send them
 * to another page are left out (https://docs.stripe.com/api/payment_intents/create).
 */
const formOf = ({ orderId, paymentId, amount, method }: AuthorizeRequest): Record<string, string> => ({
  amount: String(toStripe(amount)),
  currency: amount.currency.toLowerCase(),
  ...(method !== undefined && { payment_method: method }),
  capture_method: 'manual',
  confirm: 'true',
  error_on_requires_action: 'true',
  'automatic_payment_methods[enabled]': 'true',
  'automatic_payment_methods[allow_redirects]': 'never',
  'metadata[order_id]': orderId,
  'metadata[payment_id]': paymentId,
});

/** `requires_capture` is the promise; a method that cannot wait has taken the money at once, which a capture will find. */
function authorized({ id, status, last_payment_error: error }: PaymentIntent): Result<{ readonly reference: string }> {
  if (status === 'requires_capture' || status === 'succeeded') return ok({ reference: id });
  if (status === 'processing')
    return refuse('provider-unavailable', 'The payment gateway is still processing the payment.');
  return refuse(
    'payment-declined',
    error?.message ?? `The payment cannot be completed without the customer (${status}).`,
  );
}

async function capture(
  config: GatewayConfig,
  request: PaymentRequest,
): Promise<Result<{ readonly capturedMinor: number }>> {
  const { amount, reference } = request;
  if (reference === undefined)
    throw new Error(`payment ${request.paymentId} of ${request.orderId} is to be captured and has no reference`);
  const form = { amount_to_capture: String(toStripe(amount)) };
  const call = { path: `${pathOf(reference)}/capture`, form, key: keyOf(request, 'capture') };
  const outcome = await changeIntent(config, reference, call);
  if (!outcome.ok) return outcome;
  const { status, currency, amount_received: received } = outcome.value;
  if (status === 'succeeded') return ok({ capturedMinor: fromStripe(received, currency.toUpperCase()) });
  if (status === 'canceled')
    return refuse('payment-declined', 'The authorization has expired or was canceled at the payment gateway.');
  return refuse('provider-unavailable', `The payment gateway has not captured the payment yet (${status}).`);
}

async function release(config: GatewayConfig, request: PaymentRequest): Promise<Result<null>> {
  if (request.amount.amount === 0) return ok(null);
  const held = request.reference === undefined ? await findHeld(config, request) : ok([{ id: request.reference }]);
  if (!held.ok) return held;
  for (const { id } of held.value) {
    const call = { path: `${pathOf(id)}/cancel`, form: {}, key: `${keyOf(request, 'void')}/${id}` };
    const outcome = await changeIntent(config, id, call);
    if (!outcome.ok) return outcome;
    if (outcome.value.status !== 'canceled')
      throw new Error(`payment ${id} is to be let go and is ${outcome.value.status} at the gateway`);
  }
  return ok(null);
}

/** Changes an intent. One that is past the change already (done before, run out, changed by a person) is read instead, and decides. */
async function changeIntent(
  config: GatewayConfig,
  reference: string,
  call: StripeCall,
): Promise<Result<PaymentIntent>> {
  const answer = await callStripe(config, call);
  if (!answer.ok) return answer;
  if (answer.value.ok) return ok(paymentIntent.parse(answer.value.body));
  if (!past.has(answer.value.error.code)) return declinedOrBroken(answer.value);
  return read(config, pathOf(reference), paymentIntent);
}

const past = new Set([
  'payment_intent_unexpected_state',
  'charge_expired_for_capture',
  'capture_charge_authorization_expired',
]);

/** What is held for a payment, found by what we wrote on it: for an authorization whose answer was lost a day ago. */
async function findHeld(
  config: GatewayConfig,
  { orderId, paymentId }: PaymentRequest,
): Promise<Result<PaymentIntent[]>> {
  const query = new URLSearchParams({
    query: `metadata['order_id']:'${orderId}' AND metadata['payment_id']:'${paymentId}'`,
  });
  const found = await read(config, `${intents}/search?${query.toString()}`, listOf(paymentIntent));
  return found.ok ? ok(found.value.data.filter(({ status }) => status === 'requires_capture')) : found;
}

async function read<T extends z.ZodType>(config: GatewayConfig, path: string, schema: T): Promise<Result<z.infer<T>>> {
  const answer = await callStripe(config, { path });
  if (!answer.ok) return answer;
  if (!answer.value.ok) throw brokenGateway(answer.value.error);
  return ok(schema.parse(answer.value.body));
}

/** 402: the parameters were right and the money did not come; the gateway's words are meant for people. */
function declinedOrBroken({ error }: Extract<StripeAnswer, { readonly ok: false }>) {
  if (error.status !== 402) throw brokenGateway(error);
  return refuse('payment-declined', error.message || 'The payment was declined.');
}
