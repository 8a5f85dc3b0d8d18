import * as z from 'zod';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { type PollWindow, type PolledPage } from '../../domain/connector.ts';
import { cursorOf, nextCursor } from '../kit/poll-cursor.ts';
import { readJson } from '../kit/read-json.ts';
import { utc } from '../kit/times.ts';
import { contentOf, get, searchQuery } from './api.ts';
import { needs } from './needs.ts';
import { orderOutline } from './payload.ts';

/** More orders than usually change in one second: within a second, pages go by number. */
const pageSize = 100;
/** What a polled order is about. */
export const polledTopic = 'orders/updated';

const listed = z.object({ items: z.array(orderOutline).nullish(), total_count: z.int().nullish() });

/**
 * A page of the orders that changed since a time, oldest change first, each in full. The list moves while it is read, so a page begins at the
 * time where the one before ended. A store answers a page beyond the last one with the last: `total_count` says where the end is.
 * Source: GET /V1/orders; times are UTC, `YYYY-MM-DD HH:MM:SS`
 */
export async function page(window: PollWindow, connection: Connection): Promise<Result<PolledPage>> {
  const cursor = cursorOf(window);
  const stores = settingOf(connection.channel, needs, 'storeIds').replaceAll(' ', '');
  const filters = [
    { field: 'updated_at', value: cursor.since.slice(0, 19).replace('T', ' '), condition: 'gteq' as const },
    ...(stores === '' ? [] : [{ field: 'store_id', value: stores, condition: 'in' as const }]),
  ];
  const query = searchQuery(filters, { sort: ['updated_at', 'entity_id'], pageSize, page: cursor.page });
  const answer = await get(connection, 'V1/orders', query);
  if (!answer.ok) return answer;
  const content = contentOf(answer.value, 'orders that changed');
  if (!content.ok) return content;
  const json = readJson(content.value);
  const orders = listed.safeParse(json.ok ? json.value : undefined);
  if (!orders.success)
    return refuse(
      'provider-unavailable',
      'Adobe Commerce answered something that is no list of orders. It is tried again.',
    );
  const { items, total_count: total } = orders.data;
  const changed = items ?? [];
  const last = utc(changed.at(-1)?.updated_at);
  const isLast = changed.length < pageSize || (total ?? Infinity) <= pageSize * cursor.page;
  const next = isLast || last === undefined ? undefined : nextCursor(cursor, last, window);
  return ok({ deliveries: changed.map(deliveryOf), ...(next !== undefined && { cursor: next }) });
}

/** Two changes of one second have one time: what tells them apart is the order itself. */
const deliveryOf = (order: z.output<typeof orderOutline>) => ({
  deliveryId: `poll-${order.entity_id}-${sha256Hex(canonicalJson(order)).slice(0, 32)}`,
  topic: polledTopic,
  body: Buffer.from(JSON.stringify(order)),
});
