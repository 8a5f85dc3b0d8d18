import * as z from 'zod';
import { present } from '../../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { anything, callShop } from '../api.ts';
import { groupsOf, unitsOf } from '../lines.ts';
import { type Cancellation, type TiktokOrder, cancellation } from '../payload.ts';
import { reasonsFor } from './eligibility.ts';
import { isCancelled, isToShip, orderNow, unitsFor } from './order.ts';

type Told = Promise<Result<{ readonly reference?: string }>>;
const found = z.looseObject({
  cancellations: z
    .array(cancellation)
    .nullish()
    .transform((all) => all ?? []),
});
const created = z.looseObject({ cancel_id: z.string().nullish() });

/**
 * Cancels an order at TikTok, or line items of it (which TikTok takes where its market has that): approves the buyer's open request for all
 * of it, else cancels for the seller. What is cancelled already is left alone, so that again is harmless.
 * Source: https://partner.tiktokshop.com/docv2/page/cancel-order-202309, approve-cancellation-202309
 */
export const cancelled: Tell<'cancelled'> = async (notice, connection) => {
  const [order, known] = [await orderNow(connection, notice), await cancellationsOf(connection, notice.externalId)];
  if (!order.ok) return order;
  if (!known.ok) return known;
  const there = known.value.find((one) => isThis(one, order.value, notice));
  if (order.value.line_items.every(isCancelled) || there !== undefined)
    return ok(present({ reference: there?.cancel_id }));
  const asked = known.value.find(
    ({ role, cancel_status }) => role === 'BUYER' && cancel_status === 'CANCELLATION_REQUEST_PENDING',
  );
  return notice.facts.complete && asked !== undefined
    ? approve(connection, notice, asked.cancel_id)
    : create(connection, notice, order.value);
};

async function cancellationsOf(connection: Connection, orderId: string): Promise<Result<readonly Cancellation[]>> {
  const answer = await callShop(
    connection,
    {
      operation: 'cancellations',
      method: 'POST',
      path: '/return_refund/202309/cancellations/search',
      query: { page_size: '50' },
      body: { order_ids: [orderId] },
    },
    found,
  );
  return answer.ok ? ok(answer.value.cancellations) : answer;
}

/** A seller's cancellation of just these units since they were cancelled here: a try before this one made it. */
function isThis(
  one: Cancellation,
  order: TiktokOrder,
  { tries, facts, happenedAt }: NoticeToTell<'cancelled'>,
): boolean {
  if (tries === 0 || one.role !== 'SELLER' || Number(one.create_time ?? 0) < Date.parse(happenedAt) / 1000 - 1)
    return false;
  if (one.cancel_status === 'CANCELLATION_REQUEST_CANCEL') return false;
  const units = new Map(
    unitsOf(groupsOf(order.line_items), one.cancel_line_items).map((line) => [line.externalLineId, line.quantity]),
  );
  return (
    facts.lines.length === units.size && facts.lines.every(({ lineId, quantity }) => units.get(lineId) === quantity)
  );
}

async function approve(connection: Connection, { noticeId }: NoticeToTell<'cancelled'>, cancelId: string): Told {
  const path = `/return_refund/202309/cancellations/${encodeURIComponent(cancelId)}/approve`;
  const query = { idempotency_key: noticeId };
  const answer = await callShop(connection, { operation: 'cancellation', method: 'POST', path, query }, anything);
  return answer.ok ? ok({ reference: cancelId }) : answer;
}

async function create(connection: Connection, notice: NoticeToTell<'cancelled'>, order: TiktokOrder): Told {
  const { complete, lines, reason } = notice.facts;
  const units = unitsFor(order, lines, isToShip);
  const short = complete ? undefined : units.find(({ items, wanted }) => items.length < wanted);
  if (short !== undefined)
    return refuse(
      'state-conflict',
      `TikTok has ${short.items.length} units of line ${short.lineId} of order ${order.id} that can be cancelled, and ${short.wanted} are. Look at the order in Seller Center.`,
    );
  const reasons = await reasonsFor(connection, order.id, ['CANCEL']);
  if (!reasons.ok) return reasons;
  const body = {
    order_id: order.id,
    cancel_reason: cancelReason(reason, reasons.value),
    ...(!complete && { order_line_item_ids: units.flatMap(({ items }) => items.map(({ id }) => id)) }),
  };
  const path = '/return_refund/202309/cancellations';
  const answer = await callShop(connection, { operation: 'cancellation', method: 'POST', path, body }, created);
  return answer.ok ? ok(present({ reference: answer.value.cancel_id ?? undefined })) : answer;
}

/** What our reasons are about, how TikTok's of that are named, and the one that counts where TikTok lists none for the order. */
const kinds = [
  { ours: /buyer|customer/i, theirs: /buyer_request/, usual: 'seller_cancel_paid_reason_buyer_requested_cancellation' },
  { ours: /address|deliver/i, theirs: /address/, usual: 'seller_cancel_paid_reason_address_not_deliver' },
  { ours: /price|pricing/i, theirs: /price|pricing/, usual: 'seller_cancel_reason_wrong_price' },
] as const;
const outOfStock = { theirs: /out_of_stock/, usual: 'seller_cancel_reason_out_of_stock' };

/** TikTok's reason: one that it lists for this order, if it lists any. */
export function cancelReason(reason: string, listed: readonly string[]): string {
  const { theirs, usual } = kinds.find(({ ours }) => ours.test(reason)) ?? outOfStock;
  if (listed.length === 0) return usual;
  const named = (pattern: RegExp) => listed.find((one) => pattern.test(one));
  return named(theirs) ?? named(outOfStock.theirs) ?? listed[0] ?? usual;
}
