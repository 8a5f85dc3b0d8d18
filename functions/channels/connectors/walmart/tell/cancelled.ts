import { type Result, ok } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { callWalmart } from '../api.ts';
import { isTaken, notTaken } from '../errors.ts';
import { type WalmartOrder } from '../payload.ts';
import { unitsByStatus } from '../units.ts';
import { orderNow } from './order-now.ts';

type Units = readonly { readonly lineId: string; readonly quantity: number }[];

/**
 * Cancels units of lines. Saying it again would cancel more of them, so after a try that nobody knows the end of, and where Walmart refuses,
 * it is first looked which are cancelled by now.
 * Source: https://developer.walmart.com/us-marketplace/reference/cancelorderlines
 */
export const cancelled: Tell<'cancelled'> = async (notice, connection) => {
  const { externalId } = notice;
  let units: Result<Units> = ok(notice.facts.lines);
  if (notice.tries > 0) units = await uncancelled(notice, connection);
  if (!units.ok) return units;
  if (units.value.length === 0) return ok({});
  const path = `/v3/orders/${encodeURIComponent(externalId)}/cancel`;
  const body = cancellationOf(notice, units.value);
  const answer = await callWalmart(connection, { operation: 'cancel', method: 'POST', path, body });
  if (!answer.ok) return answer;
  if (isTaken(answer.value)) return ok({});
  const left = answer.value.status === 404 ? units : await uncancelled(notice, connection);
  if (!left.ok) return left;
  return left.value.length === 0
    ? ok({})
    : notTaken(`the cancellation of order ${externalId}`, answer.value, 'Cancel what is not shipped in Seller Center.');
};

/** What Walmart is told. It counts units in `EACH` everywhere but here. */
export function cancellationOf({ facts, snapshot }: NoticeToTell<'cancelled'>, units: Units) {
  const cancellationReason = reasonOf(facts.reason, snapshot?.cancelRequest !== undefined);
  const orderLine = units.map(({ lineId, quantity }) => {
    const statusQuantity = { unitOfMeasurement: 'EA', amount: String(quantity) };
    return {
      lineNumber: lineId,
      orderLineStatuses: { orderLineStatus: [{ status: 'Cancelled', cancellationReason, statusQuantity }] },
    };
  });
  return { orderCancellation: { orderLines: { orderLine } } };
}

/**
 * Walmart allows the buyer's wish as a reason only where the buyer has said it there; what has no reason of its own counts as out of stock,
 * which also takes the item's stock at Walmart to zero until it is told the next quantity.
 */
function reasonOf(reason: string, isAsked: boolean): string {
  if (isAsked) return 'CUSTOMER_REQUESTED_SELLER_TO_CANCEL';
  if (/address|undeliverable/i.test(reason)) return 'SELLER_CANCEL_ADDRESS_NOT_SERVICEABLE';
  return /pric(e|ing)/i.test(reason) ? 'SELLER_CANCEL_PRICING_ERROR' : 'SELLER_CANCEL_OUT_OF_STOCK';
}

/**
 * The units that still are to be cancelled. Walmart tells how many of a line are cancelled, not by whom: those that its last word before
 * ours knew of are not ours. Where that is not known, a cancelled unit counts as ours, so that never one too many is cancelled.
 */
async function uncancelled(
  { externalId, facts, snapshot, happenedAt }: NoticeToTell<'cancelled'>,
  connection: Parameters<Tell<'cancelled'>>[1],
): Promise<Result<Units>> {
  const order = await orderNow(externalId, connection);
  if (!order.ok) return order;
  const isFromBefore = snapshot !== undefined && snapshot.asOf < happenedAt;
  const theirs = new Map(
    isFromBefore ? snapshot.cancelled.map(({ externalLineId, quantity }) => [externalLineId, quantity]) : [],
  );
  return ok(
    facts.lines.flatMap(({ lineId, quantity }) => {
      const done = Math.max(0, cancelledNow(order.value, lineId) - (theirs.get(lineId) ?? 0));
      return done < quantity ? [{ lineId, quantity: quantity - done }] : [];
    }),
  );
}

function cancelledNow({ orderLines }: WalmartOrder, lineId: string): number {
  const line = orderLines.orderLine.find(({ lineNumber }) => lineNumber === lineId);
  return line === undefined ? 0 : (unitsByStatus(line).get('cancelled') ?? 0);
}
