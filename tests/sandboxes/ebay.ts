import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { EbayAfterSale } from './ebay/after-sale.ts';
import { EbayInventory } from './ebay/inventory.ts';
import { EbayListings } from './ebay/listings.ts';
import { EbaySigning } from './ebay/signing.ts';
import { Troubles } from './troubles.ts';

/** An order as the Fulfillment API has it: what the sandbox itself looks at, and whatever else there is. */
export interface EbaySandboxOrder {
  readonly orderId: string;
  readonly lastModifiedDate: string;
  readonly buyer?: Readonly<Record<string, unknown>>;
  readonly cancelStatus?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** A seller's account at eBay: OAuth, the Fulfillment and the Notification API, and signed notifications. */
export interface EbaySandbox {
  readonly url: string;
  /** Places an order, or changes it. */
  put(order: EbaySandboxOrder): void;
  /** A notification as eBay sends it. */
  notify(
    topic: string,
    data: unknown,
    how?: { readonly notificationId?: string },
  ): { headers: Record<string, string>; body: Buffer };
  readonly troubles: Troubles;
  /** Makes every token that was given worthless. */
  expireTokens(): void;
  /** Has the seller's consent lack a scope: `sell.inventory`. */
  withhold(scope: string): void;
  /** Takes the seller's consent back: the refresh token is worth nothing any more. */
  revoke(): void;
  /** What is subscribed, and where it is delivered. */
  subscribe(endpoint: string, status?: 'ENABLED' | 'DISABLED'): void;
  /** What it sells, and what became of it. */
  readonly inventory: EbayInventory;
  readonly listings: EbayListings;
  readonly afterSale: EbayAfterSale;
  /** The keys that sign, and whether the seller's calls must be signed. */
  readonly signing: EbaySigning;
  /** An order as it is now. */
  order(orderId: string): EbaySandboxOrder | undefined;
  /** Methods and paths in the order that they were called. */
  readonly calls: string[];
  readonly stop: () => Promise<void>;
}

/** The credentials that the sandbox knows. */
export const ebayKeys = {
  clientId: 'app-id',
  clientSecret: 'cert-id',
  refreshToken: 'v^1.1#refresh',
  verificationToken: 'a-verification-token-of-forty-characters',
} as const;

const error = (errorId: number, domain: string, message: string) => ({
  errors: [{ errorId, domain, category: 'REQUEST', message, longMessage: message }],
});
const invalidToken = { status: 401, body: error(1001, 'OAuth', 'Invalid access token') };

const scopeRoot = 'https://api.ebay.com/oauth/api_scope';
const scopeWords = 'The requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client';

/** Starts one on a free port. */
export async function startEbaySandbox(): Promise<EbaySandbox> {
  const orders = new Map<string, EbaySandboxOrder>();
  const tokens = new Map<string, 'user' | 'application'>();
  const calls: string[] = [];
  const troubles = new Troubles();
  const inventory = new EbayInventory();
  const listings = new EbayListings(inventory);
  const signing = new EbaySigning();
  const afterSale = new EbayAfterSale({
    get: (id) => orders.get(id),
    all: () => orders.values(),
    put: (order) => void orders.set(order.orderId, { lastModifiedDate: '', ...order }),
  });
  const kid = randomUUID();
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString().replaceAll('\n', '');
  let isRevoked = false;
  const scopes = new Set(['', '/sell.fulfillment', '/sell.inventory'].map((one) => `${scopeRoot}${one}`));
  let destination: { endpoint: string; status: string } | undefined;

  const token = ({ headers, body }: SandboxRequest): SandboxResponse => {
    const basic = `Basic ${Buffer.from(`${ebayKeys.clientId}:${ebayKeys.clientSecret}`).toString('base64')}`;
    const form = new URLSearchParams(body.toString());
    const kind = form.get('grant_type') === 'refresh_token' ? 'user' : 'application';
    if (headers.authorization !== basic)
      return { status: 401, body: { error: 'invalid_client', error_description: 'client authentication failed' } };
    if (kind === 'user' && (isRevoked || form.get('refresh_token') !== ebayKeys.refreshToken))
      return {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'the provided authorization refresh token is invalid' },
      };
    if (
      form
        .get('scope')
        ?.split(' ')
        .some((scope) => !scopes.has(scope)) === true
    )
      return { status: 400, body: { error: 'invalid_scope', error_description: scopeWords } };
    const access = `v^1.1#${randomUUID()}`;
    tokens.set(access, kind);
    return { status: 200, body: { access_token: access, expires_in: 7200, token_type: 'User Access Token' } };
  };

