import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { ignored, quarantined } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { contentOf, get } from './api.ts';
import { bigCommerceOrderEvent, orderOutline } from './payload.ts';
import { notOurs } from './topics.ts';

type Fetched = Awaited<ReturnType<NonNullable<Connector['fetch']>>>;

/** Order statuses and payment statuses that say that money went back. Source: GET /v2/order_statuses, Orders V2 `payment_status` */
const refundedStatuses = [4, 14];
const refundedPayments = ['refunded', 'partially refunded'];

/**
 * The order that a delivery names, with everything of it, as BigCommerce has it now: one document of the bytes that its calls answered, so
 * that no digit is lost. Coupons and refunds are asked for only where the order says that it has some.
 */
export async function fetchOrder(
  { topic, body }: { readonly topic: string; readonly body: Buffer },
  connection: Connection,
): Promise<Fetched> {
  const reason = notOurs(topic);
  if (reason !== undefined) return ok(ignored(reason));
  const event = bigCommerceOrderEvent.safeParse(valueOf(body));
  if (!event.success) return ok(quarantined('not-as-documented', 'The event does not name an order.'));
  const path = `v2/orders/${encodeURIComponent(event.data.data.id)}`;
  const answer = await get(
    connection,
    `${path}?include=consignments,consignments.line_items,fees&consignment_structure=object`,
  );
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(ignored(`there is no order ${event.data.data.id} at BigCommerce`));
  const order = contentOf(answer.value, `order ${event.data.data.id}`);
  return order.ok ? withParts(connection, path, event.data.data.id, order.value) : order;
}

async function withParts(connection: Connection, path: string, id: string, order: Buffer): Promise<Fetched> {
  const outline = orderOutline.safeParse(valueOf(order));
  const { coupon_discount: coupons, payment_status: payment, status_id: status, refunded_amount } = outline.data ?? {};
  const isRefunded =
    refundedStatuses.includes(status ?? -1) || refundedPayments.includes(payment ?? '') || Number(refunded_amount) > 0;
  const parts = await Promise.all([
    part(connection, 'products', `${path}/products?limit=250`),
    part(connection, 'shipping_addresses', `${path}/shipping_addresses?limit=250`),
    ...(Number(coupons ?? 0) > 0 ? [part(connection, 'coupons', `${path}/coupons?limit=250`)] : []),
    ...(isRefunded ? [refunds(connection, id)] : []),
  ]);
  const members: Buffer[] = [Buffer.from('{"order":'), order];
  for (const one of parts) {
    if (!one.ok) return one;
    members.push(one.value);
  }
  return ok(Buffer.concat([...members, Buffer.from('}')]));
}

async function part(connection: Connection, name: string, path: string): Promise<Result<Buffer>> {
  const answer = await get(connection, path);
  return answer.ok ? named(name, contentOf(answer.value, path)) : answer;
}

/** Refunds need a scope that orders do not: an order is not kept waiting for it, it says that they are not known. */
async function refunds(connection: Connection, id: string): Promise<Result<Buffer>> {
  const answer = await get(connection, `v3/orders/payment_actions/refunds?order_id:in=${encodeURIComponent(id)}`);
  if (!answer.ok) return answer;
  return named('refunds', isForbidden(answer.value) ? ok(Buffer.from('null')) : contentOf(answer.value, 'refunds'));
}

const isForbidden = ({ status }: ChannelAnswer): boolean => status === 403;

const named = (name: string, content: Result<Buffer>): Result<Buffer> =>
  content.ok ? ok(Buffer.concat([Buffer.from(`,"${name}":`), content.value])) : content;

function valueOf(body: Buffer): unknown {
  const json = readJson(body);
  return json.ok ? json.value : undefined;
}
