import * as z from 'zod';
import { type NoticeFacts } from '../../../../../shared/contracts/channels/notice.ts';
import { type Money, allocateMinor, decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { present } from '../../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { sumOf } from '../../kit/amounts.ts';
import { readJson } from '../../kit/read-json.ts';
import { callEbay } from '../api.ts';
import { notTaken } from '../errors.ts';
import { refundsOf } from '../refunds.ts';
import { orderNow, orderPath } from './order.ts';

const issued = z.looseObject({ refundId: z.string().nullish(), refundStatus: z.string().nullish() });
type Snapshot = NoticeToTell['snapshot'];

/**
 * Has eBay give the buyer money back: for lines where the units are named and the money is no more than they cost, else of the order. A call is
 * another refund each time, so after a try whose answer was lost the order's refunds are looked at first: one of the same amount, made since,
 * that we had not heard of and no other notice made, is this one.
 * Source: https://developer.ebay.com/api-docs/sell/fulfillment/resources/order/methods/issueRefund
 */
export const refunded: Tell<'refunded'> = async (notice, connection) => {
  const known = notice.tries > 0 ? await refundThere(connection, notice) : ok(undefined);
  if (!known.ok) return known;
  if (known.value !== undefined) return ok({ reference: known.value });
  const answer = await callEbay(connection, {
    operation: 'fulfillment',
    path: `${orderPath(notice)}/issue_refund`,
    as: 'user',
    signed: true,
    body: refundOf(notice.facts, notice.snapshot),
  });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200)
    return notTaken(
      answer.value,
      `the refund of ${decimalFromMinor(notice.facts.amount)} of order ${notice.externalId}`,
    );
  const json = readJson(answer.value.body);
  const { refundId, refundStatus } = issued.safeParse(json.ok ? json.value : undefined).data ?? {};
  return refundStatus === 'FAILED'
    ? refuse(
        'state-conflict',
        `eBay could not refund order ${notice.externalId}. Look at the order at eBay, then retry.`,
      )
    : ok(present({ reference: refundId ?? undefined }));
};

/** Characters of a comment that eBay keeps. */
const commentLength = 100;

/** A refund as eBay takes it. Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/api:IssueRefundRequest */
export function refundOf(facts: NoticeFacts['refunded'], snapshot: Snapshot) {
  const shares = lineShares(facts, snapshot);
  return {
    reasonForRefund: reasonCode(facts),
    comment: facts.reason.slice(0, commentLength),
    ...(shares === undefined
      ? { orderLevelRefundAmount: amountOf(facts.amount) }
      : { refundItems: shares.map(({ lineId, amount }) => ({ lineItemId: lineId, refundAmount: amountOf(amount) })) }),
  };
}

const amountOf = (money: Money) => ({ value: decimalFromMinor(money), currency: money.currency });

/** The refund by line, as the units share it by what they cost; none for one of an amount, or of more than its units cost. */
function lineShares({ lines, amount }: NoticeFacts['refunded'], snapshot: Snapshot) {
  const sold = new Map(snapshot?.order.lines.map((line) => [line.externalLineId, line]));
  const costs = lines.map(({ lineId, quantity }) => {
    const line = sold.get(lineId);
    if (line === undefined) return 0;
    const whole = line.unitPrice.amount * line.quantity - (line.discount?.amount ?? 0);
    return Math.floor((whole * Math.min(quantity, line.quantity)) / line.quantity);
  });
  if (lines.length === 0 || costs.includes(0) || sumOf(costs) < amount.amount) return undefined;
  const shares = allocateMinor(amount.amount, costs);
  return lines
    .map(({ lineId }, index) => ({ lineId, amount: { ...amount, amount: shares[index] ?? 0 } }))
    .filter((share) => share.amount.amount > 0);
}

/** Source: https://developer.ebay.com/api-docs/sell/fulfillment/types/api:ReasonForRefundEnum */
function reasonCode({ returnId, reason }: NoticeFacts['refunded']) {
  if (returnId !== undefined)
    return /not as described|wrong|damaged|defect/i.test(reason) ? 'ITEM_NOT_AS_DESCRIBED' : 'BUYER_RETURN';
  if (/cancel/i.test(reason)) return /buyer|customer/i.test(reason) ? 'BUYER_CANCEL' : 'SELLER_CANCEL';
  return 'OTHER_ADJUSTMENT';
}

/** The id of a refund of the same amount that eBay has made since and that the order had not when it was last heard of. */
async function refundThere(
  connection: Connection,
  notice: NoticeToTell<'refunded'>,
): Promise<Result<string | undefined>> {
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  const { amount } = notice.facts;
  const heardOf = new Set([
    ...(notice.snapshot?.refunds.map(({ externalId }) => externalId) ?? []),
    ...(notice.others ?? []),
  ]);
  const pending = { ...order.value, orderPaymentStatus: 'PAID', paymentSummary: allMade(order.value.paymentSummary) };
  const found = refundsOf(pending, amount.currency, Number.MAX_SAFE_INTEGER).find(
    (one) =>
      one.amount.amount === amount.amount &&
      !heardOf.has(one.externalId) &&
      (one.at === undefined || Date.parse(one.at) >= Date.parse(notice.happenedAt)),
  );
  return ok(found?.externalId);
}

type Summary = NonNullable<Parameters<typeof refundsOf>[0]['paymentSummary']>;

/** A refund that eBay works on counts as made; one that failed does not. */
const allMade = (summary: Summary | null | undefined): Summary | undefined =>
  summary == null
    ? undefined
    : {
        ...summary,
        refunds: summary.refunds
          .filter(({ refundStatus }) => refundStatus !== 'FAILED')
          .map((one) => ({ ...one, refundStatus: 'REFUNDED' })),
      };
