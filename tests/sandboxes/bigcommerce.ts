import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { BigCommerceCatalog } from './bigcommerce/catalog.ts';
import { RateWindow } from './bigcommerce/rate-limit.ts';
import { BigCommerceStore, type Fields, type Hook } from './bigcommerce/store.ts';
import { BigCommerceInventory, writeOrder } from './bigcommerce/writes.ts';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { type Fault, Faults } from './stripe/faults.ts';

/** What an API account may read; a store refuses the rest with 403. */
export type Scope =
  'store_v2_orders' | 'store_v2_transactions' | 'store_v2_information' | 'store_inventory' | 'store_v2_products';

/** A store as Crossdock sees it: the parts of its V2 and V3 APIs that are called, and its webhooks. */
export interface BigCommerceSandbox {
  readonly url: string;
  readonly storeHash: string;
  readonly accessToken: string;
  /** What the API account signs webhooks with. */
  readonly clientSecret: string;
  readonly store: BigCommerceStore;
  readonly inventory: BigCommerceInventory;
  readonly catalog: BigCommerceCatalog;
  /** Every path that was asked for, oldest first. */
  readonly calls: string[];
  /** The webhooks that the store is told to send. */
  readonly hooks: Hook[];
  /** Lets the next requests go wrong. */
  fault(fault: Fault): void;
  /** Sends a webhook about an order, signed, to a channel of a running Crossdock. The same id is a retry. */
  send(
    crossdock: { readonly url: string; readonly channelId: string },
    scope: string,
    orderId: number,
    id?: string,
  ): Promise<Response>;
  readonly stop: () => Promise<void>;
}

const newSecret = (): string => randomUUID();

interface State {
  readonly prefix: string;
  readonly accessToken: string;
  readonly scopes: readonly Scope[];
  readonly store: BigCommerceStore;
  readonly inventory: BigCommerceInventory;
  readonly catalog: BigCommerceCatalog;
  readonly hooks: readonly Hook[];
  readonly currency: string;
}

/**
 * Starts a store that knows one access token.
 * @param quota calls in 30 seconds before it answers 429
 */
