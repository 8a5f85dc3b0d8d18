import { type Money } from '../../../../shared/kernel/money.ts';
import { type LineDraft, type OrderDraft } from '../../domain/connector.ts';
import { lineMoney, moneyIn, sumOf } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { type SquareLine, type SquareMoney, type SquareOrder } from './payload.ts';

type Charge = NonNullable<OrderDraft['charges']>[number];
/** The most parts that a line keeps; beyond, only their sum. */
const mostParts = 20;

/** Minor units of an amount; nothing is 0. Square counts in them itself. */
export const minorOf = (money: SquareMoney): number => money?.amount ?? 0;

/** The currency that an order is in; `undefined` where none of its amounts says. */
export const currencyOf = ({ total_money, line_items, return_amounts }: SquareOrder): string | undefined =>
  [total_money, return_amounts?.total_money, ...line_items.flatMap((line) => [line.total_money, line.base_price_money])]
    .map((money) => money?.currency ?? undefined)
    .find((currency) => currency !== undefined);

/**
 * A line's money. A tax that is inside the price (`INCLUSIVE`) is taken out of it, so that the line comes to exactly its `total_money`.
 * Source: https://developer.squareup.com/docs/orders-api/apply-taxes-and-discounts/how-it-works
 */
export function moneyOfLine(order: SquareOrder, line: SquareLine, units: number, currency: string) {
  const of = moneyIn(currency);
  const { grossMinor, discountMinor, taxMinor } = partsOf(order, line);
  const money = lineMoney({ quantity: units, grossMinor, discountMinor, taxMinor }, currency);
  const rounding = (money.discount?.amount ?? 0) - discountMinor;
  const discounts = [
    ...discountsOf(order, line, of),
    ...(rounding > 0 ? [{ title: 'rounding', amount: of(rounding) }] : []),
  ];
  const taxes = taxesOf(order, line, of);
  return {
    ...money,
    ...(fits(discounts, money.discount?.amount) && { discounts }),
    ...(fits(taxes, taxMinor) && { taxes }),
  };
}

/** Parts are told where they are few and add up. */
const fits = (parts: readonly { readonly amount: Money }[], sumMinor = 0): boolean =>
  parts.length > 0 && parts.length <= mostParts && sumOf(parts.map(({ amount }) => amount.amount)) === sumMinor;

/** What a line that nobody ships costs, discounts off, and its tax. */
export function costOfLine(order: SquareOrder, line: SquareLine, currency: string): Pick<Charge, 'price' | 'tax'> {
  const of = moneyIn(currency);
  const { grossMinor, discountMinor, taxMinor } = partsOf(order, line);
  return {
    price: of(grossMinor - discountMinor),
    ...(taxMinor > 0 && { tax: of(taxMinor) }),
  };
}

/**
 * Price and modifiers of all units without tax, by what the line comes to: whether `gross_sales_money` has a tax that is inside the price differs
 * by country (out of it in the US, Canada and Japan). Before Square has computed the line, the units' own price.
 * Source: https://developer.squareup.com/reference/square/objects/OrderLineItem
 */
function partsOf(order: SquareOrder, line: SquareLine) {
  const [discountMinor, taxMinor] = [minorOf(line.total_discount_money), minorOf(line.total_tax_money)];
  if (line.total_money != null)
    return { grossMinor: minorOf(line.total_money) - taxMinor + discountMinor, discountMinor, taxMinor };
  const inside = new Set(order.taxes.filter(({ type }) => type === 'INCLUSIVE').map(({ uid }) => uid));
  const insideMinor = sumOf(
    line.applied_taxes.map(({ tax_uid, applied_money }) => (inside.has(tax_uid) ? minorOf(applied_money) : 0)),
  );
  const { gross_sales_money: gross, base_price_money: price, quantity } = line;
  const grossMinor = gross == null ? minorOf(price) * Number(quantity ?? 0) : minorOf(gross);
  return { grossMinor: grossMinor - insideMinor, discountMinor, taxMinor };
}

