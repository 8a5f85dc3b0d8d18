import { type ChannelRefund } from '../../../../shared/contracts/channels/channel-order.ts';
import { type Money } from '../../../../shared/kernel/money.ts';
import { type Order, type Payment, type Refund } from '../../../../shared/model/orders/order.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type OwnRefunds } from './own-refunds.ts';

/** The order's payments as the channel has them now: money in the order's currency that it received since is one more. */
export function paymentsAt(order: Order, { snapshot }: OrderAtChannel): readonly Payment[] {
  const isRecorded = ({ provider, amount }: { readonly provider: string; readonly amount: Money }) =>
    provider === 'recorded' && amount.currency === order.currency;
  const recorded = (payments: readonly { readonly provider: string; readonly amount: Money }[]) =>
    payments.filter(isRecorded).reduce((sum, { amount }) => sum + amount.amount, 0);
  const more = recorded(snapshot.order.payments) - recorded(order.payments);
  if (more <= 0) return order.payments;
  const latest = snapshot.order.payments.findLast(isRecorded);
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
  /** Those of them that are not, or not wholly, money that is recorded here. */
  readonly unmatched: readonly ChannelRefund[];
}

/**
 * Books refunds that the channel made: each once, by the channel's id, against what the channel took, first payment first. One that is the
 * carrying out of a refund of ours is that refund, whatever paid for the order. What is in another currency, or beyond what was taken, is
 * booked and changes no balance: the channel has paid it, and says so.
 */
export function refundedAt(
  order: Order,
  payments: readonly Payment[],
  { refunds }: OrderAtChannel,
  own: OwnRefunds,
): Refunded {
  const linked = order.refunds.map((one) => {
    const externalId = own.links.get(one.refundId) ?? one.externalId;
    return externalId === undefined ? one : { ...one, externalId };
  });
  const known = new Set(linked.map(({ externalId }) => externalId));
  const added = refunds.filter(({ externalId }) => !known.has(externalId) && !own.externalIds.has(externalId));
  const before: Refunded = { payments, refunds: linked, added, unmatched: [] };
  return added.reduce((state, refund) => withRefund(order, state, refund, own), before);
}

function withRefund({ currency }: Order, before: Refunded, refund: ChannelRefund, own: OwnRefunds): Refunded {
  const byHand = before.refunds.find(
    (one) => !own.noticed.has(one.refundId) && isCarriedOutBy(one, refund, before.payments),
  );
  if (byHand !== undefined) {
    const linked = { ...byHand, externalId: refund.externalId };
    return { ...before, refunds: before.refunds.map((one) => (one === byHand ? linked : one)) };
  }
  let left = refund.amount.amount;
  const payments = before.payments.map((payment) => {
    if (payment.provider !== 'recorded' || refund.amount.currency !== currency) return payment;
    const taken = Math.min(left, payment.capturedMinor - payment.refundedMinor);
    left -= taken;
    return taken === 0 ? payment : { ...payment, refundedMinor: payment.refundedMinor + taken };
  });
  const unmatched = left > 0 && payments.length > 0 ? [...before.unmatched, refund] : before.unmatched;
  return { ...before, payments, refunds: [...before.refunds, bookedAs(refund, payments)], unmatched };
}

/** Money that the channel took, that a return here owes, and that somebody gave back there by hand: nobody has told the channel to. */
const isCarriedOutBy = (own: Refund, { amount }: ChannelRefund, payments: readonly Payment[]): boolean =>
  own.externalId === undefined &&
  own.state === 'succeeded' &&
  own.amount.amount === amount.amount &&
  own.amount.currency === amount.currency &&
  payments.some(({ paymentId, provider }) => paymentId === own.paymentId && provider === 'recorded');

const bookedAs = ({ externalId, amount, reason }: ChannelRefund, payments: readonly Payment[]): Refund => ({
  refundId: `channel_${externalId}`,
  paymentId: payments.find(({ provider }) => provider === 'recorded')?.paymentId ?? '',
  reason: reason ?? 'refunded at the channel',
  amount,
  state: 'succeeded',
  externalId,
  detail: 'by the channel',
});
