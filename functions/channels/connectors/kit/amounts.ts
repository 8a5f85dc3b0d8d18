import { type Money, minorFromDecimal } from '../../../../shared/kernel/money.ts';

/** An amount as channels write it: decimal text, or a JSON number. */
export type Amount = string | number | null | undefined;

/**
 * An amount in minor units, exactly: `13.5`, `"439.00"`, `"8"`; nothing is 0. Zeros after the last digit that a currency knows are none
 * (`"25.00"` yen). A JSON number is read by its shortest text, which is what its channel wrote.
 * @throws RangeError when it is no decimal, finer than its currency, or too large
 */
export function minorOf(amount: Amount, currency: string): number {
  if (amount == null || amount === '') return 0;
  const text = String(amount).trim();
  return minorFromDecimal(text.includes('.') ? text.replace(/\.?0+$/, '') : text, currency);
}

/** Adds up. */
export const sumOf = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Amounts of one currency. */
export const moneyIn =
  (currency: string) =>
  (amount: number): Money => ({ amount, currency });

/** What a whole line comes to, in minor units: before discounts and without tax, its discount, its tax. */
export interface LineAmounts {
  readonly quantity: number;
  readonly grossMinor: number;
  readonly discountMinor?: number;
  readonly taxMinor?: number;
}

/**
 * A line's money from what the whole line comes to. Where the units do not share it evenly the unit price is the next higher one, and what
 * the rounding added (less than a minor unit a piece) is discount; so the line comes to exactly what the channel says.
 */
export function lineMoney({ quantity, grossMinor, discountMinor = 0, taxMinor = 0 }: LineAmounts, currency: string) {
  const of = moneyIn(currency);
  const unitPriceMinor = Math.ceil(grossMinor / quantity);
  const discount = discountMinor + quantity * unitPriceMinor - grossMinor;
  return {
    unitPrice: of(unitPriceMinor),
    ...(discount > 0 && { discount: of(discount) }),
    ...(taxMinor > 0 && { tax: of(taxMinor) }),
  };
}