const discountsOf = (order: SquareOrder, line: SquareLine, of: (amount: number) => Money) =>
  line.applied_discounts.flatMap(({ discount_uid, applied_money }): NonNullable<LineDraft['discounts']> => {
    const title = clean(order.discounts.find(({ uid }) => uid === discount_uid)?.name);
    const amount = minorOf(applied_money);
    return amount === 0 ? [] : [{ amount: of(amount), ...(title && { title }) }];
  });

const taxesOf = (order: SquareOrder, line: SquareLine, of: (amount: number) => Money) =>
  line.applied_taxes.flatMap(({ tax_uid, applied_money }): NonNullable<LineDraft['taxes']> => {
    const tax = order.taxes.find(({ uid }) => uid === tax_uid);
    const title = clean(tax?.name);
    const rate = /^\d{1,3}(\.\d{1,8})?$/.test(tax?.percentage ?? '') ? (tax?.percentage ?? undefined) : undefined;
    const amount = minorOf(applied_money);
    return amount === 0
      ? []
      : [{ amount: of(amount), ...(title && { title }), ...(rate !== undefined && { ratePercent: rate }) }];
  });

const isShippingName = /shipping|delivery|postage|freight/i;
type ServiceCharge = SquareOrder['service_charges'][number];

const chargeMoney = ({ total_money, total_tax_money, applied_money, amount_money }: ServiceCharge) => {
  const taxMinor = minorOf(total_tax_money);
  const priceMinor = total_money == null ? minorOf(applied_money ?? amount_money) : minorOf(total_money) - taxMinor;
  return { priceMinor, taxMinor };
};

/**
 * Service charges beside the lines. Those that are apportioned to lines are in the totals of the lines; older orders do not say which are, so the
 * order's own total decides where it can.
 */
function chargesBeside(order: SquareOrder): readonly ServiceCharge[] {
  const all = order.service_charges;
  const others = [order.total_tip_money, order.rounding_adjustment?.amount_money];
  const withoutMinor = sumOf([...order.line_items.map(({ total_money }) => total_money), ...others].map(minorOf));
  const chargesMinor = sumOf(all.map(chargeMoney).map(({ priceMinor, taxMinor }) => priceMinor + taxMinor));
  if (withoutMinor + chargesMinor === minorOf(order.total_money)) return all;
  if (withoutMinor === minorOf(order.total_money)) return [];
  return all.filter(({ treatment_type }) => treatment_type !== 'APPORTIONED_TREATMENT');
}

/** Shipping: Square has it as a service charge by name, of an order that is sent. */
export function shippingOf(order: SquareOrder, isSent: boolean, currency: string): OrderDraft['shipping'] {
  const charges = isSent ? chargesBeside(order).filter(({ name }) => isShippingName.test(name ?? '')) : [];
  if (charges.length === 0) return undefined;
  const of = moneyIn(currency);
  const amounts = charges.map(chargeMoney);
  const taxMinor = sumOf(amounts.map((one) => one.taxMinor));
  return { price: of(sumOf(amounts.map(({ priceMinor }) => priceMinor))), ...(taxMinor > 0 && { tax: of(taxMinor) }) };
}

/** Service charges that are not shipping, tips, and cash rounding, which Square only ever does upward. */
export function otherCharges(order: SquareOrder, isSent: boolean, currency: string): Charge[] {
  const of = moneyIn(currency);
  const charges = chargesBeside(order).flatMap((charge): Charge[] => {
    if (isSent && isShippingName.test(charge.name ?? '')) return [];
    const { priceMinor, taxMinor } = chargeMoney(charge);
    const title = clean(charge.name);
    const kind = charge.type === 'AUTO_GRATUITY' ? 'tip' : 'fee';
    return [{ kind, ...(title && { title }), price: of(priceMinor), ...(taxMinor > 0 && { tax: of(taxMinor) }) }];
  });
  const sums = [
    { kind: 'tip', minor: minorOf(order.total_tip_money) },
    { kind: 'rounding', minor: minorOf(order.rounding_adjustment?.amount_money) },
  ] as const;
  return [...charges, ...sums.flatMap(({ kind, minor }) => (minor === 0 ? [] : [{ kind, price: of(minor) }]))];
}
