import * as z from 'zod';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connector } from '../../domain/connector.ts';
import { callSquare } from './api.ts';
import { locationIds } from './locations.ts';
import { polledTopic } from './topics.ts';

/** The most locations that one search may name. */
const locationsAtOnce = 10;
const pageSize = 200;
const answered = z.object({
  order_entries: z.array(z.object({ order_id: z.string().min(1), version: z.int().nullish() })).default([]),
  cursor: z.string().nullish(),
});

/**
 * Orders that changed, each as its id and version alone (`return_entries`): what was read before at that version needs no second reading. A
 * cursor is `{group of locations}:{Square's own}`.
 * Source: https://developer.squareup.com/reference/square/orders-api/search-orders
 */
export const poll: NonNullable<Connector['poll']> = {
  everySeconds: 300,
  overlapSeconds: 120,
  page: async ({ from, to, cursor = '0:' }, connection) => {
    const ids = await locationIds(connection);
    if (!ids.ok) return ids;
    const split = cursor.indexOf(':');
    const group = Number(cursor.slice(0, split));
    const within = cursor.slice(split + 1);
    const part = ids.value.slice(group * locationsAtOnce, (group + 1) * locationsAtOnce);
    if (part.length === 0) return ok({ deliveries: [] });
    const body = {
      location_ids: part,
      query: {
        filter: { date_time_filter: { updated_at: { start_at: from, end_at: to } } },
        sort: { sort_field: 'UPDATED_AT', sort_order: 'ASC' },
      },
      limit: pageSize,
      return_entries: true,
      ...(within !== '' && { cursor: within }),
    };
    const answer = await callSquare(connection, { operation: 'orders', path: '/v2/orders/search', body });
    if (!answer.ok) return answer;
    const parsed = answered.safeParse(answer.value.json);
    if (!parsed.success) return refuse('provider-unavailable', 'Square answered without a page of orders');
    const next = nextCursor(group, parsed.data.cursor, ids.value.length);
    return ok({
      deliveries: parsed.data.order_entries.map((entry) => deliveryOf(entry, to)),
      ...(next !== undefined && { cursor: next }),
    });
  },
};

function nextCursor(group: number, within: string | null | undefined, locations: number): string | undefined {
  if (within != null && within !== '') return `${group}:${within}`;
  return (group + 1) * locationsAtOnce < locations ? `${group + 1}:` : undefined;
}

/** In the form of an event, so that it is read like one. An order without a version (of a till) is read again in every window that finds it. */
function deliveryOf({ order_id, version }: z.output<typeof answered>['order_entries'][number], to: string) {
  const body = Buffer.from(JSON.stringify({ data: { object: { order: { order_id, version: version ?? 1 } } } }));
  return { deliveryId: `poll:${order_id}:${version ?? to}`, topic: polledTopic, body };
}
