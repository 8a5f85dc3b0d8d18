import { createHash, createHmac } from 'node:crypto';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { Troubles } from './troubles.ts';
import { WooListings } from './woocommerce/listings.ts';
import { type WooBook, WooCatalog, wooError as error, write } from './woocommerce/shop.ts';

/** An order of the shop, as its REST API answers it: at least these fields. */
export interface WooSandboxOrder {
  readonly id: number;
  readonly status: string;
  readonly date_modified_gmt: string;
  readonly [field: string]: unknown;
}

/** A shop as Crossdock sees it: orders, refunds and webhooks of its REST API, version 3, and the webhooks that it sends. */
export interface WooSandbox {
  readonly url: string;
  readonly troubles: Troubles;
  readonly catalog: WooCatalog;
  /** What its products are and cost. */
  readonly listings: WooListings;
  /** An order with what was done to it. */
  readonly book: (id: number) => (WooBook & { readonly order: WooSandboxOrder }) | undefined;
  /** Paths that were asked for, in order. */
  readonly calls: string[];
  /** Puts an order, or changes it. */
  put(order: WooSandboxOrder, refunds?: readonly object[], notes?: readonly object[]): void;
  /** Deletes it for good. */
  remove(id: number): void;
  /** What `GET /webhooks` lists. */
  subscribe(...webhooks: readonly { topic: string; status: string; delivery_url: string }[]): void;
  readonly stop: () => Promise<void>;
}

const root = '/wp-json/wc/v3/';
/** What a shop, or the host before it, answers when something is wrong, for `troubles`. */
export const wooTroubles = {
  throttled: error(429, 'too_many_requests', 'Too many requests.'),
  broken: error(500, 'internal_server_error', 'There has been a critical error on this website.'),
  down: error(503, 'service_unavailable', 'Briefly unavailable for scheduled maintenance.'),
  /** A page of HTML in the place of JSON, as a cache or a firewall answers. */
  html: { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } },
};

/** Starts a shop that knows one key. */
export async function startWooSandbox(keys: {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** What the key may do; both, if not said. */
  readonly permissions?: 'read' | 'read_write';
}): Promise<WooSandbox> {
  const orders = new Map<number, { order: WooSandboxOrder; refunds: readonly object[]; notes: readonly object[] }>();
  const catalog = new WooCatalog();
  const listings = new WooListings(catalog);
  const webhooks: object[] = [];
  const calls: string[] = [];
  const troubles = new Troubles();
  const basic = `Basic ${Buffer.from(`${keys.consumerKey}:${keys.consumerSecret}`).toString('base64')}`;

  const resource = (method: string, url: URL, sent: unknown): SandboxResponse => {
    const path = url.pathname.slice(root.length).split('/');
    const [name, id, part] = path;
    const ofProducts = listings.answer(path, url.searchParams, sent);
    if (ofProducts !== undefined) return ofProducts;
    if (name === 'products') return catalog.answer(path, url.searchParams, sent);
    if (name === 'webhooks') return paged(webhooks, url);
    if (name !== 'orders')
      return error(404, 'rest_no_route', 'No route was found matching the URL and request method.');
    if (id === undefined)
      return paged(
        listed(
          [...orders.values()].map(({ order }) => order),
          url,
        ),
        url,
      );
    const found = orders.get(Number(id));
    if (found === undefined) return error(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');
    if (method !== 'GET') {
      const [book, answer] = write(found, part, sent);
      orders.set(Number(id), { ...book, order: { ...found.order, ...book.order } });
      return answer;
    }
    if (part === 'notes') return { status: 200, body: found.notes };
    return part === 'refunds' ? paged(found.refunds, url) : { status: 200, body: found.order };
  };

  const answer = async ({ method, path, headers, body }: SandboxRequest): Promise<SandboxResponse> => {
    calls.push(path);
    const trouble = await troubles.next();
    if (trouble !== undefined) return trouble;
    if (headers.authorization !== basic)
      return error(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.');
    if (method !== 'GET' && keys.permissions === 'read')
      return error(
        401,
        'woocommerce_rest_authentication_error',
        'The API key provided does not have write permissions.',
      );
    const sent: unknown = body.length === 0 ? undefined : JSON.parse(body.toString());
    return resource(method, new URL(path, 'http://shop'), sent);
  };

  const { url, stop } = await startServer(answer);
  return {
    url,
    troubles,
    catalog,
    listings,
    book: (id) => orders.get(id),
    calls,
    put: (order, refunds = [], notes = []) => void orders.set(order.id, { order, refunds, notes }),
    remove: (id) => void orders.delete(id),
    subscribe: (...added) => void webhooks.push(...added),
    stop,
  };
}

/** Orders by status, modified after a second (and not in it), the latest first. */
function listed(orders: readonly WooSandboxOrder[], { searchParams }: URL): readonly WooSandboxOrder[] {
  const status = searchParams.get('status') ?? 'any';
  const after = searchParams.get('modified_after') ?? '';
  return orders
    .filter((order) => (status === 'any' ? order.status !== 'trash' : order.status === status))
    .filter((order) => order.date_modified_gmt > after)
    .toSorted((a, b) => (a.date_modified_gmt > b.date_modified_gmt ? -1 : 1));
}

function paged(all: readonly object[], { searchParams }: URL): SandboxResponse {
  const size = Number(searchParams.get('per_page') ?? 10);
  const page = Number(searchParams.get('page') ?? 1);
  const headers = { 'x-wp-total': String(all.length), 'x-wp-totalpages': String(Math.ceil(all.length / size)) };
  return { status: 200, body: all.slice((page - 1) * size, page * size), headers };
}

/** The headers of a webhook. The delivery id is made of the webhook and the second, as WooCommerce makes it. */
export const wooHeaders = (
  secret: string,
  body: string | Buffer,
  topic = 'order.updated',
  second = 1_700_000_000,
): Record<string, string> => ({
  'content-type': 'application/json',
  'x-wc-webhook-source': 'https://shop.example/',
  'x-wc-webhook-topic': topic,
  'x-wc-webhook-resource': topic.split('.')[0] ?? '',
  'x-wc-webhook-event': topic.split('.')[1] ?? '',
  'x-wc-webhook-id': '3',
  'x-wc-webhook-delivery-id': createHash('md5').update(`3${second}`).digest('hex'),
  'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
});

/** The ping that a shop sends when a webhook is created: form encoded, unsigned. */
export const wooPing = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'webhook_id=3' };
