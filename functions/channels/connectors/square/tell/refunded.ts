import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { callSquare, wordsOf } from '../api.ts';
import { type SquareOrder } from '../payload.ts';
import { keyOf, orderNow } from './order.ts';

const money = z.object({ amount: z.int(), currency: z.string() });
const payment = z.object({
  payment: z.object({
    id: z.string(),
    status: z.string().nullish(),
    amount_money: money,
    refunded_money: money.nullish(),
    refund_ids: z.array(z.string()).nullish(),
  }),
});
type Payment = z.output<typeof payment>['payment'];
const refund = z.object({
  refund: z.object({ id: z.string(), status: z.string().nullish(), reason: z.string().nullish(), amount_money: money }),
});
type Refund = z.output<typeof refund>['refund'];

/**
 * Gives the buyer money back, from the payments of the order that Square took, one after the other. Each refund has a key of the notice and its
 * payment and carries the refund's id in its reason: what a try that was cut off, or came to a limit, gave back already is counted.
 * Source: https://developer.squareup.com/docs/payments-api/refund-payments
 */
export const refunded: Tell<'refunded'> = async (notice, connection) => {
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  const payments = await paymentsOf(connection, order.value);
  if (!payments.ok) return payments;
  const given = await givenBefore(connection, payments.value, notice);
  if (!given.ok) return given;
  let left = notice.facts.amount.amount - given.value.reduce((sum, one) => sum + one.amount_money.amount, 0);
  const refunds = [...given.value];
  const room = payments.value.map((one) => one.amount_money.amount - (one.refunded_money?.amount ?? 0));
  if (left > room.reduce((sum, one) => sum + one, 0)) return tooMuch(notice);
  for (const [index, { id }] of payments.value.entries()) {
    const amount = Math.min(left, room[index] ?? 0);
    if (amount <= 0) continue;
    const made = await give(connection, notice, id, amount);
    if (!made.ok) return made;
    refunds.push(made.value);
    left -= amount;
  }
  return ok({ reference: refunds.map(({ id }) => id).join(' ') });
};

const tooMuch = ({ externalId, facts: { amount } }: NoticeToTell<'refunded'>): Result<never> =>
  refuse(
    'state-conflict',
    `The payments that Square took for order ${externalId} have less left than ${amount.amount} ${amount.currency} (minor units). It may be refunded in the Square Dashboard: look there, then dismiss this.`,
  );

async function paymentsOf(connection: Connection, { tenders }: SquareOrder): Promise<Result<readonly Payment[]>> {
  const payments: Payment[] = [];
  for (const id of tenders.flatMap(({ payment_id, id: tenderId }) => payment_id ?? tenderId ?? [])) {
    const answer = await callSquare(connection, {
      operation: 'payment',
      path: `/v2/payments/${encodeURIComponent(id)}`,
    });
    if (!answer.ok) return answer;
    const read = payment.safeParse(answer.value.json);
    if (read.success && read.data.payment.status !== 'FAILED' && read.data.payment.status !== 'CANCELED')
      payments.push(read.data.payment);
  }
  return ok(payments);
}

/** Refunds that an earlier try made; one that was rejected is none. */
async function givenBefore(
  connection: Connection,
  payments: readonly Payment[],
  { facts: { refundId } }: NoticeToTell<'refunded'>,
): Promise<Result<readonly Refund[]>> {
  const given: Refund[] = [];
  for (const id of payments.flatMap(({ refund_ids }) => refund_ids ?? [])) {
    const answer = await callSquare(connection, { operation: 'refund', path: `/v2/refunds/${encodeURIComponent(id)}` });
    if (!answer.ok) return answer;
    const { data } = refund.safeParse(answer.value.json);
    const isOurs = data?.refund.reason?.endsWith(markOf(refundId)) === true;
    if (data !== undefined && isOurs && !['REJECTED', 'FAILED'].includes(data.refund.status ?? ''))
      given.push(data.refund);
  }
  return ok(given);
}

/** Characters of a reason that Square keeps. */
const reasonLength = 192;
const markOf = (refundId: string): string => ` (${refundId})`;

async function give(
  connection: Connection,
  notice: NoticeToTell<'refunded'>,
  paymentId: string,
  amount: number,
): Promise<Result<Refund>> {
  const answer = await callSquare(connection, {
    operation: 'refund',
    path: '/v2/refunds',
    body: refundRequest(notice, paymentId, amount),
    answersErrors: true,
  });
  if (!answer.ok) return answer;
  const { errors = [], json } = answer.value;
  if (errors.length > 0)
    return refuse(
      'state-conflict',
      `Square did not refund order ${notice.externalId}: ${wordsOf(errors)}. Refund it in the Square Dashboard, then dismiss this.`,
    );
  const read = refund.safeParse(json);
  return read.success
    ? ok(read.data.refund)
    : refuse('provider-unavailable', `Square answered the refund of order ${notice.externalId} not as documented.`);
}

/** A refund of one payment. Source: https://developer.squareup.com/reference/square/refunds-api/refund-payment */
export function refundRequest(
  { noticeId, facts }: Pick<NoticeToTell<'refunded'>, 'noticeId' | 'facts'>,
  paymentId: string,
  amount: number,
) {
  const mark = markOf(facts.refundId);
  return {
    idempotency_key: keyOf(noticeId, paymentId),
    payment_id: paymentId,
    amount_money: { amount, currency: facts.amount.currency },
    reason: `${facts.reason.slice(0, reasonLength - mark.length)}${mark}`,
  };
}
