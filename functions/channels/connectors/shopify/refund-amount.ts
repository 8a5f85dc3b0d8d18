import Big from 'big.js';
import { minorOf, sumOf } from '../kit/amounts.ts';
import { type MoneySet, type ShopifyRefund } from './payload.ts';

type Transaction = ShopifyRefund['transactions'][number];

/** One amount in the shop's minor units and in the buyer's. */
interface Counted {
  readonly shopMinor: number;
  readonly buyerMinor: number;
}

/** True for money that went back to the buyer, or is on its way. */
const isGiven = ({ kind, status }: Transaction): boolean =>
  (kind ?? 'refund') === 'refund' && status !== 'failure' && status !== 'error';

const setsOf = ({ refund_line_items, order_adjustments, transactions }: ShopifyRefund): MoneySet[] => [
  ...transactions.map(({ amount_set }) => amount_set),
  ...refund_line_items.map(({ subtotal_set }) => subtotal_set),
  ...order_adjustments.map(({ amount_set }) => amount_set),
];

/** The shop's currency, as a refund that came by itself tells; `undefined` where it gives no money and does not say. */
export const currencyOf = (refund: ShopifyRefund): string | undefined =>
  setsOf(refund).find((set) => set != null)?.shop_money.currency_code ??
  refund.transactions.find(({ currency }) => currency != null)?.currency ??
  undefined;

/**
 * What a refund gave back, in minor units of the shop's currency. Transactions are in the currency that the buyer paid in: where that is
 * another one, the refund's parts tell both amounts, and where they do not come to the transactions, the rate between them, or that of the
 * order's total. `undefined` where nothing tells it.
 * Source: https://shopify.dev/docs/api/admin-rest/latest/resources/refund (`in_shop_currency`)
 * @throws RangeError when an amount cannot be read exactly
 */
export function refundedMinor(refund: ShopifyRefund, currency: string, total?: MoneySet): number | undefined {
  const given = refund.transactions.filter(isGiven);
  const inShop = given.flatMap((one) => shopMinorOf(one, currency) ?? []);
  if (inShop.length === given.length) return sumOf(inShop);
  const others = given.filter((one) => shopMinorOf(one, currency) === undefined);
  const paid = sumOf(others.map(({ amount, currency: theirs }) => minorOf(amount, theirs ?? currency)));
  const parts = [partsOf(refund, true), partsOf(refund, false)];
  const exact = parts.find(({ buyerMinor }) => buyerMinor === paid);
  const rate =
    exact ?? [...parts, countedIn(total)].find(({ shopMinor, buyerMinor }) => shopMinor > 0 && buyerMinor > 0);
  return rate && sumOf(inShop) + converted(paid, rate);
}

function shopMinorOf({ amount, amount_set: set, currency: theirs }: Transaction, currency: string): number | undefined {
  if (set?.shop_money.currency_code === currency) return minorOf(set.shop_money.amount, currency);
  return theirs == null || theirs === currency ? minorOf(amount, currency) : undefined;
}

const converted = (paid: number, { shopMinor, buyerMinor }: Counted): number =>
  paid === buyerMinor ? shopMinor : new Big(paid).times(shopMinor).div(buyerMinor).round(0, Big.roundHalfUp).toNumber();

/** What a refund's lines, duties and fees come to, less its adjustments (shipping is one, below zero). Taxes may be in the prices already. */
function partsOf(refund: ShopifyRefund, addsTax: boolean): Counted {
  const {
    refund_line_items: lines,
    order_adjustments: adjustments,
    total_duties_set,
    total_additional_fees_set,
  } = refund;
  const added = [...lines.map(({ subtotal_set }) => subtotal_set), total_duties_set, total_additional_fees_set];
  const taken = adjustments.flatMap(({ amount_set, tax_amount_set }) => [amount_set, tax_amount_set]);
  const taxes = addsTax ? lines.map(({ total_tax_set }) => total_tax_set) : [];
  const [plus, minus] = [[...added, ...taxes].map(countedIn), taken.map(countedIn)];
  const of = (half: keyof Counted) => sumOf(plus.map((one) => one[half])) - sumOf(minus.map((one) => one[half]));
  return { shopMinor: of('shopMinor'), buyerMinor: of('buyerMinor') };
}

function countedIn(set: MoneySet | undefined): Counted {
  if (set == null) return { shopMinor: 0, buyerMinor: 0 };
  const { shop_money: shop, presentment_money: buyer } = set;
  const seen = buyer ?? shop;
  return { shopMinor: minorOf(shop.amount, shop.currency_code), buyerMinor: minorOf(seen.amount, seen.currency_code) };
}
