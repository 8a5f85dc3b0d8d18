import * as z from 'zod';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type PollWindow, type PolledPage } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { utc } from '../kit/times.ts';
import { contentOf, get } from './api.ts';
import { type PollCursor, cursorOf, nextCursor } from '../kit/poll-cursor.ts';

/** More orders than usually change in one second: within a second, pages go by number. */
const limit = 100;
/** What a polled order is told as: the same event that a webhook would have brought. */
const scope = 'store/order/updated';

const listed = z.array(z.looseObject({ id: z.union([z.string(), z.int()]), date_modified: z.string() }));

/**
 * A page of the orders that changed since a time, oldest change first. The list moves while it is read (an order that changes goes to its
 * end), so a page begins at the time where the one before ended, not at its number.
 * Source: GET /v2/orders, `min_date_modified`, `sort`
 */
export async function page(window: PollWindow, connection: Connection): Promise<Result<PolledPage>> {
  const cursor = cursorOf(window);
  const answer = await get(connection, `v2/orders?${queryOf(cursor).toString()}`);
  if (!answer.ok) return answer;
  const content = contentOf(answer.value, 'orders that changed');
  if (!content.ok) return content;
  const json = readJson(content.value);
  const orders = listed.safeParse(json.ok ? json.value : undefined);
  if (!orders.success)
    return refuse('provider-unavailable', 'BigCommerce answered something that is no list of orders.');
  const deliveries = orders.data.map((order) => ({
    // Two changes of one second have one time: what tells them apart is the order itself.
    deliveryId: `poll-${order.id}-${sha256Hex(canonicalJson(order)).slice(0, 32)}`,
    topic: scope,
    body: Buffer.from(JSON.stringify({ scope, data: { type: 'order', id: order.id } })),
  }));
  const last = utc(orders.data.at(-1)?.date_modified);
  const next = deliveries.length < limit || last === undefined ? undefined : nextCursor(cursor, last, window);
  return ok({ deliveries, ...(next !== undefined && { cursor: next }) });
}

const queryOf = ({ since, page: number }: PollCursor): URLSearchParams =>
  new URLSearchParams({ min_date_modified: since, sort: 'date_modified:asc', limit: `${limit}`, page: `${number}` });
