import * as z from 'zod';
import { type Money, decimalFromMinor } from '../../../../../shared/kernel/money.ts';
import { present } from '../../../../../shared/kernel/present.ts';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type NoticeToTell, type Tell } from '../../../domain/tell.ts';
import { callShop } from '../api.ts';
import { type TiktokOrder } from '../payload.ts';
import { reasonsFor } from './eligibility.ts';
import { isCancelled, orderNow, unitsFor } from './order.ts';

const created = z.looseObject({ return_id: z.string().nullish() });

/**
 * Has TikTok, which holds the money, refund the buyer: a refund without goods, started by the seller. The notice's id makes it the same one at
 * every try. An order that was cancelled at TikTok was refunded by that; units that came back are never the ones that were cancelled.
 * Source: https://partner.tiktokshop.com/docv2/page/create-return-202309
 */
export const refunded: Tell<'refunded'> = async (notice, connection) => {
  const order = await orderNow(connection, notice);
  if (!order.ok) return order;
  if (order.value.line_items.every(isCancelled)) return ok({});
  const reasons = await reasonsFor(connection, notice.externalId, ['REFUND', 'RETURN_AND_REFUND', 'RETURN']);
  if (!reasons.ok) return reasons;
  const [reason] = reasons.value.toSorted((a, b) => fit(b, notice) - fit(a, notice));
  if (reason === undefined)
    return refuse(
      'state-conflict',
      `TikTok lets a seller start no refund of order ${notice.externalId} as it stands. Approve the buyer's request in Seller Center where there is one, then dismiss this.`,
    );
  const answer = await callShop(
    connection,
    {
      operation: 'refund',
      method: 'POST',
      path: '/return_refund/202309/returns',
      query: { idempotency_key: notice.noticeId },
      body: refundOf(notice, order.value, reason),
    },
    created,
  );
  return answer.ok ? ok(present({ reference: answer.value.return_id ?? undefined })) : answer;
};

/** A refund as TikTok takes it: of line items where units are named, else of the order. */
export function refundOf({ facts }: NoticeToTell<'refunded'>, order: TiktokOrder, return_reason: string) {
  const units = unitsFor(order, facts.lines, (item) => !isCancelled(item)).flatMap(({ items }) => items);
  return {
    order_id: order.id,
    return_type: 'REFUND',
    return_reason,
    refund_total: amountText(facts.amount),
    currency: facts.amount.currency,
    ...(units.length > 0 && { order_line_item_ids: units.map(({ id }) => id) }),
  };
}

/** TikTok writes rupiah without decimals. */
const amountText = (amount: Money): string => {
  const text = decimalFromMinor(amount);
  return amount.currency === 'IDR' ? text.replace(/\.00$/, '') : text;
};

/** How well a reason of TikTok's fits: one that shares words with ours, then the most general. */
function fit(name: string, { facts: { reason } }: NoticeToTell<'refunded'>): number {
  const words = reason.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return words.filter((word) => name.includes(word)).length * 2 + (/other|no_longer/.test(name) ? 1 : 0);
}
