import { present } from '../../../../shared/kernel/present.ts';
import { type SnapshotDraft } from '../../domain/connector.ts';
import { utc } from '../kit/times.ts';
import { sumOf } from '../kit/amounts.ts';
import { amountIn } from './money.ts';
import { type EbayOrder } from './payload.ts';

type Refund = NonNullable<SnapshotDraft['refunds']>[number];

/**
 * What eBay has given back: refunds of the order, and those of its lines, which stand at the lines. A refund that is told at both is one: it has
 * one id, or at the lines none and the order's date. Its amount is the greater, as eBay takes its own fees off the other; taxes that eBay
 * gives back itself it does not say, but of an order that is refunded in full they are what is left. Refunds that are pending or failed are
 * none yet. eBay says money, not units: which goods come back it does not say.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderRefund, sel:LineItemRefund
 * @param paidMinor what the buyer paid, taxes that eBay remits included
 */
export function refundsOf(order: EbayOrder, currency: string, paidMinor: number): Refund[] {
  const ofOrder = (order.paymentSummary?.refunds ?? [])
    .filter(({ refundStatus }) => (refundStatus ?? 'REFUNDED') === 'REFUNDED')
    .map((one) => refundOf(one, currency, 'the order'));
  const ofLines = order.lineItems.flatMap(({ lineItemId, refunds }) =>
    refunds
      .filter(({ refundDate }) => refundDate != null)
      .map((one) => {
        const refund = refundOf(one, currency, `line ${lineItemId}`);
        return isNamed(one) ? refund : { ...refund, externalId: sameTime(ofOrder, refund) ?? refund.externalId };
      }),
  );
  const atLines = merged(ofLines);
  const known = new Set(ofOrder.map(({ externalId }) => externalId));
  const all = [
    ...ofOrder.map((one) => greater(one, atLines.get(one.externalId))),
    ...[...atLines.values()].filter(({ externalId }) => !known.has(externalId)),
  ].filter(({ amount }) => amount.amount > 0);
  return order.orderPaymentStatus === 'FULLY_REFUNDED' ? inFull(all, paidMinor) : all;
}

type Said =
  NonNullable<EbayOrder['paymentSummary']>['refunds'][number] | EbayOrder['lineItems'][number]['refunds'][number];

const isNamed = ({ refundId, refundReferenceId }: Said): boolean => Boolean(refundId || refundReferenceId);

const sameTime = (refunds: readonly Refund[], { at }: Refund): string | undefined =>
  refunds.find((one) => one.at !== undefined && one.at === at)?.externalId;

const greater = (one: Refund, other: Refund | undefined): Refund =>
  other !== undefined && other.amount.amount > one.amount.amount ? { ...one, amount: other.amount } : one;

function refundOf({ refundId, refundReferenceId, refundDate, amount }: Said, currency: string, of: string): Refund {
  return {
    externalId: refundId || refundReferenceId || `${of} at ${refundDate ?? 'no time'}`,
    amount: { amount: Math.abs(amountIn(currency, amount)), currency },
    reason: `refunded at eBay, ${of}`,
    ...present({ at: utc(refundDate) }),
  };
}

function merged(refunds: readonly Refund[]): ReadonlyMap<string, Refund> {
  const byId = new Map<string, Refund>();
  for (const one of refunds) {
    const first = byId.get(one.externalId);
    const sum = (first?.amount.amount ?? 0) + one.amount.amount;
    const reason = first === undefined ? one.reason : 'refunded at eBay, several lines';
    byId.set(one.externalId, { ...one, amount: { ...one.amount, amount: sum }, reason });
  }
  return byId;
}

/** The last refund of an order that is refunded in full made it so: what the others leave of the buyer's money is its. */
function inFull(refunds: readonly Refund[], paidMinor: number): Refund[] {
  const last = refunds.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '')).at(-1);
  const rest = paidMinor - sumOf(refunds.map(({ amount }) => amount.amount));
  return refunds.map((one) =>
    one === last && rest > 0 ? { ...one, amount: { ...one.amount, amount: one.amount.amount + rest } } : one,
  );
}
