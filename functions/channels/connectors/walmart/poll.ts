import { createHash } from 'node:crypto';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type ChannelAnswer, type Connector, type PolledPage } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { callWalmart } from './api.ts';
import { walmartPage } from './payload.ts';

/** Walmart asks for orders of one kind of node at a time, and gives those of the seller alone where nothing is said. */
const nodeTypes = ['SellerFulfilled', 'WFSFulfilled'] as const;
/** It looks back 7 days where nothing is said, and 180 at most. */
const lookBackSeconds = 179 * 86_400;
const limit = 200;

/**
 * Orders by when Walmart changed them, of one kind of node after the other. Walmart's cursor is a query string and is over after two minutes:
 * ours is the kind and that, and one that is over begins its kind anew.
 * Source: https://developer.walmart.com/us-marketplace/reference/getallorders
 */
export const poll: NonNullable<Connector['poll']> = {
  everySeconds: 300,
  overlapSeconds: 900,
  page: async ({ from, to, cursor }, connection) => {
    const { kind, theirs } = placeOf(cursor);
    const first = firstPage(from, to, nodeTypes[kind] ?? nodeTypes[0]);
    const ask = (query: string) => callWalmart(connection, { operation: 'orders', path: `/v3/orders${query}` });
    const answer = await ask(theirs ?? first);
    const isOver = answer.ok && answer.value.status === 400 && theirs !== undefined;
    const final = isOver ? await ask(first) : answer;
    return final.ok ? pageOf(final.value, kind) : final;
  },
};

function firstPage(from: string, to: string, shipNodeType: string): string {
  const query = new URLSearchParams({
    createdStartDate: plusSeconds(to, -lookBackSeconds),
    lastModifiedStartDate: from,
    lastModifiedEndDate: to,
    shipNodeType,
    replacementInfo: 'true',
    limit: String(limit),
  });
  return `?${query.toString()}`;
}

function placeOf(cursor: string | undefined): { readonly kind: number; readonly theirs?: string } {
  const [kind = '0', ...theirs] = (cursor ?? '0').split(' ');
  return { kind: Number(kind), ...(theirs.length > 0 && { theirs: theirs.join(' ') }) };
}

/** Where there is no order, Walmart answers 404. */
function pageOf({ status, body }: ChannelAnswer, kind: number): Result<PolledPage> {
  const next = kind + 1 < nodeTypes.length ? { cursor: String(kind + 1) } : {};
  if (status === 404) return ok({ deliveries: [], ...next });
  const json = readJson(body);
  const page = walmartPage.safeParse(json.ok ? json.value : undefined);
  if (status !== 200 || !page.success)
    return refuse('provider-unavailable', `Walmart answered ${status} where a page of orders was expected.`);
  const { meta, elements } = page.data.list;
  const more = meta?.nextCursor?.trim();
  const deliveries = (elements?.order ?? []).map(deliveryOf);
  return ok({ deliveries, ...(more && deliveries.length > 0 ? { cursor: `${kind} ${more}` } : next) });
}

/** An order has no version, so what it says is its version. */
function deliveryOf(order: { readonly purchaseOrderId: string }): PolledPage['deliveries'][number] {
  const body = Buffer.from(JSON.stringify({ order }));
  const version = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { deliveryId: `order ${order.purchaseOrderId} as ${version}`, topic: 'order', body };
}