export async function startBigCommerceSandbox({
  storeHash = 'sandbox1',
  accessToken = newSecret(),
  clientSecret = newSecret(),
  scopes = [
    'store_v2_orders',
    'store_v2_transactions',
    'store_v2_information',
    'store_inventory',
    'store_v2_products',
  ] as readonly Scope[],
  quota = 150,
  currency = 'USD',
} = {}): Promise<BigCommerceSandbox> {
  const [store, faults, window] = [new BigCommerceStore(), new Faults(), new RateWindow(quota)];
  const inventory = new BigCommerceInventory();
  const catalog = new BigCommerceCatalog();
  const calls: string[] = [];
  const hooks: Hook[] = [];
  const state: State = {
    prefix: `/stores/${storeHash}/`,
    accessToken,
    scopes,
    store,
    inventory,
    catalog,
    hooks,
    currency,
  };
  const { url, stop } = await startServer(async (request) => {
    calls.push(request.path);
    const fault = faults.take(`${request.method} ${request.path}`);
    if (fault?.delayMs !== undefined) await pause(fault.delayMs);
    const { allowed, headers } = window.take();
    if (!allowed || fault?.status === 429) return { ...failed(request, 429), headers };
    return { headers, ...(fault?.status === undefined ? answer(state, request) : failed(request, fault.status)) };
  });
  return {
    ...{ url, storeHash, accessToken, clientSecret, store, inventory, catalog, calls, hooks, stop },
    fault: (fault) => faults.add(fault),
    send: (crossdock, scope, orderId, id = randomUUID()) => {
      const body = JSON.stringify(eventOf(storeHash, scope, orderId));
      return fetch(`${crossdock.url}/webhooks/${crossdock.channelId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bigCommerceHeaders(clientSecret, body, { id }) },
        body,
      });
    },
  };
}

/** A webhook's body: thin, with the SHA-1 of its content. */
const eventOf = (storeHash: string, scope: string, id: number): Fields => ({
  scope,
  store_id: '1001',
  data: { type: 'order', id },
  hash: randomUUID().replaceAll('-', ''),
  created_at: Math.floor(Date.now() / 1000),
  producer: `stores/${storeHash}`,
});

/** The headers that BigCommerce sends with a webhook whose body is `body`: Standard Webhooks, with the client secret in base64. */
export function bigCommerceHeaders(
  clientSecret: string,
  body: string,
  { id = randomUUID(), at = new Date() }: { readonly id?: string; readonly at?: Date } = {},
): Record<string, string> {
  const signer = new Webhook(Buffer.from(clientSecret).toString('base64'));
  return {
    'webhook-id': id,
    'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
    'webhook-signature': signer.sign(id, at, body),
  };
}

function answer(state: State, request: SandboxRequest): SandboxResponse {
  const { pathname, searchParams } = new URL(request.path, 'http://store');
  if (request.headers['x-auth-token'] !== state.accessToken || !pathname.startsWith(state.prefix))
    return failed(request, 401);
  const [version, ...path] = pathname.slice(state.prefix.length).split('/');
  const scope = path.includes('payment_actions') ? 'store_v2_transactions' : scopeOf(path[0]);
  if (scope !== undefined && !state.scopes.includes(scope)) return failed(request, 403);
  const written = request.method === 'GET' ? undefined : write(state, path, request);
  if (request.method !== 'GET') return written ?? failed(request, 404);
  const found = version === 'v2' ? v2(state, path, searchParams) : v3(state, path, searchParams);
  return found ?? failed(request, 404);
}

const scopeOf = (resource?: string): Scope | undefined =>
  resource === 'orders'
    ? 'store_v2_orders'
    : resource === 'store'
      ? 'store_v2_information'
      : resource === 'inventory'
        ? 'store_inventory'
        : resource === 'catalog'
          ? 'store_v2_products'
          : undefined;

function write({ store, inventory, catalog }: State, path: readonly string[], request: SandboxRequest) {
  const sent: unknown = JSON.parse(request.body.toString());
  if (path.join('/') === 'inventory/adjustments/absolute' && request.method === 'PUT') return inventory.adjust(sent);
  const listed = catalog.write(request.method, path.join('/'), sent);
  if (listed !== undefined) return listed;
  const [resource, id, ...part] = path;
  return resource === 'orders' ? writeOrder(store, Number(id), part.join('/'), sent) : undefined;
}

function v2({ store, currency, catalog }: State, [resource, id, part]: string[], query: URLSearchParams) {
  if (resource === 'store')
    return { status: 200, body: { name: 'Sandbox store', currency, weight_units: catalog.weightUnits } };
  if (resource !== 'orders') return undefined;
  if (id === undefined) return listed(store.changedSince(query.get('min_date_modified') ?? '1970-01-01'), query);
  const found = store.get(Number(id));
  if (found === undefined) return undefined;
  if (part === undefined) return { status: 200, body: found.order };
  if (part === 'shipments') return listed(store.shipments(Number(id)), query);
  return part === 'products' || part === 'shipping_addresses' || part === 'coupons'
    ? listed(found[part], query)
    : undefined;
}

/** A page of a list; where there is nothing on it, V2 answers 204. */
function listed(all: readonly Fields[], query: URLSearchParams): SandboxResponse {
  const [limit, page] = [Number(query.get('limit') ?? 50), Number(query.get('page') ?? 1)];
  const body = all.slice((page - 1) * limit, page * limit);
  return body.length === 0 ? { status: 204 } : { status: 200, body };
}

function v3(
  { store, hooks, inventory, catalog }: State,
  path: string[],
  query: URLSearchParams,
): SandboxResponse | undefined {
  if (path[0] === 'hooks') return { status: 200, body: { data: hooks, meta: {} } };
  if (path.join('/') === 'inventory/items') return inventory.list(query);
  if (path[0] === 'catalog') return catalog.read(path.join('/'), query);
  const ofOrder = /^orders\/(\d+)\/payment_actions\/refunds$/.exec(path.join('/'))?.[1];
  if (ofOrder === undefined && path.join('/') !== 'orders/payment_actions/refunds') return undefined;
  const data = store.get(Number(ofOrder ?? query.get('order_id:in')))?.refunds ?? [];
  return { status: 200, body: { data, meta: {} } };
}

const titles: Readonly<Record<number, string>> = {
  401: 'Unauthorized. The request did not supply the correct credentials.',
  403: "You don't have a required scope to access the endpoint.",
  404: 'The requested resource was not found.',
  429: 'Too Many Requests.',
};

/** A failure as each version of the API writes it: V2 a list of messages, V3 a problem with a title. */
function failed({ path }: SandboxRequest, status: number): SandboxResponse {
  const message = titles[status] ?? 'There was an error processing the request. Please contact support for assistance.';
  return {
    status,
    body: path.includes('/v3/') ? { status, title: message, type: 'about:blank' } : [{ status, message }],
  };
}
