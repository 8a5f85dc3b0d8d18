import Big from 'big.js';
import { type SnapshotDraft } from '../../domain/connector.ts';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { moneyIn } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { readerOf } from './amounts.ts';
import { type OrderMoney } from './money.ts';
import { type AdobeOrder } from './payload.ts';
import { stateOf } from './state.ts';

type Payments = NonNullable<SnapshotDraft['order']['payments']>;

/** What the buyer has paid by now: what the store took off the total for credits, and what its invoices say was paid (`total_paid`). */
export function paymentsOf(order: AdobeOrder, { credits }: OrderMoney, currency: string): Payments {
  const of = moneyIn(currency);
  const paid = paidMinor(order, currency);
  const method = clean(order.payment?.method, 100);
  const reference = clean(order.payment?.last_trans_id ?? order.payment?.po_number, 255);
  return [
    ...credits.map(({ method: by, minor }) => ({ provider: 'recorded' as const, amount: of(minor), method: by })),
    ...(paid > 0
      ? [
          {
            provider: 'recorded' as const,
            amount: of(paid),
            ...(method !== undefined && { method }),
            ...(reference !== undefined && { reference }),
          },
        ]
      : []),
  ];
}

/** Why the order is not to go out yet: what is not paid of it. An order that waits for its payment alone says so by its state. */
export function paymentHolds(order: AdobeOrder, { totalMinor, credits }: OrderMoney, currency: string): string[] {
  const credited = credits.reduce((sum, { minor }) => sum + minor, 0);
  const dueMinor = totalMinor - credited - paidMinor(order, currency);
  if (dueMinor <= 0 || stateOf(order) !== 'open') return [];
  const due = `${decimalFromMinor({ amount: dueMinor, currency })} ${currency}`;
  const by = clean(order.payment?.method, 100) ?? 'no method';
  return [`${due} of this order is not paid at Adobe Commerce (${by}): invoice it there when it is, then release.`];
}

/** What was paid, refunded since or not; a store that does not say it says what is due. */
function paidMinor(order: AdobeOrder, currency: string): number {
  const read = readerOf(order, currency);
  const { base_total_paid: base, total_paid: paid, base_total_due: baseDue, total_due: due } = order;
  const amount =
    base != null || paid != null || (baseDue == null && due == null)
      ? read(base, paid)
      : read(order.base_grand_total, order.grand_total).minus(read(baseDue, due));
  return Math.max(0, amount.round(0, Big.roundHalfUp).toNumber());
}
