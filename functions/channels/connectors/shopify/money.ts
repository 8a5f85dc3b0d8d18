import { minorFromDecimal } from '../../../../shared/kernel/money.ts';
import { type MoneySet, type ShopifyLine, type ShopifyOrder } from './payload.ts';

/** What one line comes to in our form, in minor units of the shop's currency; taxes are never inside the price. */
export interface LineMoney {
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
}

/** A line as Shopify sent it, with what it comes to. */
export interface PricedLine {
  readonly line: ShopifyLine;
  readonly quantity: number;
  readonly money: LineMoney;
}

/** What a whole order comes to, in minor units of the shop's currency. */
export interface OrderMoney {
  readonly lines: readonly PricedLine[];
  readonly shipping?: { readonly priceMinor: number; readonly taxMinor: number };
  /** What Shopify says the buyer owes altogether. */
  readonly totalMinor: number;
  readonly outstandingMinor: number;
  readonly tipMinor: number;
  readonly dutiesMinor: number;
  readonly feesMinor: number;
}

interface Priced {
  readonly price: string;
  readonly price_set?: MoneySet;
  readonly discount_allocations: readonly { readonly amount: string; readonly amount_set?: MoneySet }[];
  readonly tax_lines: readonly { readonly price: string; readonly price_set?: MoneySet }[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/**
 * Reads every amount of an order in the shop's currency.
 * @throws RangeError when an amount is no decimal, or finer than its currency's minor unit
 */
export function moneyOf(order: ShopifyOrder): OrderMoney {
  const { currency, taxes_included: included } = order;
  const minor = (plain: string | null | undefined, set?: MoneySet): number =>
    minorFromDecimal(set?.shop_money.currency_code === currency ? set.shop_money.amount : (plain ?? '0'), currency);
  const parts = (priced: Priced) => ({
    price: minor(priced.price, priced.price_set),
    discount: sum(priced.discount_allocations.map((one) => minor(one.amount, one.amount_set))),
    tax: sum(priced.tax_lines.map((one) => minor(one.price, one.price_set))),
  });
  const shipping = order.shipping_lines.filter(({ is_removed }) => is_removed !== true).map(parts);
  const shippingTax = sum(shipping.map(({ tax }) => tax));
  const shippingPrice = sum(shipping.map(({ price, discount }) => price - discount)) - (included ? shippingTax : 0);
  const totalMinor = minor(order.total_price, order.total_price_set);
  return {
    lines: order.line_items.map((line) => ({
      line,
      quantity: line.quantity,
      money: lineMoney(line.quantity, parts(line), included),
    })),
    ...(shipping.length > 0 && { shipping: { priceMinor: shippingPrice, taxMinor: shippingTax } }),
    totalMinor,
    outstandingMinor: order.total_outstanding == null ? totalMinor : minor(order.total_outstanding),
    tipMinor: minor(order.total_tip_received),
    dutiesMinor: minor(undefined, order.original_total_duties_set),
    feesMinor: minor(undefined, order.original_total_additional_fees_set),
  };
}

/**
 * Where the price includes the tax, the unit price becomes net of it, rounded up to a whole minor unit; what the rounding added to the line
 * (less than a minor unit per piece) goes into its discount, so that the line comes to exactly what Shopify charges for it.
 */
export function lineMoney(
  quantity: number,
  { price, discount, tax }: { price: number; discount: number; tax: number },
  included: boolean,
): LineMoney {
  if (!included) return { unitPriceMinor: price, discountMinor: discount, taxMinor: tax };
  const net = quantity * price - discount - tax;
  const unitPriceMinor = Math.ceil((quantity * price - tax) / quantity);
  return { unitPriceMinor, discountMinor: quantity * unitPriceMinor - net, taxMinor: tax };
}

/** What a line comes to altogether, in minor units. */
export const lineTotal = ({ quantity, money }: Pick<PricedLine, 'quantity' | 'money'>): number =>
  quantity * money.unitPriceMinor - money.discountMinor + money.taxMinor;
