import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection } from '../../domain/connector.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';

/** A call to the shop's API, read only. */
export interface ShopCall {
  readonly operation: 'orders' | 'order' | 'refunds' | 'webhooks';
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
const errorBody = z.looseObject({ code: z.string().max(100) });

/**
 * Calls the shop's REST API with its consumer key, by Basic authentication. Refusals: `not-found` where the shop has no such thing;
 * `provider-unavailable` for anything else, in words.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#authentication-over-https
 */
export async function callShop<T>(
  { channel, credentials, call }: Connection,
  { operation, path, query = {} }: ShopCall,
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
  const answer = await call({ operation, method: 'GET', url, headers: { authorization } });
  if (!answer.ok) return answer;
  const { status, headers, body } = answer.value;
  const json = readJson(body);
  if (status >= 400) return refused(status, json.ok ? json.value : undefined, operation, channel.channelId);
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
  const isHere = url.hostname === 'localhost' || url.hostname.startsWith('127.');
  return url.protocol === 'https:' || isHere ? url : undefined;
}

const remedy = (channelId: string): string =>
  `Make a key that may read in WooCommerce, Settings, Advanced, REST API, and put consumerKey and consumerSecret with POST /v1/channels/${channelId}/credentials; what waits is tried again by itself.`;

function refused(status: number, body: unknown, operation: string, channelId: string): Result<never> {
  const read = errorBody.safeParse(body);
  const code = read.success ? read.data.code : 'no code';
  if (status === 404 && code.startsWith('woocommerce_rest_')) return refuse('not-found', `the shop has none (${code})`);
  const words = `The shop refused ${operation} with ${status} (${code}).`;
  if (status === 401 || status === 403) return refuse('provider-unavailable', `${words} ${remedy(channelId)}`);
  return refuse('provider-unavailable', `${words} It is tried again.`);
}
