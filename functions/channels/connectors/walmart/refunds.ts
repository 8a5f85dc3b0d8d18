import { type SnapshotDraft } from '../../domain/connector.ts';
import { sumOf } from '../kit/amounts.ts';
import { clean } from '../kit/texts.ts';
import { amountIn } from './money.ts';
import { type WalmartCharge, type WalmartLine, type WalmartOrder } from './payload.ts';

type Refund = NonNullable<SnapshotDraft['refunds']>[number];

/**
 * What was refunded on shipped lines. Walmart writes the charges of a refund as negative amounts, names no units, and leaves the id out in
 * some answers: then it is the line's, of which there is one refund. One id over several lines is one refund.
 * Source: https://developer.walmart.com/us-marketplace/reference/refundorderlines
 */
export function refundsOf({ orderLines, purchaseOrderId }: WalmartOrder, currency: string): Refund[] {
  const byId = new Map<string, Refund>();
  for (const { refund, lineNumber } of orderLines.orderLine.flatMap(refundsOfLine)) {
    const charges = refund.refundCharges?.refundCharge ?? [];
    const amount = Math.abs(sumOf(charges.map(({ charge }) => refundedBy(charge, currency))));
    if (amount === 0) continue;
    const externalId = refund.refundId ?? `${purchaseOrderId}-${lineNumber}`;
    const sum = amount + (byId.get(externalId)?.amount.amount ?? 0);
    const said = [charges[0]?.refundReason, refund.refundComments].flatMap((one) => clean(one, 200) ?? []);
    const why = said.join(', ') || 'refunded at Walmart';
    byId.set(externalId, { externalId, amount: { amount: sum, currency }, reason: `line ${lineNumber}: ${why}` });
  }
  return [...byId.values()];
}

const refundsOfLine = ({ refund, lineNumber }: WalmartLine) => refund.map((one) => ({ refund: one, lineNumber }));

const refundedBy = (charge: WalmartCharge | null | undefined, currency: string): number =>
  amountIn(currency, charge?.chargeAmount) +
  sumOf((charge?.tax ?? []).map(({ taxAmount }) => amountIn(currency, taxAmount)));
