import { allocateMinor } from '../../../../shared/kernel/money.ts';
import { sumOf } from '../kit/amounts.ts';
import { fineMinorOf, roundedTogether, sumOfFine } from '../kit/fine-amounts.ts';
import { type NamedDiscount } from '../kit/discount-parts.ts';
import { type WooLine, type WooOrder } from './payload.ts';
import { plain } from './texts.ts';

/** A product line with its money in minor units: before discounts, what was taken off and for what, tax. */
export interface PricedLine {
  readonly line: WooLine;
  readonly grossMinor: number;
  readonly discounts: readonly NamedDiscount[];
  readonly taxMinor: number;
}

/** A fee of the order. */
export interface PricedFee {
  readonly id: string;
  readonly name: string | undefined;
  readonly priceMinor: number;
  readonly taxMinor: number;
}

/** What an order comes to, in minor units. */
export interface OrderMoney {
  readonly lines: readonly PricedLine[];
  readonly fees: readonly PricedFee[];
  readonly shippingMinor: number;
  readonly shippingTaxMinor: number;
  /** What the parts come to less than the total, by rounding alone. Where they come to more, it is off the lines already. */
  readonly roundingMinor: number;
  /** What the order comes to, paid by gift cards or otherwise, and how much of it by gift cards. */
  readonly totalMinor: number;
  readonly giftCardMinor: number;
}

interface Part {
  readonly netMinor: number;
  readonly taxMinor: number;
}

/**
 * Reads an order's amounts. A shop may show more decimals than its currency has: parts are rounded together, so that they come to what they
 * come to exactly, rounded. Lines are net of tax, whatever prices were entered with. A fee below zero, or a line below zero (plugins make them
 * for vouchers), is a discount over the lines.
 * @throws RangeError when an amount is no decimal
 */
export function moneyOf(order: WooOrder): OrderMoney {
  const { line_items, fee_lines, currency } = order;
  const items = [...line_items, ...fee_lines];
  const all = roundedTogether(
    [
      ...items.map(({ total }) => total),
      order.shipping_total,
      ...items.map(({ total_tax }) => total_tax),
      order.shipping_tax,
    ].map((amount) => fineMinorOf(amount, currency)),
  );
  const count = items.length;
  const parts = items.map((_, index): Part => ({ netMinor: all[index] ?? 0, taxMinor: all[count + 1 + index] ?? 0 }));
  const taxed = withOrderTax(parts, order);
  const goods = taxed.slice(0, line_items.length);
  const charged = fee_lines.map((fee, index) => ({ fee, part: taxed[line_items.length + index] ?? nothing }));
  const off = [
    ...line_items.map(({ name }, index) => ({ title: plain(name), part: goods[index] ?? nothing })),
    ...charged.map(({ fee, part }) => ({ title: plain(fee.name), part })),
  ].filter(({ part }) => part.netMinor < 0);
  const lines = line_items.flatMap((line, index) => {
    const part = goods[index] ?? nothing;
    return part.netMinor < 0 || (line.quantity === 0 && part.netMinor === 0) ? [] : [pricedLine(line, part, order)];
  });
  const [cardsMinor = 0, restMinor = 0] = totalsOf(order);
  const [shippingMinor = 0, shippingTaxMinor = 0] = [all[count], all[2 * count + 1]];
  const said = sumOf(taxed.map(({ netMinor, taxMinor }) => netMinor + taxMinor)) + shippingMinor + shippingTaxMinor;
  const rounding = roundingOf(cardsMinor + restMinor - said, items.length + 1);
  const tooMuch = rounding < 0 ? [{ title: 'rounding', part: { netMinor: rounding, taxMinor: 0 } }] : [];
  return {
    lines: withoutReductions(lines, [...off, ...tooMuch]),
    fees: charged.flatMap(({ fee, part }) =>
      part.netMinor < 0
        ? []
        : [{ id: fee.id, name: plain(fee.name), priceMinor: part.netMinor, taxMinor: Math.max(0, part.taxMinor) }],
    ),
    shippingMinor,
    shippingTaxMinor,
    roundingMinor: Math.max(0, rounding),
    totalMinor: cardsMinor + restMinor,
    giftCardMinor: cardsMinor,
  };
}

