import { present } from '../../../../shared/kernel/present.ts';
import { type SnapshotDraft } from '../../domain/connector.ts';
import { utc } from '../kit/times.ts';
import { amountIn } from './money.ts';
import { type EbayOrder } from './payload.ts';

type Refund = NonNullable<SnapshotDraft['refunds']>[number];

/**
 * What eBay has given back: refunds of the order, and those of its lines, which stand at the lines. One `issueRefund` over several lines is
 * one refund, by its id. Refunds that are pending or failed are none yet. eBay says money, not units: which goods come back it does not say.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/sel:OrderRefund, sel:LineItemRefund
 */
export function refundsOf({ paymentSummary, lineItems }: EbayOrder, currency: string): Refund[] {
  const done = (paymentSummary?.refunds ?? []).filter(
    ({ refundStatus }) => (refundStatus ?? 'REFUNDED') === 'REFUNDED',
  );
  const ofOrder = done.map((one) => refundOf(one, currency, 'the order'));
  const known = new Set(ofOrder.map(({ externalId }) => externalId));
  const ofLines = lineItems
    .flatMap(({ lineItemId, refunds }) =>
      refunds
        .filter(({ refundDate }) => refundDate != null)
        .map((one) => refundOf(one, currency, `line ${lineItemId}`)),
    )
    .filter(({ externalId }) => !known.has(externalId));
  return [...ofOrder, ...merged(ofLines)].filter(({ amount }) => amount.amount > 0);
}

type Said =
  NonNullable<EbayOrder['paymentSummary']>['refunds'][number] | EbayOrder['lineItems'][number]['refunds'][number];

function refundOf({ refundId, refundReferenceId, refundDate, amount }: Said, currency: string, of: string): Refund {
  return {
    externalId: refundId ?? refundReferenceId ?? `${of} at ${refundDate ?? 'no time'}`,
    amount: { amount: Math.abs(amountIn(currency, amount)), currency },
    reason: `refunded at eBay, ${of}`,
    ...present({ at: utc(refundDate) }),
  };
}

function merged(refunds: readonly Refund[]): Refund[] {
  const byId = new Map<string, Refund>();
  for (const one of refunds) {
    const first = byId.get(one.externalId);
    const sum = (first?.amount.amount ?? 0) + one.amount.amount;
    const reason = first === undefined ? one.reason : 'refunded at eBay, several lines';
    byId.set(one.externalId, { ...one, amount: { ...one.amount, amount: sum }, reason });
  }
  return [...byId.values()];
}
