import { type Params, textOf } from './form.ts';
import { invalid } from './errors.ts';

/** The parameters that an endpoint takes; anything else is refused, so that a misspelt one is found here. */
const known = {
  create: [
    'amount',
    'currency',
    'payment_method',
    'capture_method',
    'confirm',
    'error_on_requires_action',
    'off_session',
    'return_url',
    'automatic_payment_methods',
    'metadata',
    'description',
  ],
  capture: ['amount_to_capture', 'metadata'],
  cancel: ['cancellation_reason'],
  refund: ['payment_intent', 'charge', 'amount', 'reason', 'metadata'],
} as const;

/** Refuses parameters that an endpoint does not take. */
export function onlyKnown(params: Params, endpoint: keyof typeof known): void {
  const names: readonly string[] = known[endpoint];
  const unknown = Object.keys(params).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw invalid(`Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', param: unknown });
}

/** A whole number of the currency's smallest unit, at least 1. */
export function amountOf(params: Params, name: string, currency: string): number | undefined {
  const text = textOf(params, name);
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text))
    throw invalid(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param: name });
  const amount = Number(text);
  if (amount < 1)
    throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: name });
  if (amount > 99_999_999_999) throw invalid('Amount is too large.', { code: 'amount_too_large', param: name });
  const step = ['bhd', 'jod', 'kwd', 'omr', 'tnd'].includes(currency)
    ? 10
    : ['isk', 'ugx'].includes(currency)
      ? 100
      : 1;
  // The rule is Stripe's (https://docs.stripe.com/currencies), the words are ours.
  if (amount % step !== 0)
    throw invalid(`Invalid amount: ${currency} amounts must be divisible by ${step}.`, {
      code: 'parameter_invalid_integer',
      param: name,
    });
  return amount;
}

/** A parameter that must be there. */
export function required(params: Params, name: string): string {
  const value = textOf(params, name);
  if (value === undefined || value === '')
    throw invalid(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  return value;
}

/** A parameter of a few values. */
export function oneOf(params: Params, name: string, values: readonly string[]): string | undefined {
  const value = textOf(params, name);
  if (value !== undefined && !values.includes(value))
    throw invalid(`Invalid ${name}: must be one of ${values.join(', ')}`, { param: name });
  return value;
}

/** An amount as Stripe's messages write it. */
export const moneyText = (units: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(
    ['jpy', 'krw'].includes(currency) ? units : units / 100,
  );
