import Big from 'big.js';
import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { minorOf, sumOf } from '../kit/amounts.ts';
import { fineMinorOf, roundedTogether, sumOfFine } from '../kit/fine-amounts.ts';
import { type BigCommerceDocument, type BigCommerceProduct } from './payload.ts';
import { type FineCharge, type FineCost, chargesOf, shippingOf } from './costs.ts';
import { taxesAfterDiscounts } from './taxes.ts';

/** What a product of an order comes to, in minor units: before discounts and without tax, its discount, its tax. */
export interface PricedProduct {
  readonly product: BigCommerceProduct;
  readonly grossMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
}

/** A cost in minor units, without its tax, and its tax. */
export interface PricedCost {
  readonly priceMinor: number;
  readonly taxMinor: number;
}

/** What an order comes to, in minor units of the currency that its buyer pays in. */
export interface OrderMoney {
  readonly products: readonly PricedProduct[];
  readonly shipping: PricedCost;
  readonly charges: readonly (Pick<FineCharge, 'kind' | 'title'> & PricedCost)[];
  /** What BigCommerce says that the buyer owes, of which gift certificates and store credit pay a part. */
  readonly totalMinor: number;
}

/** Coupons of these types are for shipping: so much off it, and all of it. Source: Orders V2, `coupons[].type` */
const shippingCoupons = [3, 4];

/**
 * Reads every amount of an order. What a buyer pays includes the tax, so amounts with tax are what must add up: each product's after its
 * discounts (`discounted_total_inc_tax`, else by `applied_discounts`), shipping, handling, wrapping and fees, less the discounts of the order
 * (`discount_amount` and `coupon_discount`) that no product has, which come off shipping where a coupon is for it, and off the products.
 * Parts that are finer than the currency are rounded together, so that their sum is what it is.
 * @throws RangeError when an amount is no decimal, or the total finer than its currency's minor unit
 */
export function moneyOf(document: BigCommerceDocument, currency: string): OrderMoney {
  const fine: Fine = (amount) => fineMinorOf(amount, currency);
  const products = document.products.filter(({ quantity }) => quantity > 0);
  const parts = partsOf(document, products, fine, currency);
  const shipping = costed(shippingOf(document.order, fine), parts.shippingMinor);
  const charges = chargesOf(document.order, fine).map((charge, index) => ({
    ...charge,
    ...costed(charge, parts.chargesMinor[index] ?? 0),
  }));
  const taxes = taxesAfterDiscounts(document, {
    products,
    before: products.map((product) => fine(product.total_inc_tax)),
    afterMinor: parts.productsMinor,
    othersMinor: sumOf([shipping, ...charges].map(({ taxMinor }) => taxMinor)),
    fine,
  });
  return {
    products: products.map((product, index) =>
      priced(product, parts.productsMinor[index] ?? 0, taxes[index] ?? 0, exTax(product, fine)),
    ),
    shipping,
    charges: charges.filter(({ priceMinor, taxMinor }) => priceMinor + taxMinor !== 0),
    totalMinor: minorOf(document.order.total_inc_tax, currency),
  };
}

/** What each part of an order comes to with its tax and after all discounts, in minor units. */
function partsOf(document: BigCommerceDocument, products: readonly BigCommerceProduct[], fine: Fine, currency: string) {
  const { order, coupons } = document;
  const gross = products.map((product) => fine(product.total_inc_tax));
  const paid = products.map((product, index) => paidFor(product, gross[index] ?? new Big(0), fine));
  const costs = [shippingOf(order, fine), ...chargesOf(order, fine)].map(({ incTax }) => incTax);
  const rounded = roundedTogether([...paid, ...costs]);
  const named = fine(order.discount_amount).plus(fine(order.coupon_discount));
  const off = stillOff(
    named,
    sumOfFine(gross).minus(sumOfFine(paid)),
    sumOf(rounded) - minorOf(order.total_inc_tax, currency),
  );
  const [shippingMinor = 0, ...chargesMinor] = rounded.slice(paid.length);
  const offShipping = Math.max(0, Math.min(off, shippingMinor, shippingDiscount(coupons, fine)));
  return {
    productsMinor: spreadOff(rounded.slice(0, paid.length), off - offShipping),
    shippingMinor: shippingMinor - offShipping,
    chargesMinor,
  };
}

/**
 * What the order's discounts take off that no product says. They may be named without the tax that they save: so what the parts are above the
 * total is it, as far as discounts reach; where that is none or beyond them, it is what is left of their names.
 */
function stillOff(named: Big, given: Big, aboveMinor: number): number {
  if (aboveMinor >= 0 && named.gte(aboveMinor)) return aboveMinor;
  const left = named.minus(given);
  return left.lt(0) ? 0 : left.round(0, Big.roundHalfUp).toNumber();
}

type Fine = (amount: Parameters<typeof fineMinorOf>[0]) => Big;

/** What the buyer pays for a product with its tax, after every discount that BigCommerce puts on it. */
function paidFor(product: BigCommerceProduct, gross: Big, fine: Fine): Big {
  const { discounted_total_inc_tax: discounted, applied_discounts: discounts } = product;
  if (discounted != null && discounted !== '') return fine(discounted);
  return gross.minus(sumOfFine((discounts ?? []).map(({ amount }) => fine(amount))));
}

const exTax = (product: BigCommerceProduct, fine: Fine): Big =>
  product.total_ex_tax == null
    ? fine(product.total_inc_tax).minus(fine(product.total_tax))
    : fine(product.total_ex_tax);

const shippingDiscount = (coupons: BigCommerceDocument['coupons'], fine: Fine): number =>
  sumOfFine(coupons.filter(({ type }) => shippingCoupons.includes(type ?? -1)).map(({ discount }) => fine(discount)))
    .round()
    .toNumber();

/** Takes an amount off, from each by its share; never more than there is. */
function spreadOff(amounts: readonly number[], offMinor: number): number[] {
  const weights = amounts.map((amount) => Math.max(0, amount));
  const shares = allocateMinor(Math.min(offMinor, sumOf(weights)), weights);
  return amounts.map((amount, index) => amount - (shares[index] ?? 0));
}

/** A cost that comes to an amount, split into price and tax. */
function costed({ tax }: FineCost, incTaxMinor: number): PricedCost {
  const taxMinor = Math.max(0, Math.min(tax.round(0, Big.roundHalfUp).toNumber(), incTaxMinor));
  return { priceMinor: incTaxMinor - taxMinor, taxMinor };
}

/** The discount is what lies between the price without tax and what is paid without it. */
function priced(product: BigCommerceProduct, afterMinor: number, taxMinor: number, ex: Big): PricedProduct {
  const netMinor = afterMinor - taxMinor;
  const grossMinor = Math.max(netMinor, ex.round(0, Big.roundHalfUp).toNumber());
  return { product, grossMinor, discountMinor: grossMinor - netMinor, taxMinor };
}
