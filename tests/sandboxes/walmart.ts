import { createHash, createHmac, randomUUID } from 'node:crypto';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { Troubles } from './troubles.ts';
import { badRequest, failure, notFound } from './walmart/errors.ts';
import { orderCall } from './walmart/order-calls.ts';
import { WalmartItems } from './walmart/items.ts';
import { WalmartStock } from './walmart/stock.ts';

/** A purchase order as API v3 has it, and what Walmart knows beside it. */
export interface WalmartSandboxOrder {
  readonly order: { readonly purchaseOrderId: string; readonly [field: string]: unknown };
  readonly modifiedAt: string;
  readonly shipNodeType?: 'SellerFulfilled' | 'WFSFulfilled';
}

/** A seller's account at Walmart Marketplace: tokens, orders, returns, stock, feeds, subscriptions, and signed events. */
export interface WalmartSandbox {
  readonly url: string;
  /** Places an order, or changes it. */
  put(order: WalmartSandboxOrder): void;
  putReturn(returned: { readonly returnOrderId: string; readonly [field: string]: unknown }, modifiedAt?: string): void;
  /** An event as Walmart delivers and signs it. */
  notify(
    eventType: string,
    payload: Readonly<Record<string, unknown>>,
    how: { readonly path: string; readonly secret: string; readonly at: Date; readonly eventId?: string },
  ): { headers: Record<string, string>; body: Buffer };
  subscribe(eventTypes: readonly string[], eventUrl: string): void;
  readonly troubles: Troubles;
  /** What is listed and in stock there. */
  readonly stock: WalmartStock;
  /** What products say and cost there. */
  readonly items: WalmartItems;
  /** An order as it stands. */
  order(purchaseOrderId: string): WalmartSandboxOrder['order'] | undefined;
  /** Makes every token that was given worthless. */
  expireTokens(): void;
  /** Makes every cursor that was given worthless, as two minutes do. */
  expireCursors(): void;
  /** The orders that were acknowledged. */
  readonly acknowledged: string[];
  /** What the key may do, by scope. */
  readonly scopes: Record<string, 'full_access' | 'view_only' | 'no_access'>;
  readonly calls: string[];
  readonly stop: () => Promise<void>;
}

/** The credentials that the sandbox knows. */
export const walmartKeys = { clientId: 'client-id', clientSecret: 'client-secret' } as const;

const unauthorized = { status: 401, body: failure('UNAUTHORIZED.GMP_GATEWAY_API', 'Unauthorized') };
/** An order's lines that can still be acknowledged are in one of these. */
const isOpen = (order: object): boolean => /"status":"(Created|Acknowledged)"/.test(JSON.stringify(order));

