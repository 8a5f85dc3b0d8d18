import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';
import { accessToken, refusedToken } from './token.ts';

/** A call to the shop's API. `query` is without what every call has. */
export interface ShopCall {
  readonly operation: keyof typeof limits;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** True for the calls that ask which shops there are. */
  readonly ofNoShop?: boolean;
}

const rate = { perSecond: 50, burst: 50 };
/** 50 calls a second for an app and shop: the limit that partners report since August 2025; the documentation names none. */
export const limits = {
  order: rate,
  orders: rate,
  cancellations: rate,
  returns: rate,
  shops: rate,
  webhooks: rate,
  stock: rate,
  'stock-read': rate,
  product: rate,
  listing: rate,
  warehouses: rate,
  providers: rate,
  shipment: rate,
  eligibility: rate,
  cancellation: rate,
  refund: rate,
};

/** An object of no known fields: for calls whose answer does not matter. */
export const anything = z.unknown();
const envelope = z.looseObject({ code: z.int(), message: z.string().nullish(), data: z.unknown().optional() });
/** Codes of a token that is over, or is none. Source: https://partner.tiktokshop.com/docv2/page/common-errors */
const tokenCodes = new Set([105_000, 105_001, 105_002, 36_004_004]);
/** Asked too often. */
const tooOften = 36_009_002;
/** That, and an error of TikTok's own. */
const laterCodes = new Set([tooOften, 36_009_003]);
const laterSeconds = 30;

/**
 * Calls the shop's API, signed, and answers its `data`. A token that was refused is renewed once. Refusals: `provider-unavailable` (no answer,
 * asked too often, an answer that is not as documented, or credentials that TikTok refuses: the words say which), `invalid-request` for any
 * other code of TikTok's, which is `facts.code`.
 */
export async function callShop<T>(connection: Connection, call: ShopCall, data: z.ZodType<T>): Promise<Result<T>> {
  const first = await callOnce(connection, call, false);
  const answer = first === 'token-refused' ? await callOnce(connection, call, true) : first;
  if (answer === 'token-refused') return refusedToken(connection.channel);
  if (!answer.ok) return answer;
  const read = data.safeParse(answer.value ?? {});
  return read.success
    ? ok(read.data)
    : refuse('provider-unavailable', `TikTok answered ${call.operation} not as documented. It is tried again.`);
}

async function callOnce(
  connection: Connection,
  call: ShopCall,
  renewed: boolean,
): Promise<Result<unknown> | 'token-refused'> {
  const token = await accessToken(connection, renewed);
  if (!token.ok) return token;
  const { channel, credentials, now } = connection;
  const shopCipher = call.ofNoShop === true ? '' : settingOf(channel, needs, 'shopCipher');
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const query = {
    ...call.query,
    app_key: settingOf(channel, needs, 'appKey'),
    timestamp: String(Math.floor(Date.parse(now()) / 1000)),
    ...(shopCipher !== '' && { shop_cipher: shopCipher }),
  };
  const sign = signatureOf(call.path, query, body, credentials.values['appSecret'] ?? '');
  const url = new URL(call.path, settingOf(channel, needs, 'apiUrl'));
  url.search = new URLSearchParams({ ...query, sign }).toString();
  const answer = await connection.call({
    operation: call.operation,
    method: call.method,
    url,
    headers: { 'content-type': 'application/json', 'x-tts-access-token': token.value },
    ...(body !== undefined && { body }),
  });
  return answer.ok ? judged(answer.value, call) : answer;
}

/**
 * The signature of a call: the hex HMAC-SHA256, under the app's secret, of the path, the parameters sorted by name, each as its name and value,
 * and the body, all between two copies of the secret.
 * Source: https://partner.tiktokshop.com/docv2/page/sign-your-api-request
 */
export function signatureOf(
  path: string,
  query: Readonly<Record<string, string>>,
  body: string | undefined,
  appSecret: string,
): string {
  const parameters = Object.keys(query)
    .filter((name) => name !== 'sign' && name !== 'access_token')
    .sort()
    .map((name) => `${name}${query[name]}`)
    .join('');
  const text = `${appSecret}${path}${parameters}${body ?? ''}${appSecret}`;
  return createHmac('sha256', appSecret).update(text).digest('hex');
}

function judged({ status, body }: ChannelAnswer, { operation }: ShopCall): Result<unknown> | 'token-refused' {
  const json = readJson(body);
  const read = envelope.safeParse(json.ok ? json.value : undefined);
  if (!read.success) return refuse('provider-unavailable', `TikTok answered ${operation} with ${status} and no JSON.`);
  const { code, message, data } = read.data;
  if (code === 0) return ok(data);
  if (tokenCodes.has(code)) return 'token-refused';
  const words = `TikTok refused ${operation} with code ${code}: ${message ?? 'no words'}`;
  if (laterCodes.has(code))
    return refuse('provider-unavailable', `${words}. It is tried again.`, {
      facts: { retryAfterSeconds: laterSeconds, ...(code === tooOften && { limit: true }) },
    });
  if (status === 401 || status === 403)
    return refuse(
      'provider-unavailable',
      `${words}. Check appKey, appSecret and the scopes of the app, have the seller authorize it again, and put what changed with POST /v1/channels/{channelId}/credentials.`,
    );
  return refuse('invalid-request', words, { facts: { code } });
}
