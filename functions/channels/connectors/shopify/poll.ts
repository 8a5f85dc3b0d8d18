import * as z from 'zod';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connector } from '../../domain/connector.ts';
import { ask } from './graphql.ts';
import { polledTopic } from './topics.ts';

const pageSize = 100;
const query = `query CrossdockOrders($first: Int!, $after: String, $query: String!) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { id updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`;
const answered = z.object({
  orders: z.object({
    nodes: z.array(z.object({ id: z.string(), updatedAt: z.string() })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  }),
});

/**
 * Orders that changed, each as its id and version alone: what came by webhook before needs no second reading, and an order is asked for when
 * it is mapped, by itself. An app reads the last 60 days, and older orders with read_all_orders.
 * Source: https://shopify.dev/docs/api/admin-graphql/2026-04/queries/orders
 */
export const poll: NonNullable<Connector['poll']> = {
  everySeconds: 300,
  overlapSeconds: 120,
  page: async ({ from, to, cursor }, connection) => {
    const variables = {
      first: pageSize,
      after: cursor ?? null,
      query: `updated_at:>='${from}' AND updated_at:<='${to}'`,
    };
    const data = await ask(connection, { query, variables, operation: 'orders' });
    if (!data.ok) return data;
    const parsed = answered.safeParse(data.value);
    if (!parsed.success) return refuse('provider-unavailable', 'Shopify answered without a page of orders');
    const { nodes, pageInfo } = parsed.data.orders;
    const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
    return ok({ deliveries: nodes.map(deliveryOf), ...(next !== undefined && { cursor: next }) });
  },
};

function deliveryOf({ id, updatedAt }: { readonly id: string; readonly updatedAt: string }) {
  const number = id.slice(id.lastIndexOf('/') + 1);
  const body = Buffer.from(JSON.stringify({ id: number, updated_at: updatedAt }));
  return { deliveryId: `poll:${number}:${updatedAt}`, topic: polledTopic, body };
}