/** Starts one on a free port. */
export async function startWalmartSandbox({ pageSize = 200 } = {}): Promise<WalmartSandbox> {
  const orders = new Map<string, WalmartSandboxOrder>();
  const returns = new Map<string, { readonly returned: unknown; readonly modifiedAt?: string }>();
  const tokens = new Set<string>();
  const cursors = new Set<string>();
  const [calls, acknowledged]: [string[], string[]] = [[], []];
  const troubles = new Troubles();
  const stock = new WalmartStock();
  const items = new WalmartItems(stock);
  let events: unknown[] = [];
  const names = ['orders', 'returns', 'inventory', 'feeds', 'item', 'price'];
  const scopes: WalmartSandbox['scopes'] = Object.fromEntries(names.map((name) => [name, 'full_access']));

  const token = ({ headers }: SandboxRequest): SandboxResponse => {
    const basic = `Basic ${Buffer.from(`${walmartKeys.clientId}:${walmartKeys.clientSecret}`).toString('base64')}`;
    if (headers.authorization !== basic) return unauthorized;
    const access = `eyJ${randomUUID()}`;
    tokens.add(access);
    return { status: 200, body: { access_token: access, token_type: 'Bearer', expires_in: 900 } };
  };

  const page = (query: URLSearchParams): SandboxResponse => {
    const cursor = query.get('soIndex');
    if (cursor !== null && !cursors.has(cursor))
      return { status: 400, body: failure('INVALID_REQUEST_PARAM.GMP_ORDER_API', 'The cursor is not valid') };
    const [from, to] = [query.get('lastModifiedStartDate') ?? '', query.get('lastModifiedEndDate') ?? '9'];
    const node = query.get('shipNodeType') ?? 'SellerFulfilled';
    const found = [...orders.values()]
      .filter(
        ({ modifiedAt, shipNodeType = 'SellerFulfilled' }) =>
          modifiedAt >= from && modifiedAt <= to && shipNodeType === node,
      )
      .map(({ order }) => order);
    const start = Number(cursor?.split(':')[0] ?? 0);
    const shown = found.slice(start, start + Math.min(pageSize, Number(query.get('limit') ?? 100)));
    if (shown.length === 0)
      return notFound('Failed when called getAllOrders. Orders not found for given search parameters');
    const next = new URLSearchParams(query);
    next.set('soIndex', `${start + shown.length}:${randomUUID()}`);
    const hasMore = start + shown.length < found.length;
    if (hasMore) cursors.add(next.get('soIndex') ?? '');
    const meta = {
      totalCount: found.length,
      limit: shown.length,
      ...(hasMore && { nextCursor: `?${next.toString()}` }),
    };
    return { status: 200, body: { list: { meta, elements: { order: shown } } } };
  };

  /** Its cursor is an offset. One of the two ends of a period needs the other. */
  const returnsPage = (query: URLSearchParams): SandboxResponse => {
    const [from, to] = [query.get('returnLastModifiedStartDate'), query.get('returnLastModifiedEndDate')];
    if ((from === null) !== (to === null))
      return {
        status: 400,
        body: failure('INVALID_REQUEST_PARAM.GMP_RETURNS_API', 'Both ends of a period are needed'),
      };
    const found = [...returns.values()].filter(
      ({ modifiedAt = '' }) => modifiedAt >= (from ?? '') && modifiedAt <= (to ?? '9'),
    );
    const [start, most] = [Number(query.get('offset') ?? 0), Math.min(pageSize, Number(query.get('limit') ?? 10))];
    const next = new URLSearchParams(query);
    next.set('offset', String(start + most));
    const hasMore = start + most < found.length;
    const meta = { totalCount: found.length, limit: most, ...(hasMore && { nextCursor: `?${next.toString()}` }) };
    return { status: 200, body: { meta, returnOrders: found.slice(start, start + most).map((one) => one.returned) } };
  };

  const acknowledge = (id: string): SandboxResponse => {
    const order = orders.get(id)?.order;
    if (order === undefined) return notFound(`The order ${id} was not found`);
    if (!isOpen(order)) return badRequest(`Unable to process this request. PO: ${id} is in SHIPPED status`);
    acknowledged.push(id);
    return { status: 200, body: { order } };
  };

  const change = (id: string, action: string, body: Buffer): SandboxResponse => {
    const found = orders.get(id);
    if (found === undefined) return notFound(`The order ${id} was not found`);
    const { order, answer } = orderCall(action, JSON.parse(body.toString()), found.order);
    if (order !== undefined) orders.set(id, { ...found, order: { ...order, purchaseOrderId: id } });
    return answer;
  };

  const api = (request: SandboxRequest): SandboxResponse => {
    const { method, path, headers, body } = request;
    const { pathname, searchParams } = new URL(path, 'http://walmart');
    const needed = ['wm_qos.correlation_id', 'wm_svc.name'].filter((name) => headers[name] === undefined);
    if (needed.length > 0) return { status: 400, body: failure('INVALID_REQUEST_HEADER', needed.join()) };
    if (pathname === '/v3/token') return token({ method, path, headers, body: Buffer.alloc(0) });
    if (!tokens.has(String(headers['wm_sec.access_token']))) return unauthorized;
    const [, id, action] = /^\/v3\/orders\/(\d+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (method === 'POST' && id !== undefined && action === 'acknowledge') return acknowledge(id);
    if (method === 'POST' && id !== undefined && action !== undefined) return change(id, action, body);
    if (pathname === '/v3/token/detail')
      return {
        status: 200,
        body: {
          is_valid: true,
          scopes,
        },
      };
    if (pathname === '/v3/webhooks/subscriptions') return { status: 200, body: { events } };
    if (pathname === '/v3/orders') return page(searchParams);
    const ofSeller = items.answer(request) ?? stock.answer(request);
    if (ofSeller !== undefined) return ofSeller;
    const returnOrderId = searchParams.get('returnOrderId');
    if (pathname === '/v3/returns')
      return returnOrderId === null ? returnsPage(searchParams) : returnsOf(returns.get(returnOrderId)?.returned);
    const order = id === undefined ? undefined : orders.get(id)?.order;
    return order === undefined ? notFound(`The order ${id ?? ''} was not found`) : { status: 200, body: { order } };
  };

  const { url, stop } = await startServer(async (request) => {
    calls.push(`${request.method} ${request.path}`);
    return (await troubles.next()) ?? api(request);
  });
  return {
    url,
    stop,
    calls,
    acknowledged,
    scopes,
    troubles,
    stock,
    items,
    order: (id) => orders.get(id)?.order,
    put: (one) => void orders.set(one.order.purchaseOrderId, one),
    putReturn: (returned, modifiedAt) =>
      void returns.set(returned.returnOrderId, { returned, ...(modifiedAt !== undefined && { modifiedAt }) }),
    expireTokens: () => tokens.clear(),
    expireCursors: () => cursors.clear(),
    subscribe: (types, eventUrl) =>
      void (events = types.map((eventType) => ({ eventType, eventVersion: 'V1', eventUrl, status: 'ACTIVE' }))),
    notify: (eventType, payload, { path, secret, at, eventId = randomUUID() }) => {
      const source = { eventType, eventTime: at.toISOString(), eventId };
      const body = Buffer.from(JSON.stringify({ source, payload: { partnerId: '10000000359', ...payload } }));
      return { headers: signedHeaders(body, { path, secret, at }), body };
    },
  };
}

const returnsOf = (one: unknown): SandboxResponse =>
  one === undefined
    ? notFound('No return orders were found')
    : { status: 200, body: { meta: { totalCount: 1, limit: 10 }, returnOrders: [one] } };

/** The headers that prove that Walmart sent a body. */
export function signedHeaders(
  body: Buffer,
  { path, secret, at }: { readonly path: string; readonly secret: string; readonly at: Date },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const text = ['POST', path, timestamp, createHash('sha256').update(body).digest('hex')].join('\n');
  const signature = createHmac('sha256', secret).update(text).digest('base64');
  return { 'content-type': 'application/json', 'wm_sec.timestamp': timestamp, 'wm_sec.signature': signature };
}
