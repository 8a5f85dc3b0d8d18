import { chargesMinor } from '../../../../shared/model/orders/money.ts';
import { type OrderDraft } from '../../domain/connector.ts';
import { moneyIn, sumOf } from './amounts.ts';

type Priced = Pick<OrderDraft, 'currency' | 'lines' | 'charges' | 'shipping'>;

/** What an order comes to by its parts, in minor units. */
export const partsMinor = ({ lines, charges, shipping }: Priced): number =>
  sumOf(
    lines.map((line) => line.quantity * line.unitPrice.amount - (line.discount?.amount ?? 0) + (line.tax?.amount ?? 0)),
  ) +
  (shipping?.price.amount ?? 0) +
  (shipping?.tax?.amount ?? 0) +
  chargesMinor(charges === undefined ? {} : { charges });

/**
 * The payment of an order that is shipped before it is paid: its money is the channel's affair, which owes it by invoice. It is recorded like money
 * that a channel took, so that the goods may go.
 * @param terms what was agreed, in the channel's words: `net 30 days`
 */
export function onAccount(order: Priced, terms: string | undefined): OrderDraft['payments'] {
  const amount = partsMinor(order);
  const method = `on account${terms === undefined ? '' : `: ${terms}`}`.slice(0, 100);
  return amount === 0 ? [] : [{ provider: 'recorded', amount: moneyIn(order.currency)(amount), method }];
}
