import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse } from '../http-server.ts';
import { badRequest, failure } from './errors.ts';

const each = z.strictObject({ unit: z.literal('EACH'), amount: z.int().min(0) });
const single = z.strictObject({ sku: z.string().min(1), quantity: each });
const multi = z.strictObject({
  inventories: z.strictObject({ nodes: z.array(z.strictObject({ shipNode: z.string(), inputQty: each })).min(1) }),
});
const feeds = {
  inventory: z
    .strictObject({
      InventoryHeader: z.strictObject({ version: z.literal('1.4') }),
      Inventory: z.array(single).max(10_000),
    })
    .transform(({ Inventory }) =>
      Inventory.map(({ sku, quantity }) => ({ sku, nodes: [{ shipNode: defaultNode, amount: quantity.amount }] })),
    ),
  MP_INVENTORY: z
    .strictObject({
      inventoryHeader: z.strictObject({ version: z.literal('1.5') }),
      inventory: z
        .array(
          z.strictObject({
            sku: z.string(),
            shipNodes: z.array(z.strictObject({ shipNode: z.string(), quantity: each })).min(1),
          }),
        )
        .max(10_000),
    })
    .transform(({ inventory }) =>
      inventory.map(({ sku, shipNodes }) => ({
        sku,
        nodes: shipNodes.map(({ shipNode, quantity }) => ({ shipNode, amount: quantity.amount })),
      })),
    ),
};
type FeedItem = z.infer<(typeof feeds)['inventory']>[number];

/** The node that every account has. */
export const defaultNode = '10000000001';
const missing = (sku: string): SandboxResponse => ({
  status: 404,
  body: failure('CONTENT_NOT_FOUND.GMP_INVENTORY_API', `Item not found for sku ${sku}`),
});

/** What a seller has at Walmart: units by SKU and ship node, and the feeds that change them. */
export class WalmartStock {
  readonly #units = new Map<string, Map<string, number>>();
  readonly #nodes = new Set([defaultNode]);
  readonly #feeds = new Map<string, { items: readonly FeedItem[] | undefined; done: boolean }>();
  /** SKUs that Walmart's own system stumbles over when a feed is worked through. */
  readonly stumbling = new Set<string>();

  /** Lists a SKU, with nothing in stock. */
  list(...skus: string[]): void {
    for (const sku of skus) this.#units.set(sku, new Map());
  }

  /** Opens another ship node. */
  open(shipNode: string): void {
    this.#nodes.add(shipNode);
  }

  /** Has so many of a listed SKU at the seller's first node. */
  set(sku: string, quantity: number): void {
    this.#units.get(sku)?.set(defaultNode, quantity);
  }

  /** What Walmart shows of a SKU at a node. */
  shown(sku: string, shipNode = defaultNode): number | undefined {
    return this.#units.get(sku)?.get(shipNode);
  }

