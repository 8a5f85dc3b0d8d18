import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell } from '../../../domain/tell.ts';
import { readJson } from '../../kit/read-json.ts';
import { callEbay } from '../api.ts';
import { notTaken } from '../errors.ts';
import { type EbayOrder, ebayOrder } from '../payload.ts';

/** Where an order is. */
export const orderPath = ({ externalId }: Pick<NoticeToTell, 'externalId'>): string =>
  `/sell/fulfillment/v1/order/${encodeURIComponent(externalId)}`;

/** The order as it is at eBay now. Refusals: `provider-unavailable`, `not-found`. */
export async function orderNow(connection: Connection, notice: NoticeToTell): Promise<Result<EbayOrder>> {
  const answer = await callEbay(connection, { operation: 'order', path: orderPath(notice), as: 'user' });
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return notTaken(answer.value, `a question for order ${notice.externalId}`);
  const json = readJson(answer.value.body);
  const order = ebayOrder.safeParse(json.ok ? json.value : undefined);
  return order.success
    ? ok(order.data)
    : refuse('provider-unavailable', `eBay answered order ${notice.externalId} not as documented. It is asked again.`);
}
