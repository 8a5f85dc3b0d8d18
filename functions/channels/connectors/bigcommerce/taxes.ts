import Big from 'big.js';
import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { type Amount, sumOf } from '../kit/amounts.ts';
import { type BigCommerceDocument, type BigCommerceProduct } from './payload.ts';

/** Products with what they cost before discounts, and come to after them, both with tax. */
interface Discounted {
  readonly products: readonly BigCommerceProduct[];
  readonly before: readonly Big[];
  readonly afterMinor: readonly number[];
  /** The tax of everything else in the order. */
  readonly othersMinor: number;
  readonly fine: (amount: Amount) => Big;
}

/**
 * The tax in what each product comes to, in minor units. A product's own `total_tax` is that of its price before discounts; the order's
 * `total_tax` is what was charged. So where a product has a discount, what the order's tax leaves for products is shared by what they come to.
 */
export function taxesAfterDiscounts(
  { order }: Pick<BigCommerceDocument, 'order'>,
  { products, before, afterMinor, othersMinor, fine }: Discounted,
): number[] {
  const own = products.map((product, index) =>
    Math.min(rounded(taxOf(product, fine)), Math.max(0, afterMinor[index] ?? 0)),
  );
  const isDiscounted = before.some((amount, index) => amount.gt(afterMinor[index] ?? 0));
  const charged = rounded(fine(order.total_tax)) - othersMinor;
  if (!isDiscounted || order.total_tax == null || charged < 0 || charged > sumOf(own)) return own;
  const weights = own.map((tax, index) => shareOf(tax, before[index] ?? new Big(0), afterMinor[index] ?? 0));
  if (sumOf(weights) === 0) return own;
  return allocateMinor(charged, weights).map((tax, index) => Math.min(tax, afterMinor[index] ?? 0));
}

const taxOf = (product: BigCommerceProduct, fine: Discounted['fine']): Big =>
  product.total_tax == null ? fine(product.total_inc_tax).minus(fine(product.total_ex_tax)) : fine(product.total_tax);

const rounded = (amount: Big): number => Math.max(0, amount.round(0, Big.roundHalfUp).toNumber());

/** A tax as far as what it was on is still paid. */
const shareOf = (taxMinor: number, before: Big, afterMinor: number): number =>
  before.lte(0) ? 0 : rounded(new Big(taxMinor).times(Math.max(0, afterMinor)).div(before));
