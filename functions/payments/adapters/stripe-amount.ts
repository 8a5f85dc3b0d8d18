import { type Money, minorDigits } from '../../../shared/kernel/money.ts';

/** Zero-decimal currencies: the amount is in whole units. ISK and UGX look like them and are not, see below. */
const wholeUnits = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Three-decimal currencies, whose last digit must be 0. */
const thousandths = new Set('BHD JOD KWD OMR TND'.split(' '));
/** Currencies without fractions that are still sent with two decimals, always 00. */
const hundredsOnly = new Set(['ISK', 'UGX']);

/**
 * How Stripe counts a currency, which is not how ISO 4217 or CLDR do: digits after the point, and the smallest step of an amount.
 * Source: https://docs.stripe.com/currencies, "Zero-decimal currencies", "Three-decimal currencies" (round to the nearest ten) and
 * "Special cases": ISK and UGX became zero-decimal and are still sent as two-decimal values ending in 00; HUF and TWD are zero-decimal
 * for payouts only and charged with two decimals.
 */
function stripeUnits(currency: string): { readonly digits: number; readonly step: number } {
  if (wholeUnits.has(currency)) return { digits: 0, step: 1 };
  if (thousandths.has(currency)) return { digits: 3, step: 10 };
  return { digits: 2, step: hundredsOnly.has(currency) ? 100 : 1 };
}

/** Stripe's units in one of ours: HUF has no decimals here and two there, so 1 becomes 100. Below 1 it is the other way round. */
const shift = (currency: string): number => stripeUnits(currency).digits - minorDigits(currency);

/** The smallest amount that Stripe can move, in our minor units. */
export function stepMinorOf(currency: string): number {
  const { step } = stripeUnits(currency);
  const digits = shift(currency);
  return digits >= 0 ? Math.max(1, step / 10 ** digits) : step * 10 ** -digits;
}

/**
 * Our amount as Stripe's integer.
 * @throws RangeError when Stripe cannot say it exactly: callers round to `stepMinorOf` first
 */
export function toStripe({ amount, currency }: Money): number {
  const digits = shift(currency);
  const units = digits >= 0 ? amount * 10 ** digits : amount / 10 ** -digits;
  if (!Number.isSafeInteger(units) || units % stripeUnits(currency).step !== 0) {
    throw new RangeError(`${amount} minor units of ${currency} are no amount that the gateway can move`);
  }
  return units;
}

/** Stripe's integer as our minor units; a fraction of ours, which only others can have moved, is left out. */
export function fromStripe(units: number, currency: string): number {
  const digits = shift(currency);
  return digits >= 0 ? Math.floor(units / 10 ** digits) : units * 10 ** -digits;
}