  /** Works through every feed that was submitted. */
  workThrough(): void {
    for (const feed of this.#feeds.values()) {
      for (const { sku, nodes } of feed.done ? [] : (feed.items ?? []))
        if (this.#ingested(sku) === 'SUCCESS')
          for (const { shipNode, amount } of nodes) this.#units.get(sku)?.set(shipNode, amount);
      feed.done = true;
    }
  }

  /** The calls of the Inventory and Feeds API; `undefined` for any other. */
  answer({ method, path, headers, body }: SandboxRequest): SandboxResponse | undefined {
    const { pathname, searchParams } = new URL(path, 'http://walmart');
    const bySku = /^\/v3\/inventories\/([^/]+)$/.exec(pathname)?.[1];
    if (pathname === '/v3/inventory') return this.#single(method, searchParams, body);
    if (bySku !== undefined) return this.#byNode(method, decodeURIComponent(bySku), body);
    if (pathname === '/v3/feeds' && method === 'POST') return this.#submit(searchParams, headers['content-type'], body);
    const feedId = /^\/v3\/feeds\/([^/]+)$/.exec(pathname)?.[1];
    return feedId === undefined ? undefined : this.#status(decodeURIComponent(feedId), searchParams);
  }

  #single(method: string, query: URLSearchParams, body: Buffer): SandboxResponse {
    const [sku, node] = [query.get('sku') ?? '', query.get('shipNode') ?? defaultNode];
    const units = this.#units.get(sku);
    if (units === undefined) return missing(sku);
    if (method === 'PUT') {
      const told = single.safeParse(JSON.parse(body.toString()));
      if (!told.success || told.data.sku !== sku) return badRequest('Invalid inventory', 'GMP_INVENTORY_API');
      if (!this.#nodes.has(node)) return badRequest(`Invalid ship node ${node}`, 'GMP_INVENTORY_API');
      units.set(node, told.data.quantity.amount);
    }
    return { status: 200, body: { sku, quantity: { unit: 'EACH', amount: units.get(node) ?? 0 } } };
  }

  #byNode(method: string, sku: string, body: Buffer): SandboxResponse {
    const units = this.#units.get(sku);
    if (units === undefined) return missing(sku);
    if (method === 'GET') {
      const nodes = [...units].map(([shipNode, amount]) => ({
        shipNode,
        inputQty: { unit: 'EACH', amount },
        availToSellQty: { unit: 'EACH', amount },
        reservedQty: { unit: 'EACH', amount: 0 },
      }));
      return { status: 200, body: { sku, nodes } };
    }
    const told = multi.safeParse(JSON.parse(body.toString()));
    if (!told.success) return badRequest('Invalid inventories', 'GMP_INVENTORY_API');
    const nodes = told.data.inventories.nodes.map(({ shipNode, inputQty }) => {
      if (this.#nodes.has(shipNode)) units.set(shipNode, inputQty.amount);
      const errors = [{ code: 'INVALID_SHIP_NODE', description: `Ship node ${shipNode} is not one of this seller` }];
      return this.#nodes.has(shipNode) ? { shipNode, status: 'Success' } : { shipNode, status: 'Failure', errors };
    });
    return { status: 200, body: { sku, nodes } };
  }

  #submit(query: URLSearchParams, type: string | undefined, body: Buffer): SandboxResponse {
    const feedType = z.enum(['inventory', 'MP_INVENTORY']).safeParse(query.get('feedType'));
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(type ?? '')?.[1];
    if (!feedType.success || boundary === undefined)
      return badRequest('A file of a known type is needed', 'GMP_FEED_API');
    const file = body.toString().split(`--${boundary}`)[1]?.split('\r\n\r\n')[1] ?? '';
    const items = feeds[feedType.data].safeParse(JSON.parse(file)).data;
    const feedId = `${randomUUID().replaceAll('-', '').toUpperCase()}@AUoBAQA`;
    this.#feeds.set(feedId, { items, done: false });
    return { status: 200, body: { feedId } };
  }

  #ingested(sku: string): 'SUCCESS' | 'DATA_ERROR' | 'SYSTEM_ERROR' {
    if (this.stumbling.has(sku)) return 'SYSTEM_ERROR';
    return this.#units.has(sku) ? 'SUCCESS' : 'DATA_ERROR';
  }

  #status(feedId: string, query: URLSearchParams): SandboxResponse {
    const feed = this.#feeds.get(feedId);
    if (feed === undefined) return missing(feedId);
    const { items } = feed;
    const [offset, limit] = [Number(query.get('offset') ?? 0), Math.min(50, Number(query.get('limit') ?? 50))];
    const states = (items ?? []).map(({ sku }, index) => ({ sku, index, ingestionStatus: this.#ingested(sku) }));
    const failed = states.filter(({ ingestionStatus }) => ingestionStatus !== 'SUCCESS').length;
    const error = { type: 'DATA_ERROR', code: 'ERR_PDI_0001', field: 'sku', description: 'SKU is not set up' };
    const shown = states.slice(offset, offset + limit).map((one) => ({
      martId: 0,
      ...one,
      ...(one.ingestionStatus !== 'SUCCESS' && { ingestionErrors: { ingestionError: [error] } }),
    }));
    const counts = feed.done
      ? { itemsSucceeded: states.length - failed, itemsFailed: failed, itemsProcessing: 0 }
      : { itemsSucceeded: 0, itemsFailed: 0, itemsProcessing: states.length };
    return {
      status: 200,
      body: {
        feedId,
        feedStatus: items === undefined ? 'ERROR' : feed.done ? 'PROCESSED' : 'INPROGRESS',
        itemsReceived: states.length,
        ...counts,
        offset,
        limit,
        itemDetails: { itemIngestionStatus: feed.done ? shown : [] },
      },
    };
  }
}
