import * as z from 'zod';
import { sha256Hex } from '../../../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type NoticeToTell } from '../../../domain/tell.ts';
import { chunksOf } from '../../kit/chunks.ts';
import { readJson } from '../../kit/read-json.ts';
import { ask } from '../graphql.ts';
import { gid, numberOf } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { type Units } from './order-work.ts';
import { notifies } from './shipped.ts';

const namespace = 'crossdock';
const readQuery = `query CrossdockEditable($id: ID!, $namespace: String!, $key: String!) {
  order(id: $id) {
    id metafield(namespace: $namespace, key: $key) { value }
    lineItems(first: 100) { nodes { id currentQuantity } }
  }
}`;
const keepQuery = `mutation CrossdockKeep($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field message } }
}`;
const beginQuery = `mutation CrossdockEditBegin($id: ID!) {
  orderEditBegin(id: $id) { calculatedOrder { id lineItems(first: 100) { nodes { id } } } userErrors { field message } }
}`;
const setQuery = `mutation CrossdockEditSet($id: ID!, $lineItemId: ID!, $quantity: Int!) {
  orderEditSetQuantity(id: $id, lineItemId: $lineItemId, quantity: $quantity, restock: false) {
    calculatedLineItem { id quantity }
    userErrors { field message }
  }
}`;
const commitQuery = `mutation CrossdockEditCommit($id: ID!, $notifyCustomer: Boolean, $staffNote: String) {
  orderEditCommit(id: $id, notifyCustomer: $notifyCustomer, staffNote: $staffNote) { order { id } userErrors { field message } }
}`;

const targets = z.record(z.string(), z.int().min(0));
const editable = z.object({
  order: z.object({
    metafield: z.object({ value: z.string() }).nullish(),
    lineItems: z.object({ nodes: z.array(z.object({ id: z.string(), currentQuantity: z.int() })) }),
  }),
});
const begun = z.object({
  calculatedOrder: z.object({ id: z.string(), lineItems: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }),
});
const anything = z.looseObject({});

type Told = Result<{ readonly reference?: string }>;

/** A line is a call, and there is one a second: so many are one edit, so that a worker whose time is up has come further. */
const linesAtOnce = 20;

/**
 * Takes units out of an order. An edit takes absolute quantities, and what they were before is known no more once one went through unheard: so
 * what they shall be is kept at the order first, in a metafield of this notice, and every repeat comes to the same.
 * Source: https://shopify.dev/docs/apps/build/orders-fulfillment/order-management-apps/edit-orders
 */
export async function editOut(notice: NoticeToTell<'cancelled'>, connection: Connection): Promise<Told> {
  const key = sha256Hex(notice.noticeId).slice(0, 32);
  const id = gid('Order', notice.externalId);
  const data = await ask(connection, {
    query: readQuery,
    variables: { id, namespace, key },
    operation: 'orderWrites',
  });
  if (!data.ok) return data;
  const read = editable.safeParse(data.value);
  if (!read.success)
    return refuse('provider-unavailable', 'Shopify answered something else than the lines of the order');
  const { metafield, lineItems } = read.data.order;
  const present = new Map(lineItems.nodes.map((line) => [numberOf(line.id), line.currentQuantity]));
  const kept = keptIn(metafield?.value);
  const wanted = kept ?? targetsOf(notice.facts.lines, present);
  const changes = Object.entries(wanted).filter(([lineId, quantity]) => (present.get(lineId) ?? 0) > quantity);
  if (changes.length === 0) return ok({});
  if (kept === undefined) {
    const metafields = [{ ownerId: id, namespace, key, type: 'json', value: JSON.stringify(wanted) }];
    const keeping = await mutate(
      connection,
      'metafieldsSet',
      { query: keepQuery, variables: { metafields } },
      anything,
    );
    if (!keeping.ok) return keeping;
  }
  const parts = chunksOf(changes, linesAtOnce);
  let told: Told = ok({});
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    told = await edit(connection, id, part, { reason: notice.facts.reason, isLast });
    if (!told.ok) return told;
  }
  return told;
}

/** What a try before this one kept; anybody may have changed it since, and then it is kept anew. */
function keptIn(value: string | undefined): Record<string, number> | undefined {
  const json = readJson(Buffer.from(value ?? ''));
  return targets.safeParse(json.ok ? json.value : undefined).data;
}

/** What each line shall have. */
const targetsOf = (units: readonly Units[], present: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries(units.map(({ lineId, quantity }) => [lineId, Math.max(0, (present.get(lineId) ?? 0) - quantity)]));

async function edit(
  connection: Connection,
  orderId: string,
  changes: readonly (readonly [string, number])[],
  { reason, isLast }: { readonly reason: string; readonly isLast: boolean },
): Promise<Told> {
  const edits = await mutate(connection, 'orderEditBegin', { query: beginQuery, variables: { id: orderId } }, begun);
  if (!edits.ok) return edits;
  const { id, lineItems } = edits.value.calculatedOrder;
  for (const [lineId, quantity] of changes) {
    // A line has the same number in the edit as in the order.
    const lineItemId = lineItems.nodes.find((one) => numberOf(one.id) === lineId)?.id;
    if (lineItemId === undefined) return refuse('state-conflict', `Shopify has no line ${lineId} to take units from.`);
    const variables = { id, lineItemId, quantity };
    const came = await mutate(connection, 'orderEditSetQuantity', { query: setQuery, variables }, anything);
    if (!came.ok) return came;
  }
  const variables = { id, notifyCustomer: isLast && notifies(connection), staffNote: reason.slice(0, 255) };
  const came = await mutate(connection, 'orderEditCommit', { query: commitQuery, variables }, anything);
  return came.ok ? ok({ reference: numberOf(id) }) : came;
}
