import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell } from '../../../domain/tell.ts';
import { callSquare, wordsOf } from '../api.ts';
import { type SquareOrder, squareOrder } from '../payload.ts';

const answered = z.object({ order: squareOrder });
const pathOf = ({ externalId }: Pick<NoticeToTell, 'externalId'>) => `/v2/orders/${encodeURIComponent(externalId)}`;

/** A short name of a notice that is the same at every try: Square's keys are 45 characters at most. */
export const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);

/** The order as it is at Square now. Refusals: `provider-unavailable`, `not-found`. */
export async function orderNow(connection: Connection, notice: NoticeToTell): Promise<Result<SquareOrder>> {
  const answer = await callSquare(connection, { operation: 'order', path: pathOf(notice) });
  if (!answer.ok) return answer;
  if (answer.value.isMissing)
    return refuse(
      'not-found',
      `Square has no order ${notice.externalId} of this account. If the channel has the access token of another account, give it the right one and retry; else dismiss this.`,
    );
  const read = answered.safeParse(answer.value.json);
  return read.success
    ? ok(read.data.order)
    : refuse(
        'provider-unavailable',
        `Square answered order ${notice.externalId} not as documented. It is asked again.`,
      );
}

/** What is changed of an order; the rest of it stays. */
export type OrderChange = Readonly<Record<string, unknown>> & {
  /** `undefined`: more than Square keeps. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
};

/**
 * Changes an order, if it is still in the version that was looked at: somebody else's change means another look, at the next try. Orders that
 * were made at a till have no version and take no change.
 * Source: https://developer.squareup.com/docs/orders-api/manage-orders/update-orders
 */
export async function changeOrder(
  connection: Connection,
  notice: NoticeToTell,
  order: SquareOrder,
  change: OrderChange,
): Promise<Result<{ readonly reference?: string }>> {
  if (order.version == null)
    return refuse(
      'state-conflict',
      `Order ${order.id} was made at a till, and Square lets no application change it. Change it in the Square Dashboard, then dismiss this.`,
    );
  if ('metadata' in change && change.metadata === undefined)
    return refuse(
      'state-conflict',
      `Order ${order.id} went in more parcels than can be noted at Square. Complete it in the Square Dashboard, then dismiss this.`,
    );
  const answer = await callSquare(connection, {
    operation: 'update-order',
    path: pathOf(notice),
    method: 'PUT',
    body: updateRequest(notice, order, change),
    answersErrors: true,
  });
  if (!answer.ok) return answer;
  const { errors = [] } = answer.value;
  if (errors.length === 0) return ok({});
  const words = `Square did not change order ${order.id}: ${wordsOf(errors)}`;
  return errors.some(({ code }) => code === 'VERSION_MISMATCH' || code === 'CONFLICT')
    ? refuse('provider-unavailable', `${words}. Somebody else changed it meanwhile; it is tried again.`)
    : refuse('state-conflict', `${words}. Put it right in the Square Dashboard, then retry or dismiss it here.`);
}

/** The key is of this change of this version: another change with the same key would be answered with the first one's result. */
export const updateRequest = (notice: Pick<NoticeToTell, 'noticeId'>, order: SquareOrder, change: OrderChange) => ({
  idempotency_key: keyOf(notice.noticeId, String(order.version)),
  order: { version: order.version, ...(order.location_id != null && { location_id: order.location_id }), ...change },
});
