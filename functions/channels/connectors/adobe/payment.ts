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

/** Payment methods whose orders are invoiced after the goods went; see `needs.onAccount`. */
export type OnAccount = readonly string[];

/**
 * What the buyer has paid by now: what the store took off the total for credits, and what its invoices say was paid (`total_paid`). What is owed
 * on account is recorded like money that the store took, so that the goods may go.
 */
export function paymentsOf(order: AdobeOrder, money: OrderMoney, currency: string, accounts: OnAccount): Payments {
  const { credits } = money;
  const of = moneyIn(currency);
  const paid = paidMinor(order, currency);
  const owed = isOnAccount(order, accounts) ? dueMinor(order, money, currency) : 0;
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
    ...(owed > 0
      ? [
          {
            provider: 'recorded' as const,
            amount: of(owed),
            method: `on account: ${method ?? ''}`.slice(0, 100),
            ...(reference !== undefined && { reference }),
          },
        ]
      : []),
  ];
}

/** Nobody owes anything for an order that was cancelled, or is not confirmed yet. */
const isOnAccount = (order: AdobeOrder, accounts: OnAccount): boolean =>
  accounts.includes(order.payment?.method ?? '') && ['open', 'closed'].includes(stateOf(order));

function dueMinor(order: AdobeOrder, { totalMinor, credits }: OrderMoney, currency: string): number {
  return totalMinor - credits.reduce((sum, { minor }) => sum + minor, 0) - paidMinor(order, currency);
}

/** Why the order is not to go out yet: what is not paid of it. An order that waits for its payment alone says so by its state. */
export function paymentHolds(order: AdobeOrder, money: OrderMoney, currency: string, accounts: OnAccount): string[] {
  const minor = dueMinor(order, money, currency);
  if (minor <= 0 || stateOf(order) !== 'open' || isOnAccount(order, accounts)) return [];
  const due = `${decimalFromMinor({ amount: minor, currency })} ${currency}`;
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
