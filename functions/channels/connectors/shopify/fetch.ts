import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { ignored } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { hasCredentials } from './access-token.ts';
import { ask } from './graphql.ts';
import { handoverQuery, orderQuery } from './order-query.ts';
import { editedTopic, isOrderTopic, polledTopic } from './topics.ts';

const id = z.union([z.string().min(1), z.int()]).transform(String);
/** An edit names its order: https://shopify.dev/docs/api/webhooks/latest?accordionItem=webhooks-orders-edited */
const edit = z.object({ order_edit: z.object({ order_id: id }) }).transform(({ order_edit }) => order_edit.order_id);
const polled = z.object({ id }).transform((one) => one.id);
/** Without an address an order is collected somewhere, or nobody knows where it goes: Shopify's fulfillment orders say. */
const homeless = z
  .object({ id, shipping_address: z.null().optional(), cancelled_at: z.null().optional() })
  .transform((one) => one.id);
const answered = z.object({ order: z.unknown() });

/**
 * Asks the shop for an order that a delivery only names, or whose way to the buyer it does not tell. A channel without credentials for the API
 * maps what came.
 */
export const fetchOrder: NonNullable<Connector['fetch']> = async ({ topic, body }, connection) => {
  const json = isOrderTopic(topic) ? readJson(body) : undefined;
  const isThin = topic === editedTopic || topic === polledTopic;
  const named = (topic === editedTopic ? edit : topic === polledTopic ? polled : homeless).safeParse(
    json?.ok === true ? json.value : undefined,
  );
  if (!named.success) return ok(undefined);
  if (!hasCredentials(connection))
    return ok(
      isThin ? ignored('the channel has no credentials to ask for the order; orders/updated brings it') : undefined,
    );
  return asked(connection, named.data, isThin);
};

async function asked(connection: Connection, orderId: string, isThin: boolean): ReturnType<typeof fetchOrder> {
  const variables = { id: `gid://shopify/Order/${orderId}` };
  const order = await orderOf(connection, orderQuery, variables);
  if (!order.ok) return order;
  if (order.value == null)
    return ok(
      isThin ? ignored(`order ${orderId} is not in the shop any more, or older than the app may read`) : undefined,
    );
  const handover = await orderOf(connection, handoverQuery, variables);
  if (!handover.ok && handover.refusal.facts?.['isDenied'] !== true) return handover;
  const data = { order: order.value, handover: handover.ok ? handover.value : undefined };
  return ok(Buffer.from(JSON.stringify({ data })));
}

async function orderOf(connection: Connection, query: string, variables: object): Promise<Result<unknown>> {
  const data = await ask(connection, { query, variables });
  if (!data.ok) return data;
  const parsed = answered.safeParse(data.value);
  return ok(parsed.success ? parsed.data.order : undefined);
}
