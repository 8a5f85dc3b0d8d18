import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type Connector } from '../../domain/connector.ts';
import { ignored } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { callSquare } from './api.ts';
import { type SquareOrder, squareOrder, squareRefund } from './payload.ts';
import { isOurs, refundTopics } from './topics.ts';

const anyId = z.string().min(1);
/** An event's object is named by its kind: `order_created`, `order_fulfillment_updated`, `payment`, `refund`. */
const event = z.object({ data: z.object({ object: z.record(z.string(), z.unknown()) }) });
const orderOf = z.looseObject({ order_id: anyId });
const answeredOrder = z.object({ order: z.unknown() });
const answeredPayment = z.object({ payment: z.object({ order_id: z.string().nullish() }) });

/**
 * Asks Square for what an event names: the order as it is now (which may be newer than the event), the order of which it returned things, the
 * address of its location and the SKUs of its lines, all put into one document.
 */
export const fetchOrder: NonNullable<Connector['fetch']> = async ({ topic, body }, connection) => {
  if (!isOurs(topic)) return ok(undefined);
  const json = readJson(body);
  const parsed = event.safeParse(json.ok ? json.value : undefined);
  const [object] = parsed.success ? Object.values(parsed.data.data.object) : [];
  const named = orderOf.safeParse(object);
  if (refundTopics.includes(topic)) return refundDocument(connection, object, named.data?.order_id);
  if (named.success) return orderDocument(connection, named.data.order_id);
  return ok(topic.startsWith('payment.') ? ignored('the payment is of no order') : undefined);
};

type Fetched = Awaited<ReturnType<typeof fetchOrder>>;

async function orderDocument(connection: Connection, orderId: string): Promise<Fetched> {
  const order = await retrieve(connection, orderId);
  if (!order.ok) return order;
  if (order.value === undefined) return ok(ignored(`Square has no order ${orderId} that this account may read`));
  return complete(connection, order.value);
}

async function refundDocument(connection: Connection, object: unknown, orderId: string | undefined): Promise<Fetched> {
  const refund = squareRefund.safeParse(object);
  if (!refund.success) return ok(undefined);
  const order = orderId === undefined ? ok(undefined) : await retrieve(connection, orderId);
  if (!order.ok) return order;
  const paid = await paidOrder(connection, refund.data.payment_id);
  return paid.ok ? complete(connection, order.value, { refund: object, paid_order_id: paid.value }) : paid;
}

/** Adds what the order itself does not have. */
async function complete(connection: Connection, order: unknown, more: object = {}): Promise<Fetched> {
  const read = squareOrder.safeParse(order);
  if (!read.success) return ok(asBytes({ order, ...more }));
  const sourceId = read.data.returns.find(({ source_order_id }) => source_order_id != null)?.source_order_id;
  const [source, location, variations] = await Promise.all([
    sourceId == null ? ok(undefined) : retrieve(connection, sourceId),
    locationOf(connection, read.data.location_id),
    variationsOf(connection, read.data),
  ]);
  if (!source.ok) return source;
  if (!location.ok) return location;
  if (!variations.ok) return variations;
  return ok(asBytes({ order, source: source.value, location: location.value, variations: variations.value, ...more }));
}

const asBytes = (document: object): Buffer => Buffer.from(JSON.stringify(document));

async function retrieve(connection: Connection, orderId: string): Promise<Result<unknown>> {
  const answer = await callSquare(connection, {
    operation: 'order',
    path: `/v2/orders/${encodeURIComponent(orderId)}`,
  });
  if (!answer.ok) return answer;
  const parsed = answeredOrder.safeParse(answer.value.json);
  return ok(parsed.success ? parsed.data.order : undefined);
}

/** The order that a refunded payment paid: a refund of an amount alone does not name it. */
async function paidOrder(
  connection: Connection,
  paymentId: string | null | undefined,
): Promise<Result<string | undefined>> {
  if (paymentId == null) return ok(undefined);
  const path = `/v2/payments/${encodeURIComponent(paymentId)}`;
  const answer = await callSquare(connection, { operation: 'payment', path });
  if (!answer.ok) return answer;
  const parsed = answeredPayment.safeParse(answer.value.json);
  return ok(parsed.success ? (parsed.data.payment.order_id ?? undefined) : undefined);
}

const answeredLocation = z.object({ location: z.unknown() });

async function locationOf(connection: Connection, locationId: string | null | undefined): Promise<Result<unknown>> {
  if (locationId == null) return ok(undefined);
  const path = `/v2/locations/${encodeURIComponent(locationId)}`;
  const answer = await callSquare(connection, { operation: 'location', path, isOptional: true });
  if (!answer.ok) return answer;
  const parsed = answeredLocation.safeParse(answer.value.json);
  return ok(parsed.success ? parsed.data.location : undefined);
}

const answeredCatalog = z.object({ objects: z.array(z.unknown()).optional() });

/** A line names a variation of the catalog, which has the SKU. */
async function variationsOf(connection: Connection, { line_items: lines }: SquareOrder): Promise<Result<unknown[]>> {
  const ids = [...new Set(lines.flatMap(({ catalog_object_id }) => catalog_object_id ?? []))];
  if (ids.length === 0) return ok([]);
  const call = {
    operation: 'catalog',
    path: '/v2/catalog/batch-retrieve',
    body: { object_ids: ids },
    isOptional: true,
  };
  const answer = await callSquare(connection, call);
  if (!answer.ok) return answer;
  const parsed = answeredCatalog.safeParse(answer.value.json);
  return ok(parsed.success ? (parsed.data.objects ?? []) : []);
}
