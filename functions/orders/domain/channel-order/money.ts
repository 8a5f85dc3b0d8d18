import { type ChannelRefund } from '../../../../shared/contracts/channels/channel-order.ts';
import { type Order, type Payment, type Refund } from '../../../../shared/model/orders/order.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';

/** The order's payments as the channel has them now: money that it received since is one more. */
export function paymentsAt(order: Order, { snapshot }: OrderAtChannel): readonly Payment[] {
  const recorded = (payments: readonly { readonly provider: string; readonly amount: { readonly amount: number } }[]) =>
    payments.filter(({ provider }) => provider === 'recorded').reduce((sum, { amount }) => sum + amount.amount, 0);
  const more = recorded(snapshot.order.payments) - recorded(order.payments);
  if (more <= 0) return order.payments;
  const latest = snapshot.order.payments.findLast(({ provider }) => provider === 'recorded');
  const method = latest?.provider === 'recorded' ? (latest.reference ?? latest.method) : undefined;
  const payment: Payment = {
    paymentId: `pay_${order.payments.length + 1}`,
    provider: 'recorded',
    state: 'captured',
    amount: { amount: more, currency: order.currency },
    ...(method !== undefined && { method }),
    capturedMinor: more,
    refundedMinor: 0,
  };
  return [...order.payments, payment];
}

/** An order's money after refunds that its channel made. */
export interface Refunded {
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  /** Those that were not known, for what else follows from them. */
  readonly added: readonly ChannelRefund[];
}

/**
 * Books refunds that the channel made: each once, by the channel's id, against what the channel took, first payment first. What is beyond
 * what was taken is booked on the last payment's record and changes no balance: the channel has paid it, and says so.
 */
export function refundedAt(order: Order, payments: readonly Payment[], { refunds }: OrderAtChannel): Refunded {
  const known = new Set(order.refunds.map(({ externalId }) => externalId));
  const added = refunds.filter(({ externalId }) => !known.has(externalId));
  let state = { payments, refunds: order.refunds };
  for (const refund of added) state = withRefund(state, refund);
  return { ...state, added };
}

function withRefund(
  { payments, refunds }: Pick<Refunded, 'payments' | 'refunds'>,
  { externalId, amount, reason = 'refunded at the channel' }: ChannelRefund,
) {
  let left = amount.amount;
  const booked = payments.map((payment) => {
    if (payment.provider !== 'recorded') return payment;
    const taken = Math.min(left, payment.capturedMinor - payment.refundedMinor);
    left -= taken;
    return taken === 0 ? payment : { ...payment, refundedMinor: payment.refundedMinor + taken };
  });
  const paymentId = payments.find(({ provider }) => provider === 'recorded')?.paymentId ?? '';
  const refund: Refund = {
    refundId: `channel_${externalId}`,
    paymentId,
    reason,
    amount,
    state: 'succeeded',
    externalId,
    detail: 'by the channel',
  };
  return { payments: booked, refunds: [...refunds, refund] };
}
