import { createHmac } from 'node:crypto';
import { type SandboxRequest, type SandboxResponse, startServer } from './http-server.ts';
import { TiktokAfterSale } from './tiktok/after-sale.ts';
import { type ShopRequest, done, failed } from './tiktok/answers.ts';
import { TiktokProducts } from './tiktok/products.ts';
import { TiktokStock } from './tiktok/stock.ts';
import { Troubles } from './troubles.ts';

/** Anything that the shop has by an id and a time of its last change, seconds since 1970. */
interface Dated {
  readonly update_time: number;
  readonly [field: string]: unknown;
}

/** A shop as Crossdock sees it: version 202309 of its API, and where its tokens are refreshed. */
export interface TiktokSandbox {
  readonly url: string;
  readonly troubles: Troubles;
  /** Paths that were asked for, in order; without the parameters, which carry secrets. */
  readonly calls: string[];
  /** What the app may send next to refresh its token: it changes with each use. */
  readonly refreshToken: () => string;
  /** Ends the access token that was given last. */
  expireToken(): void;
  putOrder(order: Dated & { readonly id: string }): void;
  putCancellation(cancellation: Dated & { readonly cancel_id: string; readonly order_id: string }): void;
  putReturn(returned: Dated & { readonly return_id: string; readonly order_id: string }): void;
  /** What it sells, and what became of its orders. */
  readonly stock: TiktokStock;
  readonly products: TiktokProducts;
  readonly afterSale: TiktokAfterSale;
  /** An order as it is now. */
  order(id: string): Dated | undefined;
  /** What `GET /event/202309/webhooks` lists. */
  subscribe(...webhooks: readonly { event_type: string; address: string }[]): void;
  readonly stop: () => Promise<void>;
}

/** The app and the shop that a sandbox knows. */
export interface TiktokApp {
  readonly appKey: string;
  readonly appSecret: string;
  readonly shopCipher: string;
  /** An access token that it knows from the start; left out, one must be asked for. */
  readonly accessToken?: string;
  /** Its sales warehouses. */
  readonly warehouses?: readonly string[];
  /** How many results a page has at most, whatever was asked for. */
  readonly pageSize?: number;
}

/** What TikTok answers when something is wrong, for `troubles`. */
export const tiktokTroubles = {
  throttled: failed(429, 36_009_002, 'Too many requests'),
  broken: failed(500, 36_009_003, 'Internal error'),
  /** An error of its own that comes as a success. */
  brokenInWords: failed(200, 36_009_003, 'Internal error'),
  down: failed(503, 36_009_003, 'Service unavailable'),
};

