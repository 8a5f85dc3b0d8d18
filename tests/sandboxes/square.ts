import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { SquareAfterSale } from './square/after-sale.ts';
import { type Fields, failure } from './square/answers.ts';
import { SquareCatalog } from './square/catalog.ts';
import { SquareInventory } from './square/inventory.ts';

/** An order as the Orders API has it. */
export type SquareOrderObject = Fields & {
  readonly id: string;
  readonly location_id: string;
  readonly updated_at: string;
};

const search = z.object({
  location_ids: z.array(z.string()).min(1).max(10),
  limit: z.int().min(1).max(1000).default(500),
  cursor: z.string().optional(),
  query: z.object({
    filter: z.object({
      date_time_filter: z.object({ updated_at: z.object({ start_at: z.string(), end_at: z.string() }) }),
    }),
    sort: z.object({ sort_field: z.literal('UPDATED_AT'), sort_order: z.literal('ASC') }),
  }),
  return_entries: z.boolean().default(false),
});
const refresh = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.literal('refresh_token'),
  refresh_token: z.string(),
});

const notFound = (what: string) => failure(404, 'INVALID_REQUEST_ERROR', 'NOT_FOUND', `${what} not found.`);

/** A seller's account at Square as Crossdock sees it: orders, payments, locations and the catalog, by its Connect API. */
export class SquareSandbox {
  readonly #orders = new Map<string, SquareOrderObject>();
  readonly #payments = new Map<string, Fields>();
  readonly #tokens = new Set<string>();
  readonly inventory = new SquareInventory();
  readonly afterSale = new SquareAfterSale({
    order: (id) => this.#orders.get(id),
    putOrder: (order) => this.put(order),
    payment: (id) => this.#payments.get(id),
    putPayment: (payment) => this.pay(payment),
  });
  readonly #fails: { status: number; count: number }[] = [];
  #wait = 0;
  url = '';
  stop: () => Promise<void> = () => Promise.resolve();
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** Permissions of the token; none: a personal access token. */
  scopes: readonly string[] = [];
  /** What the token may not do: how a request's method and path begin. */
  forbidden: readonly string[] = [];
  readonly locations: Fields[] = [];
  readonly catalog = new Map<string, Fields>();
  /** Items of the catalog that can be written. */
  readonly listings = new SquareCatalog(this.catalog, this.inventory.variations);
  /** Webhook subscriptions; `undefined`: the token may not see them. */
  subscriptions: readonly Fields[] | undefined;
  #refreshToken: string;
  readonly #client: { readonly id: string; readonly secret: string };

  constructor(
    accessToken: string,
    client: { readonly id: string; readonly secret: string; readonly refreshToken: string },
  ) {
    this.#tokens.add(accessToken);
    this.#client = client;
    this.#refreshToken = client.refreshToken;
  }

  /** Puts an order, or another version of it. */
  put(order: SquareOrderObject): void {
    this.#orders.set(order.id, order);
  }

  /** An order as it is now. */
  order(id: string): SquareOrderObject | undefined {
    return this.#orders.get(id);
  }

  /** A payment as it is now. */
  payment(id: string): Fields | undefined {
    return this.#payments.get(id);
  }

  /** Puts a payment. */
  pay(payment: Fields & { readonly id: string }): void {
    this.#payments.set(payment.id, payment);
  }

  /** Answers the next `count` calls with a status: 401, 429, 500. */
  fail(status: number, count = 1): void {
    this.#fails.push({ status, count });
  }

  /** Holds every call this long. */
  delay(milliseconds: number): void {
    this.#wait = milliseconds;
  }

