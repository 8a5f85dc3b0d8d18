import Big from 'big.js';
import { minorDigits } from '../../../../../shared/kernel/money.ts';

/** Numbers of X12: digits with at most one point, a sign before. */
const number = /^-?(\d+\.?\d*|\.\d+)$/;

/** A decimal of X12 (type R). @throws RangeError when it is none */
export function decimalOf(text: string): Big {
  if (!number.test(text)) throw new RangeError(`"${text}" is not a decimal amount`);
  return new Big(text);
}

/** An amount of type N2: two decimals are implied (`1000` is 10.00), unless it was written with a point. */
export const impliedOf = (text: string): string =>
  (text.includes('.') ? decimalOf(text) : decimalOf(text).div(100)).toFixed();

/** PO105 and its like: what the price is for. */
const perOf: Readonly<Record<string, number>> = { HP: 100, TP: 1000, NC: Number.POSITIVE_INFINITY };

/**
 * What so many units cost, in minor units. Prices of partners are finer than money (0.0833 a piece); the extended amount is rounded half up to
 * what can be paid, as the invoice of the same order is.
 * @throws RangeError when an amount cannot be read or counted
 */
export function extendedMinor(quantity: number, price: string, basis: string, currency: string): number {
  const per = perOf[basis] ?? 1;
  if (price === '' || per === Number.POSITIVE_INFINITY) return 0;
  const minor = decimalOf(price)
    .times(quantity)
    .div(per)
    .times(new Big(10).pow(minorDigits(currency)));
  const value = minor.round(0, Big.roundHalfUp).toNumber();
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${price} × ${quantity} is beyond what can be counted exactly`);
  return value;
}
