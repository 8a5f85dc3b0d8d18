import * as z from 'zod';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';

/** Where the gateway is and how it knows us. */
export interface GatewayConfig {
  readonly url: string;
  readonly secret: string;
  /** How long an answer may take; after it, the outcome is unknown and the call is repeated under its key. */
  readonly timeoutMs?: number;
}

/** The version of Stripe's API that the shapes here belong to; without the header the account's default would decide. */
export const stripeVersion = '2025-09-30.clover';
const timeoutMs = 20_000;

/** Stripe's error object, as far as it decides something: https://docs.stripe.com/api/errors */
const errorBody = z.object({
  error: z.object({
    type: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    param: z.string().optional(),
  }),
});

/** A refusal of Stripe's that the operation has to judge. */
export interface StripeError {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly request: string;
}

/** What Stripe answered. */
export type StripeAnswer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly error: StripeError };

/** One call: a GET without a form, or a POST with one and the key that makes it once-only. */
export interface StripeCall {
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly key?: string;
}

/**
 * Calls Stripe's API. Whatever leaves the outcome open (no answer, too slow, 409, 429, 5xx) is a `provider-unavailable` refusal: the caller
 * repeats it under the same key. Nothing of the secret gets into a message.
 */
export async function callStripe(config: GatewayConfig, call: StripeCall): Promise<Result<StripeAnswer>> {
  const request = `${call.form === undefined ? 'GET' : 'POST'} ${call.path.split('?')[0] ?? ''}`;
  let answer: { readonly status: number; readonly text: string };
  try {
    const response = await fetch(`${config.url.replace(/\/+$/, '')}${call.path}`, requestOf(config, call));
    answer = { status: response.status, text: await response.text() };
  } catch {
    return refuse('provider-unavailable', `The payment gateway did not answer ${request} in time.`);
  }
  const { status, text } = answer;
  if (status >= 200 && status < 300) return ok({ ok: true, body: parsed(text, request) });
  if (status === 409 || status === 429 || status >= 500) {
    return refuse('provider-unavailable', `The payment gateway answered ${request} with ${status}.`, {
      facts: { status },
    });
  }
  return ok({ ok: false, error: errorFrom(status, text, request) });
}

function requestOf(config: GatewayConfig, { form, key }: StripeCall): RequestInit {
  return {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${config.secret}`,
      'stripe-version': stripeVersion,
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(form !== undefined && { body: new URLSearchParams(form) }),
    // A redirect would carry the secret elsewhere.
    redirect: 'error',
    signal: AbortSignal.timeout(config.timeoutMs ?? timeoutMs),
  };
}

function parsed(text: string, request: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`the payment gateway answered ${request} with something that is no JSON`, { cause });
  }
}

function errorFrom(status: number, text: string, request: string): StripeError {
  const json = z
    .string()
    .transform((body) => JSON.parse(body) as unknown)
    .pipe(errorBody);
  let error: z.infer<typeof errorBody>['error'] = {};
  try {
    error = json.parse(text).error;
  } catch {
    // A proxy's page instead of Stripe's JSON: the status says what there is to say.
  }
  return { status, type: error.type ?? 'unknown', code: error.code ?? '', message: error.message ?? '', request };
}

/**
 * The error to throw for a refusal that no retry and no customer can mend: a wrong secret, a parameter the gateway does not know.
 * What the gateway says about a secret repeats part of it, and is left out.
 */
export function brokenGateway({ status, type, code, message, request }: StripeError): Error {
  const secret = status === 401 || status === 403;
  const words = secret ? 'check PAYMENT_GATEWAY_SECRET' : message;
  const cause = { status, type, code };
  return new Error(
    `the payment gateway refused ${request} with ${status} (${[type, code].filter(Boolean).join(', ')}): ${words}`,
    { cause },
  );
}
