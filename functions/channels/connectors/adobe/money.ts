import Big from 'big.js';
import { allocateMinor, minorDigits } from '../../../../shared/kernel/money.ts';
import { type Amount, minorOf } from '../kit/amounts.ts';
import { fineMinorOf, roundedTogether, sumOfFine } from '../kit/fine-amounts.ts';
import { type Reader, readerOf } from './amounts.ts';
import { type SoldItem, soldItems } from './items.ts';
import { type AdobeItem, type AdobeOrder } from './payload.ts';

/** What a sold item comes to, in minor units: before discounts and without tax, its discount, its tax. */
export interface PricedItem {
  readonly sold: SoldItem;
  readonly grossMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
}

/** A charge in minor units, without its tax, and its tax. */
export interface PricedCost {
  readonly priceMinor: number;
  readonly taxMinor: number;
}

/** What an order comes to, in minor units of the shop's currency. */
export interface OrderMoney {
  readonly items: readonly PricedItem[];
  readonly shipping: PricedCost;
  readonly wrapping: PricedCost;
  /** Fixed product taxes (for electronics, batteries, bottles). */
  readonly productTaxMinor: number;
  /** What the order is worth: what is left to pay by other means, and what was paid by the buyer's own at the store. */
  readonly totalMinor: number;
  readonly credits: readonly { readonly method: string; readonly minor: number }[];
}

/**
 * Reads every amount of an order in the shop's currency. A row comes to `row_total − discount + discount_tax_compensation + tax`, shipping
 * alike; the compensation is the tax in a discount on prices that include it. Store credit, gift cards and reward points are already off
 * `grand_total`; they are ways to pay, so they count to the total again. Parts finer than the currency are rounded together.
 * Source: Magento_Quote and Magento_Tax total collectors
 * @throws RangeError when an amount is no decimal, or the total finer than its currency's minor unit
 */
export function moneyOf(order: AdobeOrder, currency: string): OrderMoney {
  const read = readerOf(order, currency);
  const sold = soldItems(order);
  // Items of a fixed-price bundle share the price of the bundle: each price is read once.
  const priced = [...new Set(sold.map(({ item, bundle }) => bundle ?? item))];
  const nets = priced.flatMap((item) => [netOf(item, read), read(item.base_tax_amount, item.tax_amount)]);
  const { shipping, wrapping, productTax } = costsOf(order, read);
  const minor = roundedTogether([...nets, ...shipping, ...wrapping, productTax]);
  const prices = new Map(
    priced.map((item, index) => [item, priceOf(item, minor[2 * index] ?? 0, minor[2 * index + 1] ?? 0, read)]),
  );
  const [shippingMinor = 0, shippingTax = 0, wrappingMinor = 0, wrappingTax = 0, productTaxMinor = 0] = minor.slice(
    nets.length,
  );
  const credits = creditsOf(order, read);
  return {
    items: priced.flatMap((item) => shared(sold, item, prices.get(item))),
    shipping: { priceMinor: shippingMinor, taxMinor: shippingTax },
    wrapping: { priceMinor: wrappingMinor, taxMinor: wrappingTax },
    productTaxMinor,
    totalMinor:
      totalMinorOf(order.base_grand_total ?? order.grand_total, currency) +
      credits.reduce((sum, one) => sum + one.minor, 0),
    credits,
  };
}

/**
 * What a buyer pays, in minor units. Adobe Commerce counts to the hundredth whatever the currency is, so taxes bring decimals to yen and pesos,
 * which are paid rounded. Source: Magento\Framework\Pricing\PriceCurrencyInterface, DEFAULT_PRECISION
 * @throws RangeError when it is no decimal, or finer than a hundredth and its currency
 */
export function totalMinorOf(amount: Amount, currency: string): number {
  const isHundredths = fineMinorOf(amount, 'USD').mod(1).eq(0);
  return minorDigits(currency) < 2 && isHundredths ? half(fineMinorOf(amount, currency)) : minorOf(amount, currency);
}