  /** Ends every token: only a refreshed one is good from now on. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  /** Answers a request of the API. */
  async answer({ method, path, headers, body }: SandboxRequest): Promise<SandboxResponse> {
    this.asked.push(path);
    if (this.#wait > 0) await new Promise((resolve) => setTimeout(resolve, this.#wait));
    const json: unknown = body.length === 0 ? undefined : JSON.parse(body.toString());
    if (path === '/oauth2/token') return this.#refresh(json);
    const failing = this.#fails.find(({ count }) => count > 0);
    if (failing !== undefined) failing.count -= 1;
    const token = (headers.authorization ?? '').replace('Bearer ', '');
    if (failing?.status === 401 || !this.#tokens.has(token))
      return failure(401, 'AUTHENTICATION_ERROR', 'UNAUTHORIZED', 'This request could not be authorized.');
    if (failing?.status === 429) return failure(429, 'RATE_LIMIT_ERROR', 'RATE_LIMITED', 'Too many requests.');
    if (failing !== undefined) return failure(failing.status, 'API_ERROR', 'INTERNAL_SERVER_ERROR', 'Try again later.');
    if (this.forbidden.some((beginning) => `${method} ${path}`.startsWith(beginning)))
      return failure(403, 'AUTHENTICATION_ERROR', 'INSUFFICIENT_SCOPES', 'The merchant has not given the permission.');
    return this.#route(`${method} ${path}`, json);
  }

  #route(route: string, json: unknown): SandboxResponse {
    const written =
      this.inventory.answer(route, json) ?? this.afterSale.answer(route, json) ?? this.listings.answer(route, json);
    if (written !== undefined) return written;
    const id = decodeURIComponent(route.slice(route.lastIndexOf('/') + 1));
    const one = (what: string, value: unknown): SandboxResponse =>
      value === undefined ? notFound(what) : { status: 200, body: { [what]: value } };
    if (route === 'POST /v2/orders/search') return this.#search(json);
    if (route === 'POST /v2/catalog/batch-retrieve') {
      const { object_ids: ids } = z.object({ object_ids: z.array(z.string()).min(1).max(1000) }).parse(json);
      return { status: 200, body: { objects: ids.flatMap((one) => this.catalog.get(one) ?? []) } };
    }
    if (route === 'POST /oauth2/token/status') return { status: 200, body: { scopes: this.scopes } };
    if (route === 'GET /v2/locations') return { status: 200, body: { locations: this.locations } };
    if (route === 'GET /v2/webhooks/subscriptions')
      return this.subscriptions === undefined
        ? failure(401, 'AUTHENTICATION_ERROR', 'UNAUTHORIZED', 'This request could not be authorized.')
        : { status: 200, body: { subscriptions: this.subscriptions } };
    if (route.startsWith('GET /v2/orders/')) return one('order', this.#orders.get(id));
    if (route.startsWith('GET /v2/payments/')) return one('payment', this.#payments.get(id));
    if (route.startsWith('GET /v2/locations/'))
      return one(
        'location',
        this.locations.find((at) => at['id'] === id),
      );
    return notFound('Resource');
  }

  /** Sorted by `updated_at`; the cursor is how many came before. */
  #search(json: unknown): SandboxResponse {
    const parsed = search.safeParse(json);
    if (!parsed.success) return failure(400, 'INVALID_REQUEST_ERROR', 'BAD_REQUEST', z.prettifyError(parsed.error));
    const { location_ids: locations, limit, cursor, query, return_entries: isShort } = parsed.data;
    const { start_at: from, end_at: to } = query.filter.date_time_filter.updated_at;
    const found = [...this.#orders.values()]
      .filter(({ location_id, updated_at }) => locations.includes(location_id) && updated_at >= from && updated_at < to)
      .toSorted((a, b) => (a.updated_at < b.updated_at ? -1 : 1));
    const start = Number(cursor ?? 0);
    const orders = found.slice(start, start + limit);
    const entries = orders.map(({ id, version, location_id }) => ({ order_id: id, version, location_id }));
    const more = start + limit < found.length ? { cursor: String(start + limit) } : {};
    // Square leaves an empty list out.
    return {
      status: 200,
      body: { ...(orders.length > 0 && (isShort ? { order_entries: entries } : { orders })), ...more },
    };
  }

  /** A refresh token of the code flow stays; here each is used once, as those of PKCE are. */
  #refresh(json: unknown): SandboxResponse {
    const parsed = refresh.safeParse(json);
    const isKnown =
      parsed.success &&
      parsed.data.client_id === this.#client.id &&
      parsed.data.client_secret === this.#client.secret &&
      parsed.data.refresh_token === this.#refreshToken;
    if (!isKnown) return failure(401, 'AUTHENTICATION_ERROR', 'UNAUTHORIZED', 'The refresh token is not good.');
    const token = `EAAA${randomUUID()}`;
    this.#tokens.add(token);
    this.#refreshToken = `EQAA${randomUUID()}`;
    return {
      status: 200,
      body: {
        access_token: token,
        token_type: 'bearer',
        expires_at: '2099-01-01T00:00:00Z',
        refresh_token: this.#refreshToken,
      },
    };
  }
}

/** Starts an account that knows one access token, and one client with its refresh token. */
export async function startSquareSandbox(
  accessToken: string,
  client = { id: 'sq0idp-client', secret: 'sq0csp-secret', refreshToken: 'EQAA-first' },
): Promise<SquareSandbox> {
  const sandbox = new SquareSandbox(accessToken, client);
  const { url, stop } = await startServer((request) => sandbox.answer(request));
  return Object.assign(sandbox, { url, stop });
}

/** An event as Square sends it; `object` is named by its kind. */
export const squareEvent = (type: string, object: Fields, eventId: string = randomUUID()): string => {
  const [kind = ''] = Object.keys(object);
  return JSON.stringify({
    merchant_id: 'MERCHANT1',
    type,
    event_id: eventId,
    created_at: '2026-11-22T09:00:00.000Z',
    data: { type: kind, id: randomUUID(), object },
  });
};

/** An event that only names an order, as those of orders do. */
export const squareOrderEvent = (type: string, orderId: string, version = 1, eventId?: string): string =>
  squareEvent(type, { [type.replaceAll('.', '_')]: { order_id: orderId, version, state: 'OPEN' } }, eventId);

/** The headers that Square sends with an event: the signature covers the notification URL and the body. */
export const squareHeaders = (
  secret: string,
  notificationUrl: string,
  body: string | Buffer,
): Record<string, string> => ({
  'content-type': 'application/json',
  'x-square-hmacsha256-signature': createHmac('sha256', secret).update(notificationUrl).update(body).digest('base64'),
});
