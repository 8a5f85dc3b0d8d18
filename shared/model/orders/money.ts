import { type Order, type OrderLine, countIn, lineTotalMinor } from './order.ts';
import { totalUnits } from './units.ts';

type PricedLine = Pick<OrderLine, 'quantity' | 'unitPriceMinor' | 'discountMinor' | 'taxMinor'>;

/**
 * What the first `units` units of a line cost, in minor units: the line's total times units by quantity, rounded half up.
 * Rounding is cumulative: `share(k + n) − share(k)` is the price of n more units after k, so that any parts add up to the whole
 * exactly. Capture, cancellation and returns all use this one rule.
 * @throws RangeError when there are not that many units
 */
export function lineShareMinor(line: PricedLine, units: number): number {
  if (!Number.isSafeInteger(units) || units < 0 || units > line.quantity) {
    throw new RangeError(`a line of ${line.quantity} has no share for ${units} units`);
  }
  if (line.quantity === 0) return 0;
  const [total, quantity] = [BigInt(lineTotalMinor(line)), BigInt(line.quantity)];
  return Number((2n * total * BigInt(units) + quantity) / (2n * quantity));
}

/**
 * What is to be paid for an order, in minor units: each line's share of the units that were not cancelled, and shipping and
 * charges unless everything was cancelled. Units that came back count: they are paid and then refunded.
 */
export function payableMinor(order: Pick<Order, 'lines' | 'shippingMinor' | 'shippingTaxMinor' | 'charges'>): number {
  const ordered = order.lines.reduce((sum, { units }) => sum + totalUnits(units), 0);
  if (ordered === countIn(order, 'cancelled')) return 0;
  return order.lines.reduce(
    (sum, line) => sum + lineShareMinor(line, line.quantity - line.units.cancelled),
    order.shippingMinor + order.shippingTaxMinor + chargesMinor(order),
  );
}

/** What an order costs besides goods and shipping, taxes included, in minor units. */
export const chargesMinor = ({ charges = [] }: Pick<Order, 'charges'>): number =>
  charges.reduce((sum, { price, tax }) => sum + price.amount + (tax?.amount ?? 0), 0);
