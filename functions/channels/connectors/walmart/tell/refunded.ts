import { decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { callWalmart } from '../api.ts';
import { isTaken, notTaken } from '../errors.ts';
import { type WalmartOrder } from '../payload.ts';
import { orderNow } from './order-now.ts';
import { type RefundPart, refundParts } from '../../kit/refund-parts.ts';

/**
 * Gives a buyer money back for lines that were shipped: Walmart holds the money. Each refund carries our id in its comments, by which it is
 * found again after a try that nobody knows the end of. Source: https://developer.walmart.com/us-marketplace/reference/refundorderlines
 */
export const refunded: Tell<'refunded'> = async (notice, connection) => {
  const { externalId, facts } = notice;
  if (notice.tries > 0) {
    const order = await orderNow(externalId, connection);
    if (!order.ok) return order;
    if (isRefunded(order.value, facts.refundId)) return ok({});
  }
  const parts = refundParts(notice);
  if (parts.length === 0)
    return refuse(
      'invalid-request',
      `Refund ${facts.refundId} of order ${externalId} names no line, and Walmart refunds lines. Refund it in Seller Center.`,
    );
  const path = `/v3/orders/${encodeURIComponent(externalId)}/refund`;
  const body = refundOf(notice, parts);
  const answer = await callWalmart(connection, { operation: 'refund', method: 'POST', path, body });
  if (!answer.ok) return answer;
  return isTaken(answer.value)
    ? ok({})
    : notTaken(`refund ${facts.refundId} of order ${externalId}`, answer.value, 'Refund it in Seller Center.');
};

/** What Walmart is told: amounts below zero, for all units of a line together. */
export function refundOf(notice: NoticeToTell<'refunded'>, parts: readonly RefundPart[]) {
  const { externalId, facts } = notice;
  const orderLine = parts.map((part) => ({
    lineNumber: part.lineId,
    isFullRefund: false,
    refunds: {
      refund: [{ refundComments: commentOf(facts.refundId), refundCharges: { refundCharge: chargesOf(part, notice) } }],
    },
  }));
  return { orderRefund: { purchaseOrderId: externalId, orderLines: { orderLine } } };
}

function chargesOf({ itemMinor, itemTaxMinor, shippingMinor }: RefundPart, { facts }: NoticeToTell<'refunded'>) {
  const { currency } = facts.amount;
  const less = (minor: number) => ({ currency, amount: -Number(decimalFromMinor({ amount: minor, currency })) });
  const refundReason = reasonOf(facts);
  const tax = { taxName: 'Item Price Tax', taxAmount: less(itemTaxMinor) };
  const item = { chargeType: 'PRODUCT', chargeName: 'Item Price', chargeAmount: less(itemMinor) };
  const shipping = { chargeType: 'SHIPPING', chargeName: 'Shipping Price', chargeAmount: less(shippingMinor) };
  return [
    ...(itemMinor + itemTaxMinor > 0 ? [{ refundReason, charge: { ...item, ...(itemTaxMinor > 0 && { tax }) } }] : []),
    ...(shippingMinor > 0 ? [{ refundReason, charge: shipping }] : []),
  ];
}

const commentOf = (refundId: string): string => `Refund ${refundId}`;

const isRefunded = ({ orderLines }: WalmartOrder, refundId: string): boolean =>
  orderLines.orderLine.some(({ refund }) =>
    refund.some(({ refundComments }) => refundComments?.trim() === commentOf(refundId)),
  );

/** Words of a reason, and Walmart's name for it; the first that fits. */
const reasons: readonly (readonly [words: RegExp, name: string])[] = [
  [/damag/i, 'DamagedItem'],
  [/defect|faulty|broken/i, 'DefectiveItem'],
  [/missing/i, 'Missing Parts / Instructions'],
  [/wrong|incorrect/i, 'IncorrectItemReceived'],
  [/not as (described|advertised)/i, 'ItemNotAsAdvertised'],
  [/\blate\b|delay/i, 'CustomerReceivedItemLate'],
  [/lost|not (received|arrived|delivered)/i, 'ItemNotReceivedByCustomer'],
  [/changed|mind|unwanted|no longer/i, 'CustomerChangedMind'],
  [/goodwill/i, 'Finance -> Goodwill'],
];

function reasonOf({ reason, returnId }: NoticeToTell<'refunded'>['facts']): string {
  const found = reasons.find(([words]) => words.test(reason));
  return found?.[1] ?? (returnId === undefined ? 'General adjustment' : 'Customer returned item');
}
