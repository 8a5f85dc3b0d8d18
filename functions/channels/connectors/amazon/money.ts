import { type ItemAmounts } from './order.ts';

/** What one item comes to in our form, in minor units: prices without tax, taxes beside them. */
export interface ItemMoney {
  readonly goods: number;
  readonly discount: number;
  readonly tax: number;
  /** After its discount. */
  readonly shipping: number;
  readonly shippingTax: number;
  readonly giftWrap: number;
  readonly giftWrapTax: number;
  readonly codFee: number;
  readonly codFeeTax: number;
  readonly other: number;
  readonly otherTax: number;
}

/** A way to understand Amazon's amounts. */
type Reading = (amounts: ItemAmounts) => ItemMoney;

/** Taxes come on top, those on discounts taken off: the United States. */
const taxBeside: Reading = (amounts) => ({
  ...amounts,
  tax: amounts.tax - amounts.discountTax,
  shipping: amounts.shipping - amounts.shippingDiscount,
  shippingTax: amounts.shippingTax - amounts.shippingDiscountTax,
});

/** The same, with taxes that are counted on what is left after discounts. */
const taxAfterDiscounts: Reading = (amounts) => taxBeside({ ...amounts, discountTax: 0, shippingDiscountTax: 0 });

/** Prices hold their taxes: Europe, Japan. */
const taxWithin: Reading = (amounts) => {
  const { tax, discountTax, shippingTax, shippingDiscountTax, giftWrapTax, codFeeTax, otherTax } = amounts;
  return taxBeside({
    ...amounts,
    goods: amounts.goods - tax,
    discount: amounts.discount - discountTax,
    shipping: amounts.shipping - shippingTax,
    shippingDiscount: amounts.shippingDiscount - shippingDiscountTax,
    giftWrap: amounts.giftWrap - giftWrapTax,
    codFee: amounts.codFee - codFeeTax,
    other: amounts.other - otherTax,
  });
};

/** What an item comes to altogether, in minor units. */
export const itemTotal = (money: ItemMoney): number =>
  money.goods -
  money.discount +
  money.tax +
  money.shipping +
  money.shippingTax +
  money.giftWrap +
  money.giftWrapTax +
  money.codFee +
  money.codFeeTax +
  money.other +
  money.otherTax;

/**
 * The money of an order's items. Whether Amazon's prices hold their taxes depends on the marketplace, the seller and the buyer, and no field
 * says it: the reading counts whose sum is what the buyer pays. No amount is changed; where no reading fits, the first counts and the
 * difference stays, for a person to see.
 * @param itemsTotalMinor what the items must come to; absent where Amazon does not say
 */
export function readMoney(items: readonly ItemAmounts[], itemsTotalMinor: number | undefined): readonly ItemMoney[] {
  const readings = [taxBeside, taxWithin, taxAfterDiscounts].map((reading) => items.map(reading));
  const fits = readings.find((moneys) => moneys.reduce((sum, one) => sum + itemTotal(one), 0) === itemsTotalMinor);
  return fits ?? items.map(taxBeside);
}
