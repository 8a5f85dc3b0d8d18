import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell } from '../../../domain/tell.ts';
import { callShop } from '../api.ts';
import { groupsOf } from '../lines.ts';
import { type TiktokItem, type TiktokOrder, tiktokOrder } from '../payload.ts';

const found = z.looseObject({ orders: z.array(tiktokOrder).nullish() });

/** The order as it is at TikTok now. Refusals: `provider-unavailable`, `not-found`. */
export async function orderNow(
  connection: Connection,
  { externalId }: Pick<NoticeToTell, 'externalId'>,
): Promise<Result<TiktokOrder>> {
  const call = { operation: 'order', method: 'GET', path: '/order/202309/orders', query: { ids: externalId } } as const;
  const answer = await callShop(connection, call, found);
  if (!answer.ok) return answer;
  const order = answer.value.orders?.find(({ id }) => id === externalId);
  return order === undefined ? refuse('not-found', `TikTok has no order ${externalId} in this shop.`) : ok(order);
}

/** True for a unit that was cancelled at TikTok. */
export const isCancelled = ({ display_status }: TiktokItem): boolean =>
  display_status === 'CANCELLED' || display_status === 'CANCEL';

/** True for a unit that TikTok waits for. */
export const isToShip = ({ display_status }: TiktokItem): boolean =>
  display_status === 'AWAITING_SHIPMENT' || display_status === 'ON_HOLD';

/**
 * As many units of each line as are named, of those that `isWanted`: what we call a line is several line items there, one a unit. Fewer where
 * TikTok has not so many.
 */
export function unitsFor(
  order: TiktokOrder,
  lines: readonly { readonly lineId: string; readonly quantity: number }[],
  isWanted: (item: TiktokItem) => boolean,
): readonly { readonly lineId: string; readonly wanted: number; readonly items: readonly TiktokItem[] }[] {
  const groups = new Map(groupsOf(order.line_items).map((group) => [group.lineId, group.items]));
  return lines.map(({ lineId, quantity }) => ({
    lineId,
    wanted: quantity,
    items: (groups.get(lineId) ?? []).filter(isWanted).slice(0, quantity),
  }));
}
