import * as z from 'zod';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connector } from '../../domain/connector.ts';
import { callSquare } from './api.ts';
import { locationIds } from './locations.ts';
import { exchangeTopic, polledTopic } from './topics.ts';

/** The most locations that one search may name. */
const locationsAtOnce = 10;
const pageSize = 200;
const answered = z.object({
  orders: z
    .array(
      z.looseObject({
        id: z.string().min(1),
        version: z.int().nullish(),
        line_items: z.array(z.unknown()).nullish(),
        returns: z.array(z.unknown()).nullish(),
      }),
    )
    .default([]),
  cursor: z.string().nullish(),
});

/**
 * Orders that changed, each taken as its id and version alone: it is asked for with all that it lacks here. A cursor is `{group of locations}:{Square's own}`.
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
      ...(within !== '' && { cursor: within }),
    };
    const answer = await callSquare(connection, { operation: 'orders', path: '/v2/orders/search', body });
    if (!answer.ok) return answer;
    const parsed = answered.safeParse(answer.value.json);
    if (!parsed.success) return refuse('provider-unavailable', 'Square answered without a page of orders');
    const next = nextCursor(group, parsed.data.cursor, ids.value.length);
    return ok({
      deliveries: parsed.data.orders.flatMap((order) => deliveriesOf(order, to)),
      ...(next !== undefined && { cursor: next }),
    });
  },
};

function nextCursor(group: number, within: string | null | undefined, locations: number): string | undefined {
  if (within != null && within !== '') return `${group}:${within}`;
  return (group + 1) * locationsAtOnce < locations ? `${group + 1}:` : undefined;
}

type Found = z.output<typeof answered>['orders'][number];

/**
 * In the form of an event, so that it is read like one; an exchange once more, for what came back with it. An order without a version (of a till)
 * is read again in every window that finds it.
 */
function deliveriesOf({ id, version, line_items: lines, returns }: Found, to: string) {
  const body = Buffer.from(JSON.stringify({ data: { object: { order: { order_id: id, version: version ?? 1 } } } }));
  const deliveryId = `poll:${id}:${version ?? to}`;
  const isExchange = (lines ?? []).length > 0 && (returns ?? []).length > 0;
  const exchange = { deliveryId: `${deliveryId}/exchange`, topic: exchangeTopic, body };
  return [{ deliveryId, topic: polledTopic, body }, ...(isExchange ? [exchange] : [])];
}
