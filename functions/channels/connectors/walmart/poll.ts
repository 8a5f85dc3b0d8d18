import { createHash } from 'node:crypto';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type ChannelAnswer } from '../../domain/connection.ts';
import { type Connector, type PolledPage } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callWalmart } from './api.ts';
import { walmartPage, walmartReturnsPage } from './payload.ts';

/** Walmart asks for orders of one kind of node at a time, and gives those of the seller alone where nothing is said. */
const nodeTypes = ['SellerFulfilled', 'WFSFulfilled'] as const;
/** It looks back 7 days where nothing is said, and 180 at most. */
const lookBackSeconds = 179 * 86_400;
const limit = 200;
/** What is asked for, one after the other. */
const kinds = [
  ...nodeTypes.map((shipNodeType) => ({
    operation: 'orders' as const,
    path: '/v3/orders',
    first: (from: string, to: string) => ({
      createdStartDate: plusSeconds(to, -lookBackSeconds),
      lastModifiedStartDate: from,
      lastModifiedEndDate: to,
      shipNodeType,
      replacementInfo: 'true',
    }),
    deliveriesIn: ordersIn,
  })),
  {
    operation: 'returns' as const,
    path: '/v3/returns',
    first: (from: string, to: string) => ({ returnLastModifiedStartDate: from, returnLastModifiedEndDate: to }),
    deliveriesIn: returnsIn,
  },
];
type Kind = (typeof kinds)[number];

/**
 * Orders by when Walmart changed them, of one kind of node after the other, and then returns. Walmart's cursor is a query string and is over after
 * two minutes: ours is the kind and that, and one that is over begins its kind anew.
 * Source: https://developer.walmart.com/us-marketplace/reference/getallorders, reference/getreturns
 */
export const poll: NonNullable<Connector['poll']> = {
  everySeconds: 300,
  overlapSeconds: 900,
  page: async ({ from, to, cursor }, connection) => {
    const { place, theirs } = placeOf(cursor);
    const kind = kinds[place];
    if (kind === undefined) return ok({ deliveries: [] });
    const first = `?${new URLSearchParams({ ...kind.first(from, to), limit: String(limit) }).toString()}`;
    const ask = (query: string) => callWalmart(connection, { operation: kind.operation, path: `${kind.path}${query}` });
    const answer = await ask(theirs ?? first);
    const isOver = answer.ok && answer.value.status === 400 && theirs !== undefined;
    const final = isOver ? await ask(first) : answer;
    return final.ok ? pageOf(final.value, kind, place) : final;
  },
};

function placeOf(cursor: string | undefined): { readonly place: number; readonly theirs?: string } {
  const [place = '0', ...theirs] = (cursor ?? '0').split(' ');
  return { place: Number(place), ...(theirs.length > 0 && { theirs: theirs.join(' ') }) };
}

/** Where there is nothing, Walmart answers 404. */
function pageOf({ status, body }: ChannelAnswer, { deliveriesIn, operation }: Kind, place: number): Result<PolledPage> {
  const next = place + 1 < kinds.length ? { cursor: String(place + 1) } : {};
  if (status === 404) return ok({ deliveries: [], ...next });
  const json = readJson(body);
  const page = deliveriesIn(json.ok ? json.value : undefined);
  if (status !== 200 || page === undefined)
    return refuse('provider-unavailable', `Walmart answered ${status} where a page of ${operation} was expected.`);
  const { deliveries, nextCursor } = page;
  const more = nextCursor?.trim();
  return ok({ deliveries, ...(more && deliveries.length > 0 ? { cursor: `${place} ${more}` } : next) });
}

interface Found {
  readonly deliveries: PolledPage['deliveries'];
  readonly nextCursor?: string | null | undefined;
}

function ordersIn(json: unknown): Found | undefined {
  const page = walmartPage.safeParse(json);
  if (!page.success) return undefined;
  const { meta, elements } = page.data.list;
  const deliveries = (elements?.order ?? []).map((order) =>
    deliveryOf(`order ${order.purchaseOrderId}`, 'order', { order }),
  );
  return { deliveries, nextCursor: meta?.nextCursor };
}

/** A return may be of several orders: each has its own part of the refund, as with an event. */
function returnsIn(json: unknown): Found | undefined {
  const page = walmartReturnsPage.safeParse(json);
  if (!page.success) return undefined;
  const { meta, returnOrders } = page.data;
  const deliveries = returnOrders.flatMap((one) => {
    const orders = [...new Set(one.returnOrderLines.map(({ purchaseOrderId }) => purchaseOrderId))];
    return orders.map((purchaseOrderId) => {
      const event = { eventType: 'RETURN_POLLED', resource: { purchaseOrderId } };
      const document = { event, answer: { returnOrders: [one] } };
      return deliveryOf(`return ${one.returnOrderId}/${purchaseOrderId}`, 'return', document);
    });
  });
  return { deliveries, nextCursor: meta?.nextCursor };
}

/** Neither has a version, so what it says is its version. */
function deliveryOf(what: string, topic: string, document: object): PolledPage['deliveries'][number] {
  const body = Buffer.from(JSON.stringify(document));
  const version = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { deliveryId: `${what} as ${version}`, topic, body };
}
