import Big from 'big.js';

/** An amount in integer minor units (cents, yen, fils) of an ISO 4217 currency. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/**
 * Currencies whose minor unit is not the hundredth, by digits after the decimal point. Source: ISO 4217, list one (the platform's own CLDR
 * data says how amounts are shown, which differs: it gives HUF and IDR none).
 */
const digitsOf: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...(['CLF', 'UYW'] as const).map((code) => [code, 4] as const),
]);

/** Digits after the decimal point of a currency, by ISO 4217. */
export const minorDigits = (currency: string): number => digitsOf.get(currency) ?? 2;

/** True for a three-letter code that ISO 4217 lists (as the platform's CLDR data has it). */
export const isCurrency = (code: string): boolean => currencies.has(code);
const currencies = new Set(Intl.supportedValuesOf('currency'));

/**
 * Reads a decimal text ("439.00", "13.5", "8") as integer minor units, exactly: never through a float.
 * @throws RangeError when the text is no decimal number, has more digits than the currency, or leaves the safe integers
 */
export function minorFromDecimal(text: string, currency: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`"${text}" is not a decimal amount`);
  const minor = new Big(text).times(new Big(10).pow(minorDigits(currency)));
  if (!minor.eq(minor.round(0, Big.roundDown)))
    throw new RangeError(`${text} has more decimals than ${currency} knows`);
  const value = minor.toNumber();
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} ${currency} is beyond what can be counted exactly`);
  return value;
}

/** Writes integer minor units as the decimal text that most channels' APIs speak: 43900 HKD → "439.00". */
export const decimalFromMinor = ({ amount, currency }: Money): string =>
  new Big(amount).div(new Big(10).pow(minorDigits(currency))).toFixed(minorDigits(currency));

/**
 * Splits an amount over weights so that the parts add up to it exactly: largest remainders get the odd units, first come first.
 * A zero total weight puts everything on the first part.
 */
export function allocateMinor(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map((_, index) => (index === 0 ? amount : 0));
  const exact = weights.map((weight) => new Big(amount).times(weight).div(total));
  const parts = exact.map((share) => share.round(0, Big.roundDown).toNumber());
  const order = exact
    .map((share, index) => ({ index, rest: share.minus(parts[index] ?? 0).abs() }))
    .sort((a, b) => b.rest.cmp(a.rest) || a.index - b.index);
  let left = amount - parts.reduce((sum, part) => sum + part, 0);
  const step = Math.sign(left);
  for (const { index } of order) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + step;
    left -= step;
  }
  return parts;
}
