import { type Money, allocateMinor, decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type LineDraft, type OrderDraft } from '../../domain/connector.ts';
import { type Amount, lineMoney, minorOf, moneyIn, sumOf } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { type MoneySet, type ShopifyLine, type ShopifyOrder, type ShopifyTax } from './payload.ts';

/** Reads amounts of an order in the shop's currency, in minor units. Throws RangeError when one cannot be read exactly. */
export type Reader = (plain: Amount, set?: MoneySet) => number;

/** The reader of an order: a `_set` beside an amount says the currency, so it counts first. */
export const readerOf =
  (currency: string): Reader =>
  (plain, set) =>
    minorOf(set?.shop_money.currency_code === currency ? set.shop_money.amount : plain, currency);

type Part = NonNullable<LineDraft['discounts']>[number];
type TaxPart = NonNullable<LineDraft['taxes']>[number];
type Discounted = Pick<ShopifyLine, 'discount_allocations'>;
/** The most parts that a line keeps; beyond, only their sum. */
const mostParts = 20;

/** What Shopify charges for something, in minor units: as it is priced (with or without the tax in it), discounts and taxes by parts. */
interface Priced {
  readonly grossMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly discounts: readonly Part[];
  readonly taxes: readonly TaxPart[];
}

/**
 * A line's money: where prices include the tax, the unit price becomes net of it, rounded up, and the rounding (less than a minor unit a
 * piece) is discount, so that the line comes to exactly what Shopify charges.
 */
export function moneyOfLine(order: ShopifyOrder, line: ShopifyLine, taxLines: readonly ShopifyTax[] = line.tax_lines) {
  const { currency } = order;
  const { grossMinor, discountMinor, taxMinor, discounts, taxes } = pricedLine(order, line, taxLines);
  const net = { quantity: line.quantity, grossMinor: grossMinor - inside(order, taxMinor), discountMinor, taxMinor };
  const money = lineMoney(net, currency);
  const rounding = (money.discount?.amount ?? 0) - discountMinor;
  const parts = rounding > 0 ? [...discounts, { title: 'rounding', amount: moneyIn(currency)(rounding) }] : discounts;
  return {
    ...money,
    ...(parts.length > 0 && parts.length <= mostParts && { discounts: [...parts] }),
    ...(taxes.length > 0 && taxes.length <= mostParts && { taxes: [...taxes] }),
  };
}

/** What a line that nobody ships costs, discounts off, and its tax. */
export function costOfLine(order: ShopifyOrder, line: ShopifyLine, taxLines: readonly ShopifyTax[] = line.tax_lines) {
  const { grossMinor, discountMinor, taxMinor } = pricedLine(order, line, taxLines);
  const of = moneyIn(order.currency);
  return {
    price: of(grossMinor - discountMinor - inside(order, taxMinor)),
    ...(taxMinor > 0 && { tax: of(taxMinor) }),
  };
}

/** Shipping, net of its discounts: all lines of it that are still there. `undefined` without any. */
export function shippingOf(order: ShopifyOrder): OrderDraft['shipping'] {
  const minor = readerOf(order.currency);
  const of = moneyIn(order.currency);
  const lines = order.shipping_lines.filter(({ is_removed }) => is_removed !== true);
  if (lines.length === 0) return undefined;
  const priceMinor = sumOf(
    lines.map((line) =>
      line.discount_allocations == null && line.discounted_price != null
        ? minor(line.discounted_price)
        : minor(line.price, line.price_set) - discountOf(line, minor),
    ),
  );
  const taxMinor = sumOf(lines.flatMap(({ tax_lines }) => tax_lines.map((tax) => minor(tax.price, tax.price_set))));
  return { price: of(priceMinor - inside(order, taxMinor)), ...(taxMinor > 0 && { tax: of(taxMinor) }) };
}

/**
 * The taxes of each line. An order whose taxes stand at the order alone has them split over its taxable lines, as Shopify does when such an
 * order is created: https://shopify.dev/docs/api/admin-rest/latest/resources/order#post-orders
 */
export function taxesByLine(order: ShopifyOrder): readonly (readonly ShopifyTax[])[] {
  const { line_items: lines, shipping_lines, tax_lines: ofOrder, currency } = order;
  const own = lines.map(({ tax_lines }) => tax_lines);
  const isSaidByLine = [...lines, ...shipping_lines].some(({ tax_lines }) => tax_lines.length > 0);
  if (isSaidByLine || ofOrder.length === 0) return own;
  const minor = readerOf(currency);
  const nets = lines.map((line) =>
    line.taxable === false
      ? 0
      : Math.max(0, line.quantity * minor(line.price, line.price_set) - discountOf(line, minor)),
  );
  const shares = ofOrder.map((tax) => ({ tax, parts: allocateMinor(minor(tax.price, tax.price_set), nets) }));
  return lines.map((_, index) =>
    shares.map(({ tax, parts }) => ({
      ...tax,
      price_set: null,
      price: decimalFromMinor({ amount: parts[index] ?? 0, currency }),
    })),
  );
}

/** @throws RangeError where the channel's amounts are none */
function pricedLine(order: ShopifyOrder, line: ShopifyLine, taxLines: readonly ShopifyTax[]): Priced {
  const minor = readerOf(order.currency);
  const of = moneyIn(order.currency);
  const taxes = taxLines.flatMap((tax) => taxPart(tax, of(minor(tax.price, tax.price_set))));
  return {
    grossMinor: line.quantity * minor(line.price, line.price_set),
    discountMinor: discountOf(line, minor) || unallocated(line, minor),
    taxMinor: sumOf(taxes.map(({ amount }) => amount.amount)),
    discounts: (line.discount_allocations ?? []).flatMap((one) => {
      const application = order.discount_applications[one.discount_application_index ?? -1];
      const amount = of(minor(one.amount, one.amount_set));
      const title = clean(application?.title ?? application?.description);
      const code = clean(application?.code, 100);
      return amount.amount === 0 ? [] : [{ amount, ...(title && { title }), ...(code && { code }) }];
    }),
    taxes,
  };
}

const discountOf = ({ discount_allocations }: Discounted, minor: Reader): number =>
  sumOf((discount_allocations ?? []).map((one) => minor(one.amount, one.amount_set)));

/** Before allocations were there, a line said its own discount. */
const unallocated = ({ discount_allocations, total_discount }: ShopifyLine, minor: Reader): number =>
  discount_allocations == null ? minor(total_discount) : 0;

const inside = ({ taxes_included }: ShopifyOrder, taxMinor: number): number => (taxes_included === true ? taxMinor : 0);

function taxPart({ title, rate, channel_liable }: ShopifyTax, amount: Money): TaxPart[] {
  if (amount.amount === 0) return [];
  const ratePercent = rate == null || rate < 0 || rate >= 10 ? undefined : String(Number((rate * 100).toFixed(6)));
  const name = clean(title);
  return [
    {
      amount,
      ...(name && { title: name }),
      ...(ratePercent !== undefined && { ratePercent }),
      ...(channel_liable === true && { remittedByChannel: true }),
    },
  ];
}
