import { decimalFromMinor } from '../../shared/kernel/money.ts';

/** An amount in US dollars, as people write it. */
export const dollars = (amount: number): string => `$${decimalFromMinor({ amount, currency: 'USD' })}`;

/** Units of lines: `2 × TEE, 1 × MUG`. */
export const unitsOf = (lines: readonly { readonly sku: string; readonly quantity: number }[]): string =>
  lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ');
