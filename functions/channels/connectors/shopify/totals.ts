import { allocateMinor, decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type OrderMoney, type PricedLine, lineTotal } from './money.ts';

/** How an order's parts stand to the total that Shopify charges. */
export interface Reconciled {
  readonly lines: readonly PricedLine[];
  /** What our order comes to, in minor units. */
  readonly totalMinor: number;
  /** What the total holds that our order has no field for, in words. */
  readonly note?: string;
  /** Why a person must look at it first: the parts and the total differ, and nothing in the payload says why. */
  readonly doubt?: string;
}

/**
 * Compares the parts with the total, to the minor unit. What Shopify names and we have no field for (tips, duties, fees, lines that nobody
 * ships) is noted. A rest that nothing explains is doubt: where Shopify charges less than the parts, the difference becomes a discount over
 * the lines, since the buyer owes no more; where it charges more, it is left out.
 */
export function reconcile(
  money: OrderMoney,
  lines: readonly PricedLine[],
  leftOutMinor: number,
  currency: string,
): Reconciled {
  const shipping = money.shipping === undefined ? 0 : money.shipping.priceMinor + money.shipping.taxMinor;
  const parts = lines.reduce((total, line) => total + lineTotal(line), shipping);
  const words = (amount: number): string => `${decimalFromMinor({ amount, currency })} ${currency}`;
  const extras = [
    ['lines that need no shipping', leftOutMinor],
    ['tip', money.tipMinor],
    ['duties', money.dutiesMinor],
    ['additional fees', money.feesMinor],
  ] as const;
  const named = extras.filter(([, amount]) => amount > 0);
  const explained = named.reduce((total, [, amount]) => total + amount, 0);
  const difference = money.totalMinor - parts;
  if (difference === 0) return { lines, totalMinor: parts };
  if (difference === explained) {
    return {
      lines,
      totalMinor: parts,
      note: `Shopify's total ${words(money.totalMinor)} holds besides: ${named.map(([what, amount]) => `${what} ${words(amount)}`).join(', ')}.`,
    };
  }
  const doubt = `Shopify's total is ${words(money.totalMinor)} and its parts add up to ${words(parts + explained)}: check the order at the channel, then release.`;
  return difference > 0
    ? { lines, totalMinor: parts, doubt }
    : { lines: discounted(lines, -difference), totalMinor: money.totalMinor, doubt };
}

/** @throws RangeError when the lines cost less than what is to be taken off */
function discounted(lines: readonly PricedLine[], offMinor: number): PricedLine[] {
  const nets = lines.map((line) => lineTotal(line) - line.money.taxMinor);
  if (offMinor > nets.reduce((total, net) => total + net, 0))
    throw new RangeError("the lines cost less than the parts exceed Shopify's total by");
  const shares = allocateMinor(offMinor, nets);
  return lines.map((line, index) => ({
    ...line,
    money: { ...line.money, discountMinor: line.money.discountMinor + (shares[index] ?? 0) },
  }));
}