/** What gift cards paid, and what was left to pay: a shop may show it finer than its currency, and nobody pays that. */
const totalsOf = ({ gift_cards, total, currency }: WooOrder): number[] =>
  roundedTogether([
    sumOfFine(gift_cards.map(({ amount }) => fineMinorOf(amount, currency))),
    fineMinorOf(total, currency),
  ]);

/** What rounding each of some parts can make: a minor unit a part, at most. What is more is none, and stays to be seen. */
const roundingOf = (differenceMinor: number, parts: number): number =>
  Math.abs(differenceMinor) <= parts ? differenceMinor : 0;

const nothing: Part = { netMinor: 0, taxMinor: 0 };

/**
 * A shop that rounds tax once for the order shows lines whose taxes differ from the order's by as much as rounding makes: then the order's tax is
 * shared by what the lines show. A greater difference is no rounding and stays.
 */
function withOrderTax(parts: readonly Part[], { cart_tax, currency }: WooOrder): readonly Part[] {
  if (cart_tax == null || cart_tax === '') return parts;
  const [orderTax = 0] = roundedTogether([fineMinorOf(cart_tax, currency)]);
  const above = parts.map(({ taxMinor }) => Math.max(0, taxMinor));
  const below = sumOf(parts.map(({ taxMinor }) => Math.min(0, taxMinor)));
  const difference = orderTax - below - sumOf(above);
  if (difference === 0 || sumOf(above) === 0 || Math.abs(difference) > parts.length) return parts;
  const shared = allocateMinor(orderTax - below, above);
  return parts.map((part, index) => (part.taxMinor < 0 ? part : { ...part, taxMinor: shared[index] ?? 0 }));
}

/** What coupons took off is the line's own difference; which of several took what, nobody says. */
function pricedLine(line: WooLine, { netMinor, taxMinor }: Part, { currency, coupon_lines }: WooOrder): PricedLine {
  const [subtotalMinor = 0] = roundedTogether([fineMinorOf(line.subtotal ?? line.total, currency)]);
  const grossMinor = Math.max(subtotalMinor, netMinor);
  const codes = coupon_lines.flatMap(({ code }) => code ?? []);
  const named =
    codes.length === 1
      ? { title: 'coupon', code: codes[0] }
      : { title: codes.length > 1 ? `coupons ${codes.join(', ')}` : 'discount' };
  const minor = grossMinor - netMinor;
  return { line, grossMinor, discounts: minor > 0 ? [{ ...named, minor }] : [], taxMinor: Math.max(0, taxMinor) };
}

/** What a whole line comes to without tax. */
export const netOf = ({ grossMinor, discounts }: PricedLine): number =>
  grossMinor - sumOf(discounts.map(({ minor }) => minor));

/** Takes reductions off the lines, as far as they reach. */
function withoutReductions(
  lines: readonly PricedLine[],
  off: readonly { readonly title: string | undefined; readonly part: Part }[],
): readonly PricedLine[] {
  return off.reduce<readonly PricedLine[]>((present, { title, part }) => {
    const nets = present.map(netOf);
    const taxes = present.map(({ taxMinor }) => taxMinor);
    const shares = allocateMinor(Math.min(-part.netMinor, sumOf(nets)), nets);
    const taxShares = allocateMinor(Math.min(Math.max(0, -part.taxMinor), sumOf(taxes)), taxes);
    return present.map((line, index) => ({
      ...line,
      discounts: [...line.discounts, { title: title ?? 'discount', minor: shares[index] ?? 0 }],
      taxMinor: line.taxMinor - (taxShares[index] ?? 0),
    }));
  }, lines);
}
