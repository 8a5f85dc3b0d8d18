import * as z from 'zod';
import { ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callShop } from './api.ts';
import { deletedOrder } from './payload.ts';

type Fetched = Awaited<ReturnType<NonNullable<Connector['fetch']>>>;

/** An order whose refunds are named by their totals alone. */
const refundedOrder = z.looseObject({
  id: z.union([z.string(), z.int()]).transform(String),
  refunds: z.array(z.unknown()).min(1),
});
/** What is asked for is passed on as it is. */
const anObject = z.looseObject({});
const objects = z.array(z.unknown());

/**
 * Adds what a message lacks: the refunds of an order that has some, which its message names by their totals alone, and for an order that was
 * deleted the order itself, which is still there while it is in the trash. Then the document is `{order, refunds}`.
 */
export async function fetchOrder(
  { topic, body }: { readonly topic: string; readonly body: Buffer },
  connection: Connection,
): Promise<Fetched> {
  if (!topic.startsWith('order.')) return ok(undefined);
  const json = readJson(body);
  const value = json.ok ? json.value : undefined;
  const order = topic === 'order.deleted' ? await deleted(value, connection) : ok(value);
  if (!order.ok) return order.refusal.code === 'not-found' ? ok(undefined) : order;
  const refunded = refundedOrder.safeParse(order.value);
  if (!refunded.success) return topic === 'order.deleted' ? document({ order: order.value }) : ok(undefined);
  const path = `orders/${encodeURIComponent(refunded.data.id)}/refunds`;
  const refunds = await callShop(connection, { operation: 'refunds', path, query: { per_page: '100' } }, objects);
  if (refunds.ok) return document({ order: order.value, refunds: refunds.value.data });
  return refunds.refusal.code === 'not-found' ? ok(undefined) : refunds;
}

/** The order that was deleted, from the trash; `not-found` when it is gone for good. */
async function deleted(body: unknown, connection: Connection) {
  const read = deletedOrder.safeParse(body);
  if (!read.success) return ok(body);
  const path = `orders/${encodeURIComponent(read.data.id)}`;
  const answer = await callShop(connection, { operation: 'order', path }, anObject);
  return answer.ok ? ok<unknown>(answer.value.data) : answer;
}

const document = (parts: object): Fetched => ok(Buffer.from(JSON.stringify(parts)));
