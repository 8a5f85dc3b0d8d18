import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { type LineDraft, type OrderDraft } from '../../domain/connector.ts';
import { minorOf, moneyIn, sumOf } from '../kit/amounts.ts';
import { type ItemGroup, lineOf, netOf, statedTax } from './lines.ts';
import { type TiktokOrder } from './payload.ts';

type Charges = NonNullable<OrderDraft['charges']>;

/** What an order comes to in our form. */
export interface OrderMoney {
  readonly lines: readonly LineDraft[];
  readonly shipping: NonNullable<OrderDraft['shipping']>;
  readonly charges: Charges;
  readonly totalMinor: number;
}

/**
 * Fees that buyers pay in some markets. The documented total is the goods, shipping, taxes and the US retail delivery fee; of the others nobody
 * says whether they are in it.
 */
const fees = [
  ['buyer_service_fee', 'fee', 'buyer service fee'],
  ['small_order_fee', 'fee', 'small order fee'],
  ['handling_fee', 'handling', 'handling fee'],
  ['shipping_insurance_fee', 'fee', 'shipping insurance'],
  ['item_insurance_fee', 'fee', 'item insurance'],
  ['item_insurance_tax', 'fee', 'item insurance tax'],
  ['distance_shipping_fee', 'fee', 'distance shipping fee'],
  ['payment_discount_service_fee', 'fee', 'payment discount service fee'],
] as const;

/**
 * Reads every amount of an order. Platform and seller discounts are the line's, shipping is what the buyer pays for it, taxes are added on top
 * where TikTok adds them (the US, cross-border); elsewhere prices have them inside, and where they are named all the same the total shows it.
 * @throws RangeError when an amount cannot be read exactly
 */
export function moneyOf({ payment, line_items }: TiktokOrder, groups: readonly ItemGroup[]): OrderMoney {
  const { currency } = payment;
  const minor = (amount: string | number | null | undefined): number => minorOf(amount, currency);
  const of = moneyIn(currency);
  const shippingTax = minor(payment.shipping_fee_tax);
  const taxes = taxesOf(groups, payment, currency);
  const taxMinor = sumOf(taxes) + shippingTax;
  const nets = groups.map((group) => netOf(group, currency));
  const certain = certainCharges(payment, line_items, currency);
  const base = sumOf([...nets, ...taxes, minor(payment.shipping_fee), shippingTax, ...certain.map(amountOf)]);
  const extra = fees.flatMap(([name, kind, title]) =>
    minor(payment[name]) > 0 ? [{ kind, title, price: of(minor(payment[name])) }] : [],
  );
  const totalMinor = minor(payment.total_amount);
  const inTotal = inTheTotal(
    {
      base,
      taxMinor,
      feesMinor: sumOf(extra.map(amountOf)),
      payDiscountMinor: minor(payment.payment_platform_discount),
    },
    totalMinor,
  );
  const shippingMinor = minor(payment.shipping_fee) - (inTotal.taxWithin ? shippingTax : 0);
  const discounts = allocateMinor(inTotal.payDiscountMinor, nets);
  return {
    lines: groups.map((group, index) =>
      lineOf(group, currency, {
        taxMinor: taxes[index] ?? 0,
        payDiscountMinor: discounts[index] ?? 0,
        taxWithin: inTotal.taxWithin,
      }),
    ),
    shipping: { price: of(shippingMinor), ...(shippingTax > 0 && { tax: of(shippingTax) }) },
    charges: [...certain, ...(inTotal.fees ? extra : [])],
    totalMinor,
  };
}

const amountOf = ({ price }: Charges[number]): number => price.amount;

/**
 * The tax of each line: as its line items say it where they do; where TikTok names a tax on the goods and no line item does, shared by what the
 * lines cost.
 */
function taxesOf(groups: readonly ItemGroup[], payment: TiktokOrder['payment'], currency: string): readonly number[] {
  const stated = groups.map((group) => statedTax(group, currency));
  if (sumOf(stated) > 0 || groups.length === 0) return stated;
  const all = minorOf(payment.tax, currency) - minorOf(payment.shipping_fee_tax, currency);
  const ofGoods = payment.product_tax == null ? all : minorOf(payment.product_tax, currency);
  const nets = groups.map((group) => netOf(group, currency));
  return ofGoods > 0 ? allocateMinor(ofGoods, nets) : stated;
}

/** What is documented to be in the total besides goods, shipping and tax; and bottle deposits, which a line item names. */
function certainCharges(payment: TiktokOrder['payment'], items: TiktokOrder['line_items'], currency: string): Charges {
  const of = moneyIn(currency);
  const delivery = minorOf(payment.retail_delivery_fee, currency);
  const deposit = sumOf(items.map(({ pfand_fee }) => minorOf(pfand_fee, currency)));
  return [
    ...(delivery > 0 ? [{ kind: 'fee' as const, title: 'retail delivery fee', price: of(delivery) }] : []),
    ...(deposit > 0 ? [{ kind: 'fee' as const, title: 'bottle deposit', price: of(deposit) }] : []),
  ];
}

interface Parts {
  /** Goods, shipping, and everything that is added to them for certain; their taxes too. */
  readonly base: number;
  readonly taxMinor: number;
  readonly feesMinor: number;
  readonly payDiscountMinor: number;
}

/**
 * Whether the total has the other fees in it, what a payment provider took off, and whether prices hold their taxes: told by the total itself;
 * in doubt the buyer pays the fees, and the taxes on top.
 */
function inTheTotal({ base, taxMinor, feesMinor, payDiscountMinor }: Parts, totalMinor: number) {
  const readings = [false, true].flatMap((taxWithin) =>
    [true, false].flatMap((fees) => [
      { taxWithin, fees, payDiscountMinor },
      { taxWithin, fees, payDiscountMinor: 0 },
    ]),
  );
  const comesTo = (one: (typeof readings)[number]): number =>
    base - (one.taxWithin ? taxMinor : 0) + (one.fees ? feesMinor : 0) - one.payDiscountMinor;
  return readings.find((one) => comesTo(one) === totalMinor) ?? { taxWithin: false, fees: true, payDiscountMinor: 0 };
}