/** What a row comes to without tax, after its discount. */
const netOf = (item: AdobeItem, read: Reader): Big =>
  read(item.base_row_total, item.row_total)
    .minus(read(item.base_discount_amount, item.discount_amount).abs())
    .plus(read(item.base_discount_tax_compensation_amount, item.discount_tax_compensation_amount));

type Price = Omit<PricedItem, 'sold'>;

/** The discount is what lies between the row's total and what is paid of it without tax. */
function priceOf(item: AdobeItem, netMinor: number, taxMinor: number, read: Reader): Price {
  const grossMinor = Math.max(netMinor, half(read(item.base_row_total, item.row_total)));
  return { grossMinor, discountMinor: grossMinor - netMinor, taxMinor };
}

const half = (amount: Big): number => amount.round(0, Big.roundHalfUp).toNumber();

/** The price of an item; that of a fixed-price bundle shared by its parts, by what they cost alone, else by their units. */
function shared(sold: readonly SoldItem[], item: AdobeItem, price?: Price): PricedItem[] {
  if (price === undefined) return [];
  const own = sold.filter((one) => (one.bundle ?? one.item) === item);
  if (own.every(({ bundle }) => bundle === undefined)) return own.map((one) => ({ sold: one, ...price }));
  const units = own.map((one) => one.item.qty_ordered ?? 0);
  const alone = own.map(
    ({ item: part }, index) => Math.round(Number(part.base_original_price ?? 0) * 100) * (units[index] ?? 0),
  );
  const weights = alone.every((weight) => Number.isSafeInteger(weight) && weight > 0) ? alone : units;
  const share = (minor: number) => allocateMinor(minor, weights);
  const [net, discount, tax] = [
    share(price.grossMinor - price.discountMinor),
    share(price.discountMinor),
    share(price.taxMinor),
  ];
  return own.map((one, index) => ({
    sold: one,
    grossMinor: (net[index] ?? 0) + (discount[index] ?? 0),
    discountMinor: discount[index] ?? 0,
    taxMinor: tax[index] ?? 0,
  }));
}

/** What an order costs besides its items; each but the last with its tax. */
function costsOf(order: AdobeOrder, read: Reader) {
  const more = order.extension_attributes ?? {};
  const compensation = read(
    order.base_shipping_discount_tax_compensation_amnt,
    order.shipping_discount_tax_compensation_amount,
  );
  return {
    shipping: [
      read(order.base_shipping_amount, order.shipping_amount)
        .minus(read(order.base_shipping_discount_amount, order.shipping_discount_amount).abs())
        .plus(compensation),
      read(order.base_shipping_tax_amount, order.shipping_tax_amount),
    ],
    wrapping: [
      sumOfFine([
        read(more.gw_base_price, more.gw_price),
        read(more.gw_items_base_price, more.gw_items_price),
        read(more.gw_card_base_price, more.gw_card_price),
      ]),
      sumOfFine([
        read(more.gw_base_tax_amount, more.gw_tax_amount),
        read(more.gw_items_base_tax_amount, more.gw_items_tax_amount),
        read(more.gw_card_base_tax_amount, more.gw_card_tax_amount),
      ]),
    ],
    productTax: sumOfFine(
      order.items.map((item) => read(item.base_weee_tax_applied_row_amnt, item.weee_tax_applied_row_amount)),
    ),
  };
}

/** What the buyer paid with at the store itself. Source: Magento_CustomerBalance, Magento_GiftCardAccount, Magento_Reward */
function creditsOf({ extension_attributes: more }: AdobeOrder, read: Reader): OrderMoney['credits'] {
  return [
    { method: 'store credit', minor: half(read(more?.base_customer_balance_amount, more?.customer_balance_amount)) },
    { method: 'gift card', minor: half(read(more?.base_gift_cards_amount, more?.gift_cards_amount)) },
    { method: 'reward points', minor: half(read(more?.base_reward_currency_amount, more?.reward_currency_amount)) },
  ].filter(({ minor }) => minor > 0);
}