/** Starts a shop with one app that is authorized. */
export async function startTiktokSandbox(app: TiktokApp): Promise<TiktokSandbox> {
  const orders = new Map<string, Dated>();
  const cancellations = new Map<string, Dated>();
  const returns = new Map<string, Dated>();
  const webhooks: object[] = [];
  const calls: string[] = [];
  const troubles = new Troubles();
  const stock = new TiktokStock(app.warehouses ?? []);
  const products = new TiktokProducts();
  const afterSale = new TiktokAfterSale({
    orders: () => orders.values(),
    put: (order) => void orders.set(order.id, order),
    cancellations,
    putCancellation: (one) => void cancellations.set(one.cancel_id, one),
  });
  const tokens = { access: app.accessToken ?? '', refresh: 'refresh-1', minted: 0 };

  const refresh = (query: URLSearchParams): SandboxResponse => {
    const isGood = query.get('app_secret') === app.appSecret && query.get('refresh_token') === tokens.refresh;
    if (!isGood || query.get('grant_type') !== 'refresh_token')
      return failed(200, 36_004_004, 'refresh_token is invalid');
    tokens.minted += 1;
    tokens.access = `access-${tokens.minted}`;
    tokens.refresh = `refresh-${tokens.minted + 1}`;
    const access_token_expire_in = Math.floor(Date.now() / 1000) + 604_800;
    return done({ access_token: tokens.access, access_token_expire_in, refresh_token: tokens.refresh });
  };

  const search = (all: readonly Dated[], name: string, query: URLSearchParams, body: Record<string, unknown>) => {
    const { order_ids: ids, update_time_ge: from = 0, update_time_lt: to = Number.MAX_SAFE_INTEGER } = body;
    const found = all
      .filter(({ order_id }) => !Array.isArray(ids) || ids.includes(order_id))
      .filter(({ update_time: at }) => at >= Number(from) && at < Number(to))
      .toSorted((a, b) => a.update_time - b.update_time);
    const size = Math.min(Number(query.get('page_size') ?? 20), app.pageSize ?? 100);
    const start = Number(Buffer.from(query.get('page_token') ?? '', 'base64').toString() || 0);
    const more = start + size < found.length;
    const next_page_token = more ? Buffer.from(String(start + size)).toString('base64') : '';
    return done({ [name]: found.slice(start, start + size), next_page_token, total_count: found.length });
  };

  const resource = (path: string, request: ShopRequest, body: Record<string, unknown>): SandboxResponse => {
    const { query } = request;
    switch (path) {
      case '/authorization/202309/shops':
        return done({ shops: [{ id: '7494', name: 'Sandbox', region: 'US', cipher: app.shopCipher }] });
      case '/event/202309/webhooks':
        return done({ webhooks, total_count: webhooks.length });
      case '/order/202309/orders':
        return done({ orders: (query.get('ids') ?? '').split(',').flatMap((id) => orders.get(id) ?? []) });
      case '/order/202309/orders/search':
        return search([...orders.values()], 'orders', query, body);
      case '/return_refund/202309/cancellations/search':
        return search([...cancellations.values()], 'cancellations', query, body);
      case '/return_refund/202309/returns/search':
        return search([...returns.values()], 'return_orders', query, body);
      case '/product/202309/products/search':
        return done({
          products: [...products.products.keys()].map((id) => ({ id })),
          total_count: products.products.size,
        });
      case '/logistics/202309/warehouses':
        return done({ warehouses: (app.warehouses ?? []).map((id) => ({ id, name: id, type: 'SALES_WAREHOUSE' })) });
      default:
        return (
          stock.answer(request) ??
          products.answer(request) ??
          afterSale.answer(request) ??
          failed(404, 36_009_009, 'Invalid path')
        );
    }
  };

  const answer = async ({ method, path, headers, body }: SandboxRequest): Promise<SandboxResponse> => {
    const { pathname, searchParams: query } = new URL(path, 'http://shop');
    calls.push(pathname);
    const trouble = await troubles.next();
    if (trouble !== undefined) return trouble;
    if (pathname === '/api/v2/token/refresh') return refresh(query);
    if (query.get('sign') !== signed(pathname, query, body, app.appSecret))
      return failed(401, 106_001, "Invalid credentials. The 'sign' query parameter is invalid.");
    if (tokens.access === '' || headers['x-tts-access-token'] !== tokens.access)
      return failed(401, 105_002, 'Expired credentials. The access token has expired.');
    if (pathname !== '/authorization/202309/shops' && query.get('shop_cipher') !== app.shopCipher)
      return failed(403, 106_011, 'The shop cipher is invalid.');
    const json = body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>);
    return resource(pathname, { route: `${method} ${pathname}`, query, body: json }, json);
  };

  const { url, stop } = await startServer(answer);
  return {
    url,
    troubles,
    calls,
    stock,
    products,
    afterSale,
    order: (id) => orders.get(id),
    refreshToken: () => tokens.refresh,
    expireToken: () => {
      tokens.access = '';
    },
    putOrder: (order) => void orders.set(order.id, order),
    putCancellation: (one) => void cancellations.set(one.cancel_id, one),
    putReturn: (one) => void returns.set(one.return_id, one),
    subscribe: (...added) => void webhooks.push(...added),
    stop,
  };
}

/** A call's signature, from the documentation and not from our own code. */
function signed(path: string, query: URLSearchParams, body: Buffer, secret: string): string {
  const sorted = [...query]
    .filter(([name]) => name !== 'sign' && name !== 'access_token')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [secret, path, ...sorted.flat(), body.toString(), secret].join('');
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** The headers of a webhook whose body is `body`. */
export const tiktokHeaders = (
  { appKey, appSecret }: Pick<TiktokApp, 'appKey' | 'appSecret'>,
  body: string | Buffer,
): Record<string, string> => ({
  'content-type': 'application/json',
  authorization: createHmac('sha256', appSecret).update(appKey).update(body).digest('hex'),
});
