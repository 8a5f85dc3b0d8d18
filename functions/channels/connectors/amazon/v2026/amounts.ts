import { type AmazonMoney, type amountsIn } from '../amounts.ts';
import { type ItemAmounts } from '../order.ts';
import { type ItemV2026 } from './payload.ts';

type Breakdown = NonNullable<ItemV2026['proceeds']>['breakdowns'][number];
type Read = ReturnType<typeof amountsIn>;

/**
 * An item's money by its proceeds' breakdowns. Without a breakdown of the goods, they are the units at their price, or all that the item comes to.
 * Discounts count by their size: whether Amazon signs them is not documented.
 * @throws RangeError when an amount cannot be read exactly
 */
export function itemAmounts({ product, quantityOrdered, proceeds }: ItemV2026, amount: Read): ItemAmounts {
  const breakdowns = proceeds?.breakdowns ?? [];
  const sumOf = (type: string) =>
    totalOf(
      breakdowns.filter((one) => one.type === type).map(({ subtotal }) => subtotal),
      amount,
    );
  const tax = detailsOf('TAX', breakdowns, amount);
  const discount = detailsOf('DISCOUNT', breakdowns, amount);
  const hasGoods = breakdowns.some(({ type }) => type === 'ITEM');
  const unpriced = breakdowns.length === 0 && product.price?.unitPrice === undefined;
  const itemTax = tax.rest + tax.of('ITEM');
  const goods = unpriced ? amount(proceeds?.proceedsTotal) : quantityOrdered * amount(product.price?.unitPrice);
  return {
    goods: hasGoods ? sumOf('ITEM') : goods,
    discount: discount.rest + discount.of('ITEM'),
    tax: itemTax,
    discountTax: Math.min(tax.off, itemTax),
    shipping: sumOf('SHIPPING'),
    shippingDiscount: discount.of('SHIPPING'),
    shippingTax: tax.of('SHIPPING'),
    shippingDiscountTax: Math.max(0, tax.off - itemTax),
    giftWrap: sumOf('GIFT_WRAP') - discount.of('GIFT_WRAP'),
    giftWrapTax: tax.of('GIFT_WRAP'),
    codFee: sumOf('COD_FEE') - discount.of('COD_FEE'),
    codFeeTax: tax.of('COD_FEE'),
    other: sumOf('OTHER') - discount.of('OTHER'),
    otherTax: tax.of('OTHER'),
  };
}

const totalOf = (moneys: readonly (AmazonMoney | undefined)[], amount: Read): number =>
  moneys.reduce((sum, money) => sum + amount(money), 0);

/**
 * What a breakdown is for, by subtype; its rest is for the item. Of taxes, `off` is what falls to discounts: named as DISCOUNT, whether the
 * subtotal has it in it or not, or what the subtotal lacks.
 */
function detailsOf(type: 'TAX' | 'DISCOUNT', breakdowns: readonly Breakdown[], amount: Read) {
  const own = breakdowns.filter((one) => one.type === type);
  const details = own.flatMap(({ detailedBreakdowns }) => detailedBreakdowns);
  const of = (subtype: string) =>
    Math.abs(
      totalOf(
        details.filter((one) => one.subtype === subtype).map(({ value }) => value),
        amount,
      ),
    );
  const named = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'OTHER'].reduce((sum, subtype) => sum + of(subtype), 0);
  const rest =
    Math.abs(
      totalOf(
        own.map(({ subtotal }) => subtotal),
        amount,
      ),
    ) - named;
  const ofDiscounts = of('DISCOUNT');
  if (ofDiscounts > 0 && Math.abs(rest) === ofDiscounts) return { of, rest: 0, off: ofDiscounts };
  return { of, rest: Math.max(0, rest), off: Math.max(ofDiscounts, -rest) };
}
