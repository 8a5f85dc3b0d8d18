import Big from 'big.js';
import { minorDigits } from '../../../../shared/kernel/money.ts';
import { type Amount } from './amounts.ts';

/** Longer than any amount: what is longer is no amount, and costs time to read. */
const longestAmount = 40;

/**
 * An amount in minor units with the fraction of one that its channel wrote: `"62.6793"` dollars are 6267.93. For parts of a total that a
 * channel keeps to four decimals; what a buyer pays is read by `minorOf`.
 * @throws RangeError when it is no decimal
 */
export function fineMinorOf(amount: Amount, currency: string): Big {
  const text = amount == null || amount === '' ? '0' : String(amount).trim();
  if (text.length > longestAmount || !/^-?\d+(\.\d+)?$/.test(text))
    throw new RangeError(`"${text.slice(0, longestAmount)}" is not a decimal amount`);
  return new Big(text).times(new Big(10).pow(minorDigits(currency)));
}

/** Adds up, exactly. */
export const sumOfFine = (amounts: readonly Big[]): Big => amounts.reduce((sum, one) => sum.plus(one), new Big(0));

/**
 * Amounts in whole minor units that add up to their exact sum, rounded: each is what it adds to the rounded sum of those before it. Whole
 * amounts stay what they are.
 * @throws RangeError when the sum is beyond what can be counted exactly
 */
export function roundedTogether(amounts: readonly Big[]): number[] {
  let exact = new Big(0);
  let rounded = 0;
  return amounts.map((amount) => {
    exact = exact.plus(amount);
    const upTo = halfUp(exact);
    if (!Number.isSafeInteger(upTo)) throw new RangeError('the amounts are beyond what can be counted exactly');
    const part = upTo - rounded;
    rounded = upTo;
    return part;
  });
}

/** The nearest whole number, halves up: below zero too, so that what lies between two of them does not depend on where they are. */
function halfUp(amount: Big): number {
  const up = amount.plus('0.5');
  const whole = up.round(0, Big.roundDown);
  return (up.lt(whole) ? whole.minus(1) : whole).toNumber();
}