  const api = (request: SandboxRequest): SandboxResponse => {
    const { path, headers } = request;
    const { pathname, searchParams } = new URL(path, 'http://ebay');
    const kind = tokens.get(headers.authorization?.replace(/^(Bearer|IAF) /, '') ?? '');
    if (kind === undefined) return invalidToken;
    if (pathname === `/commerce/notification/v1/public_key/${kid}`)
      return { status: 200, body: { key: pem, algorithm: 'ECDSA', digest: 'SHA1' } };
    if (pathname.startsWith('/commerce/notification/v1/public_key/'))
      return { status: 404, body: error(195010, 'API_NOTIFICATION', 'Invalid public key id.') };
    if (pathname === '/commerce/notification/v1/subscription') return subscriptionsOf(destination);
    if (pathname === '/commerce/notification/v1/destination') return destinationsOf(destination);
    if (pathname === '/developer/key_management/v1/signing_key') return signing.list();
    if (kind !== 'user') return { status: 403, body: error(1100, 'ACCESS', 'Access denied') };
    const unsigned = signing.refusalOf(request);
    if (unsigned !== undefined) return unsigned;
    const below = '/sell/inventory/v1';
    if (pathname.startsWith(below)) {
      const asked = { ...request, path: pathname.slice(below.length) };
      return listings.answer(asked, searchParams) ?? inventory.answer(asked);
    }
    if (pathname.startsWith('/post-order/v2/cancellation')) return afterSale.cancel(request);
    const after = afterSale.ofOrder(request);
    if (after !== undefined) return after;
    if (pathname === '/sell/fulfillment/v1/order') return pageOf([...orders.values()], searchParams, pathname);
    const order = orders.get(decodeURIComponent(pathname.slice('/sell/fulfillment/v1/order/'.length)));
    return order === undefined
      ? { status: 404, body: error(32100, 'API_FULFILLMENT', 'Invalid order ID: not found') }
      : { status: 200, body: order };
  };

  const { url, stop } = await startServer(async (request) => {
    calls.push(`${request.method} ${request.path}`);
    const trouble = await troubles.next();
    if (trouble !== undefined) return trouble;
    return request.path === '/identity/v1/oauth2/token' ? token(request) : api(request);
  });
  return {
    url,
    stop,
    calls,
    troubles,
    inventory,
    listings,
    afterSale,
    signing,
    order: (id) => orders.get(id),
    put: (order) => void orders.set(order.orderId, order),
    expireTokens: () => tokens.clear(),
    revoke: () => void (isRevoked = true),
    withhold: (scope) => void scopes.delete(`${scopeRoot}/${scope}`),
    subscribe: (endpoint, status = 'ENABLED') => void (destination = { endpoint, status }),
    notify: (topic, data, { notificationId = randomUUID() } = {}) => {
      const at = '2026-11-22T09:29:59.137Z';
      const notification = { notificationId, eventDate: at, publishDate: at, publishAttemptCount: 1, data };
      const body = Buffer.from(
        JSON.stringify({ metadata: { topic, schemaVersion: '1.0', deprecated: false }, notification }),
      );
      const signature = sign('sha1', body, privateKey).toString('base64');
      const header = Buffer.from(JSON.stringify({ alg: 'ecdsa', kid, signature, digest: 'SHA1' })).toString('base64');
      return { headers: { 'content-type': 'application/json', 'x-ebay-signature': header }, body };
    },
  };
}

/** What a challenge must be answered with. */
export const challengeAnswer = (code: string, endpoint: string): string =>
  createHash('sha256').update(`${code}${ebayKeys.verificationToken}${endpoint}`).digest('hex');

/** A page of orders by when they were changed: as eBay has it, without the cancel requests and tax ids that getOrder alone shows. */
function pageOf(orders: readonly EbaySandboxOrder[], query: URLSearchParams, path: string): SandboxResponse {
  const [, from = '', to = ''] = /^lastmodifieddate:\[(.+)\.\.(.*)\]$/.exec(query.get('filter') ?? '') ?? [];
  const [limit, offset] = [Number(query.get('limit') ?? 50), Number(query.get('offset') ?? 0)];
  const found = orders
    .filter(({ lastModifiedDate: at }) => at >= from && (to === '' || at <= to))
    .toSorted((a, b) => a.lastModifiedDate.localeCompare(b.lastModifiedDate));
  const next = new URLSearchParams(query);
  next.set('offset', String(offset + limit));
  const body = {
    total: found.length,
    limit,
    offset,
    ...(offset + limit < found.length && { next: `${path}?${next.toString()}` }),
    orders: found
      .slice(offset, offset + limit)
      .map(({ buyer: { taxIdentifier: _, ...buyer } = {}, cancelStatus, ...order }) => ({
        ...order,
        buyer,
        cancelStatus: { ...cancelStatus, cancelRequests: [] },
      })),
  };
  return { status: 200, body };
}

type Destination = { readonly endpoint: string; readonly status: string } | undefined;

const subscriptionsOf = (at: Destination): SandboxResponse => ({
  status: 200,
  body: {
    total: at ? 1 : 0,
    subscriptions: at ? [{ topicId: 'ORDER_CONFIRMATION', status: at.status, destinationId: 'd1' }] : [],
  },
});

const destinationsOf = (at: Destination): SandboxResponse => ({
  status: 200,
  body: {
    total: at ? 1 : 0,
    destinations: at ? [{ destinationId: 'd1', status: at.status, deliveryConfig: { endpoint: at.endpoint } }] : [],
  },
});
