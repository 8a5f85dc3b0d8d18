import { type OrderDraft } from '../../domain/connector.ts';
import { type Amount, minorOf, sumOf } from '../kit/amounts.ts';
import { type WalmartCharge, type WalmartLine, type WalmartOrder } from './payload.ts';

/** An amount with what it was for, in minor units. */
export interface Part {
  readonly title: string;
  readonly minor: number;
}

/** What a line comes to, all its units together, and what Walmart charges with it for other things than goods. */
export interface PricedLine {
  readonly grossMinor: number;
  readonly discounts: readonly Part[];
  readonly taxes: readonly Part[];
  readonly shippingMinor: number;
  readonly shippingTaxMinor: number;
  readonly others: readonly (Part & { readonly kind: ChargeKind; readonly taxMinor: number })[];
  /** The sum of everything that Walmart lists, as it lists it. */
  readonly saidMinor: number;
}

type ChargeKind = NonNullable<OrderDraft['charges']>[number]['kind'];

/** The currency of an order: that of its first charge. */
export const currencyOf = ({ orderLines, orderSummary }: WalmartOrder): string =>
  orderLines.orderLine
    .flatMap(({ charges }) => charges?.charge ?? [])
    .map(({ chargeAmount }) => chargeAmount?.currency)
    .find((currency) => currency != null) ??
  orderSummary?.totalAmount.currency ??
  '';

/** Walmart's numbers are binary fractions that it adds up: what is beyond the sixth decimal (19.990000000000002) is none of the amount. */
export const exactly = (amount: Amount): Amount => (typeof amount === 'number' ? amount.toFixed(6) : amount);

/** An amount in the order's currency. @throws RangeError when it is in another one, or not exact */
export function amountIn(
  currency: string,
  money: { currency?: string | null | undefined; amount?: string | number | null | undefined } | null | undefined,
): number {
  if (money?.currency != null && money.currency !== currency)
    throw new RangeError(`${String(money.amount)} ${money.currency} stands where ${currency} is expected`);
  return minorOf(exactly(money?.amount), currency);
}

const isDiscount = ({ chargeType, chargeName, isDiscount }: WalmartCharge): boolean =>
  isDiscount === true || chargeType?.toUpperCase() === 'DISCOUNT' || /discount|incentive/i.test(chargeName ?? '');

const isShipping = ({ chargeType, chargeName }: WalmartCharge): boolean =>
  chargeType?.toUpperCase() === 'SHIPPING' ||
  (chargeType?.toUpperCase() === 'DISCOUNT' && /ship/i.test(chargeName ?? ''));

/**
 * The charges of a line: PRODUCT is its goods, SHIPPING its freight, a discount lowers either, and anything else (a recycling fee) is a charge
 * of its own. Every charge may carry a tax.
 * Source: https://developer.walmart.com/us-marketplace/docs/order-management-api-overview (charge types)
 * @throws RangeError for an amount that is not exact
 */
export function pricedLine({ charges }: WalmartLine, currency: string): PricedLine {
  const all = (charges?.charge ?? []).map((charge) => readCharge(charge, currency));
  const of = (is: 'goods' | 'shipping' | 'other') => all.filter((one) => one.is === is);
  const goods = of('goods');
  return {
    grossMinor: sumOf(goods.filter(({ minor }) => minor >= 0).map(({ minor }) => minor)),
    discounts: goods.filter(({ minor }) => minor < 0).map(({ title, minor }) => ({ title, minor: -minor })),
    taxes: netted(goods.flatMap(({ taxes }) => taxes)),
    shippingMinor: sumOf(of('shipping').map(({ minor }) => minor)),
    shippingTaxMinor: sumOf(of('shipping').map(({ taxMinor }) => taxMinor)),
    others: of('other').map(({ title, minor, taxMinor, kind }) => ({ title, minor, taxMinor, kind })),
    saidMinor: sumOf(all.map(({ minor, taxMinor }) => minor + taxMinor)),
  };
}

/** Taxes by name, those on discounts taken off: of one whose own tax is less than that, all of them together. */
function netted(taxes: readonly Part[]): readonly Part[] {
  const byTitle = [...Map.groupBy(taxes, ({ title }) => title)].map(([title, of]) => ({
    title,
    minor: sumOf(of.map(({ minor }) => minor)),
  }));
  const isPlain = byTitle.every(({ minor }) => minor >= 0);
  return (isPlain ? byTitle : [{ title: 'Tax', minor: sumOf(byTitle.map(({ minor }) => minor)) }]).filter(
    ({ minor }) => minor !== 0,
  );
}

function readCharge(charge: WalmartCharge, currency: string) {
  const amount = amountIn(currency, charge.chargeAmount);
  const taxes = charge.tax
    .map(({ taxName, taxAmount }) => ({ title: taxName ?? 'Tax', minor: amountIn(currency, taxAmount) }))
    .filter(({ minor }) => minor !== 0);
  const type = charge.chargeType?.toUpperCase() ?? 'PRODUCT';
  return {
    is: isShipping(charge)
      ? ('shipping' as const)
      : type === 'PRODUCT' || isDiscount(charge)
        ? ('goods' as const)
        : ('other' as const),
    kind: kindOf(`${type} ${charge.chargeName ?? ''}`),
    title: charge.chargeName ?? type,
    minor: isDiscount(charge) ? -Math.abs(amount) : amount,
    taxes,
    taxMinor: sumOf(taxes.map(({ minor }) => minor)),
  };
}

const kindOf = (name: string): ChargeKind =>
  /gift.?wrap/i.test(name)
    ? 'gift-wrap'
    : /handling/i.test(name)
      ? 'handling'
      : /dut(y|ies)/i.test(name)
        ? 'duty'
        : 'fee';

/** What Walmart says that the buyer pays: the order's summary where it has one, else the sum of its charges and taxes. */
export function saidTotal({ orderSummary }: WalmartOrder, lines: readonly PricedLine[], currency: string): number {
  const total = orderSummary?.totalAmount;
  return total?.amount == null ? sumOf(lines.map(({ saidMinor }) => saidMinor)) : amountIn(currency, total);
}
