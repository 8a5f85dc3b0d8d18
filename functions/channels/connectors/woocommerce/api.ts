import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { addressFault } from '../../../../shared/kernel/web-address.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';
import { plain } from './texts.ts';

/** A call to the shop's API; without a body it is read. */
export interface ShopCall {
  readonly operation: 'orders' | 'order' | 'refunds' | 'webhooks' | 'stock' | 'orderWrites' | 'listings';
  readonly method?: 'POST' | 'PUT';
  readonly body?: object;
  /** Below `/wp-json/wc/v3/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** What the shop answered, and how many pages there are in all. */
export interface ShopAnswer<T> {
  readonly data: T;
  readonly pages: number;
}

/** `woocommerce_rest_cannot_view` and the like, with the status in `data`. */
const errorBody = z.looseObject({ code: z.string().max(100), message: z.string().nullish() });

/**
 * Calls the shop's REST API with its consumer key, by Basic authentication. Refusals: `not-found` where the shop has no such thing;
 * `invalid-request` for a write that it will not do (400); `provider-unavailable` for anything else, in words.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#authentication-over-https
 */
export async function callShop<T>(
  { channel, credentials, call }: Connection,
  { operation, method, path, query = {}, body: sent }: ShopCall,
  of: z.ZodType<T>,
): Promise<Result<ShopAnswer<T>>> {
  const { consumerKey, consumerSecret } = credentials.values;
  const base = baseOf(settingOf(channel, needs, 'apiUrl'));
  if (base === undefined)
    return refuse(
      'provider-unavailable',
      `The setting apiUrl is no https address of a shop: put it with PUT /v1/channels/${channel.channelId}.`,
    );
  if (consumerKey === undefined || consumerSecret === undefined)
    return refuse('provider-unavailable', `There is no consumerKey or no consumerSecret. ${remedy(channel.channelId)}`);
  const url = new URL(path, base);
  url.search = new URLSearchParams(query).toString();
  const authorization = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  const answer = await call({
    operation,
    method: method ?? 'GET',
    url,
    headers: { authorization, ...(sent !== undefined && { 'content-type': 'application/json' }) },
    ...(sent !== undefined && { body: JSON.stringify(sent) }),
  });
  if (!answer.ok) return answer;
  const { status, headers, body } = answer.value;
  const json = readJson(body);
  if (status >= 400)
    return refused(
      { status, isWrite: method !== undefined },
      json.ok ? json.value : undefined,
      operation,
      channel.channelId,
    );
  const read = of.safeParse(json.ok ? json.value : undefined);
  if (!read.success)
    return refuse(
      'provider-unavailable',
      `The shop answered ${operation} not as documented; is ${base.host} a WooCommerce shop with its REST API on? It is tried again.`,
    );
  return ok({ data: read.data, pages: Number(headers['x-wp-totalpages'] ?? 1) || 1 });
}

/** Where the API is, whether the setting names the shop or its API; `undefined` for what would carry the keys in the clear over a network. */
function baseOf(shopUrl: string): URL | undefined {
  if (!URL.canParse(shopUrl)) return undefined;
  const shop = shopUrl.replace(/\/wp-json(\/.*)?$/, '').replace(/\/+$/, '');
  const url = new URL(`${shop}/wp-json/wc/v3/`);
  return addressFault(url.href) === undefined ? url : undefined;
}

const remedy = (channelId: string): string =>
  `Make a key that may read (and write, to tell the shop of stock and orders) in WooCommerce, Settings, Advanced, REST API, and put consumerKey and consumerSecret with POST /v1/channels/${channelId}/credentials; what waits is tried again by itself.`;

function refused(
  { status, isWrite }: { readonly status: number; readonly isWrite: boolean },
  body: unknown,
  operation: string,
  channelId: string,
): Result<never> {
  const read = errorBody.safeParse(body);
  const code = read.success ? read.data.code : 'no code';
  if (status === 404 && code.startsWith('woocommerce_rest_')) return refuse('not-found', `the shop has none (${code})`);
  const words = `The shop refused ${operation} with ${status} (${code}).`;
  if (status === 400 && isWrite && read.success) {
    const said = plain(read.data.message, 300);
    return refuse('invalid-request', said === undefined ? words : `${words} It says: ${said}`);
  }
  if (status === 401 || status === 403) return refuse('provider-unavailable', `${words} ${remedy(channelId)}`);
  return refuse('provider-unavailable', `${words} It is tried again.`);
}
