import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { AdobeCatalog } from './adobe-commerce/catalog.ts';
import { type Fields, search } from './adobe-commerce/search.ts';
import { type Integration, faultOf } from './adobe-commerce/signature.ts';
import { AdobeBook } from './adobe-commerce/writes.ts';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { type Fault, Faults } from './stripe/faults.ts';

/** What an integration may see; a store refuses the rest with 401. */
export type Resource =
  | 'Magento_Sales::actions_view'
  | 'Magento_Sales::creditmemo'
  | 'Magento_Backend::store'
  | 'Magento_Sales::actions'
  | 'Magento_InventoryApi::source_edit'
  | 'Magento_Catalog::products';

/** A store as Crossdock sees it: its REST API, as far as it is called. */
export interface AdobeCommerceSandbox {
  readonly url: string;
  readonly integration: Integration;
  /** What it keeps, and what was done to its orders. */
  readonly book: AdobeBook;
  /** Its products and their prices. */
  readonly catalog: AdobeCatalog;
  /** Every path that was asked for, oldest first. */
  readonly calls: string[];
  /** Takes in an order, in the place of one with its `entity_id`. */
  order(order: Fields): void;
  /** Changes an order, and with it when it was changed. */
  change(entityId: number, over: Fields, at?: Date): void;
  /** Takes in a credit memo of an order. */
  creditMemo(memo: Fields): void;
  /** Lets the next requests go wrong. */
  fault(fault: Fault): void;
  readonly stop: () => Promise<void>;
}

const idOf = z.object({ entity_id: z.int() });
const random = (): string => randomBytes(16).toString('hex');

/** A time as a store writes it: UTC, without a zone. */
export const storeTime = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

const newIntegration = (): Integration => ({
  consumerKey: random(),
  consumerSecret: random(),
  accessToken: random(),
  accessTokenSecret: random(),
});

interface State {
  readonly integration: Integration;
  readonly bearer: boolean;
  readonly resources: readonly Resource[];
  readonly currency: string;
  readonly orders: ReadonlyMap<number, Fields>;
  readonly memos: readonly Fields[];
  readonly book: AdobeBook;
  readonly catalog: AdobeCatalog;
  readonly nonces: Set<string>;
}

/**
 * Starts a store with one integration.
 * @param bearer whether it takes the access token alone, which is off since 2.4.4 unless Admin allows it
 */
export async function startAdobeCommerceSandbox({
  bearer = false,
  integration = newIntegration(),
  currency = 'USD',
  resources = [
    'Magento_Sales::actions_view',
    'Magento_Sales::creditmemo',
    'Magento_Backend::store',
    'Magento_Sales::actions',
    'Magento_InventoryApi::source_edit',
    'Magento_Catalog::products',
  ] as readonly Resource[],
} = {}): Promise<AdobeCommerceSandbox> {
  const [orders, memos, calls, faults] = [new Map<number, Fields>(), [] as Fields[], [] as string[], new Faults()];
  const book = new AdobeBook(orders, memos);
  const catalog = new AdobeCatalog();
  const state: State = { integration, bearer, resources, currency, orders, memos, book, catalog, nonces: new Set() };
  const { url, stop } = await startServer(async (request) => {
    calls.push(decodeURIComponent(request.path));
    const fault = faults.take(`${request.method} ${request.path}`);
    if (fault?.delayMs !== undefined) await pause(fault.delayMs);
    return fault?.status === undefined ? answer(state, request) : { status: fault.status, body: outage };
  });
  return {
    ...{ url, integration, book, catalog, calls, stop },
    order: (order) => void orders.set(idOf.parse(order).entity_id, order),
    change: (id, over, at = new Date()) => {
      orders.set(id, { ...orders.get(id), updated_at: storeTime(at), ...over });
    },
    creditMemo: (memo) => void memos.push(memo),
    fault: (fault) => faults.add(fault),
  };
}

const outage = { message: 'Internal Error. Details are available in the log file. Report ID: webapi-5f0c' };

function answer(state: State, request: SandboxRequest): SandboxResponse {
  const url = new URL(request.path, `http://${request.headers.host ?? ''}`);
  const fault = authorized(state, request, url);
  if (fault !== undefined) return { status: 401, body: { message: fault } };
  const path = url.pathname.replace(/^\/rest\/(all\/)?V1\//, '');
  const [resource, body] = request.method === 'GET' ? found(state, path, url.searchParams) : [writes(path)];
  if (resource === undefined) return { status: 404, body: unrouted };
  if (!state.resources.includes(resource))
    return {
      status: 401,
      body: { message: "The consumer isn't authorized to access %resources.", parameters: { resources: resource } },
    };
  if (request.method === 'GET') return { status: 200, body };
  const sent: unknown = JSON.parse(request.body.toString());
  const written = state.catalog.write(`${request.method} ${path}`, sent) ?? state.book.write(path, sent);
  return written ?? { status: 404, body: unrouted };
}

/** What a write takes. */
const writes = (path: string): Resource =>
  path.startsWith('products')
    ? 'Magento_Catalog::products'
    : path.startsWith('inventory/')
      ? 'Magento_InventoryApi::source_edit'
      : 'Magento_Sales::actions';

const unrouted = { message: 'Request does not match any route.' };

function found(
  { orders, memos, book, catalog, currency }: State,
  path: string,
  query: URLSearchParams,
): readonly [Resource, unknown] | readonly [undefined] {
  if (path === 'orders') return ['Magento_Sales::actions_view', search([...orders.values()], query)];
  if (path === 'products') return ['Magento_Catalog::products', catalog.search(query)];
  if (path === 'store/websites') return ['Magento_Backend::store', [{ id: 1, code: 'base', name: 'Main Website' }]];
  if (path === 'creditmemos') return ['Magento_Sales::creditmemo', search(memos, query)];
  if (path === 'store/storeConfigs')
    return [
      'Magento_Backend::store',
      [{ id: 1, code: 'default', website_id: 1, base_currency_code: currency, weight_unit: catalog.weightUnit }],
    ];
  const kept = book.read(path, query);
  if (kept === undefined) return [undefined];
  return [path.startsWith('inventory/') ? 'Magento_InventoryApi::source_edit' : 'Magento_Sales::actions_view', kept];
}

function authorized({ bearer, integration, nonces }: State, request: SandboxRequest, url: URL): string | undefined {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('Bearer ')) return faultOf(header, request.method, url, integration, nonces);
  return bearer && header === `Bearer ${integration.accessToken}`
    ? undefined
    : "The consumer isn't authorized to access %resources.";
}
