import { type SnapshotDraft } from '../../domain/connector.ts';
import { minorOf, moneyIn, sumOf } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type OnxOrder } from './payload.ts';

/** Statuses are free text in the standard; these are the ones that its reference server, its adapters and its users have. Any other is an open order. */
const stateOf: Readonly<Record<string, SnapshotDraft['state']>> = {
  draft: 'pending',
  pending: 'pending',
  pending_payment: 'pending',
  awaiting_payment: 'pending',
  on_hold: 'pending',
  hold: 'pending',
  holded: 'pending',
  payment_review: 'pending',
  failed: 'pending',
  declined: 'pending',
  shipped: 'closed',
  delivered: 'closed',
  complete: 'closed',
  completed: 'closed',
  fulfilled: 'closed',
  returned: 'closed',
  refunded: 'closed',
  archived: 'closed',
  closed: 'closed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  voided: 'cancelled',
};

const paidWords = ['paid', 'captured', 'completed', 'succeeded', 'settled'];
const spelled = (word: string | null | undefined) => (word ?? '').toLowerCase().replace(/[\s-]+/g, '_');

/** The state that a status means. */
export const orderState = (status: string | null | undefined): SnapshotDraft['state'] =>
  stateOf[spelled(status)] ?? 'open';

/**
 * What was paid, and a hold where the sender says that it was not. A payment counts unless its own status says that nothing was taken; an order
 * that is `paid` and lists none was paid whole. One that says nothing of payment is on account.
 * @throws RangeError for an amount that cannot be read exactly
 */
export function paymentsOf({ payments, paymentStatus, totalPrice }: OnxOrder, currency: string) {
  const isPaid = paidWords.includes(spelled(paymentStatus));
  const taken = (payments ?? [])
    .filter(({ status }) => status == null || paidWords.includes(spelled(status)))
    .map(({ amount, transactionId, id, method, provider }) => {
      const [reference, how] = [clean(transactionId ?? id, 255), clean(method ?? provider, 100)];
      const money = moneyIn(currency)(minorOf(amount, currency));
      return {
        provider: 'recorded' as const,
        amount: money,
        ...(reference && { reference }),
        ...(how && { method: how }),
      };
    })
    .filter(({ amount }) => amount.amount > 0);
  const whole = minorOf(totalPrice, currency);
  const all =
    taken.length === 0 && isPaid && whole > 0
      ? [{ provider: 'recorded' as const, amount: moneyIn(currency)(whole) }]
      : taken;
  const isCovered = whole > 0 && sumOf(all.map(({ amount }) => amount.amount)) >= whole;
  const status = clean(paymentStatus, 100);
  const isHeld = status !== undefined && !isPaid && !isCovered;
  return {
    payments: all.slice(0, 10),
    ...(isHeld && {
      holds: [{ reason: `The payment is "${status}" at the channel: release the order once it is paid.` }],
    }),
  };
}

/** Refunds that have an id and an amount: without an id, a repeat could not be told from a second one. */
export const refundsOf = ({ refunds }: OnxOrder, currency: string): NonNullable<SnapshotDraft['refunds']> =>
  (refunds ?? []).flatMap(({ id, externalId, transactionId, amount, reason, createdAt }) => {
    const [key, why, at] = [clean(id ?? externalId ?? transactionId, 255), clean(reason, 500), utc(createdAt)];
    const amountMinor = minorOf(amount, currency);
    if (key === undefined || amountMinor === 0) return [];
    return [
      { externalId: key, amount: moneyIn(currency)(amountMinor), ...(at && { at }), ...(why && { reason: why }) },
    ];
  });
