import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';

/**
 * What all calls of a store share: 150 in 30 seconds on the smallest plans, whatever they ask. A burst of half of that and the other half
 * spread over the window never exceeds it.
 * Source: https://docs.bigcommerce.com/developer/docs/overview/api-fundamentals/rate-limits
 */
export const limits = { api: { perSecond: 2.5, burst: 75 } };

/** Asks a store's API for something: `path` begins with its version. Refusal: `provider-unavailable`. */
export const get = (connection: Connection, path: string): Promise<Result<ChannelAnswer>> =>
  send(connection, 'GET', path);

/** Tells a store's API something. Refusal: `provider-unavailable`; any other answer is the caller's to judge. */
export function send(
  connection: Connection,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<Result<ChannelAnswer>> {
  const { channel, credentials } = connection;
  const base = settingOf(channel, needs, 'apiUrl').replace(/\/+$/, '');
  return connection.call({
    operation: 'api',
    method,
    url: `${base}/stores/${encodeURIComponent(settingOf(channel, needs, 'storeHash'))}/${path}`,
    // Without it V2 may answer in XML.
    headers: {
      accept: 'application/json',
      'x-auth-token': credentials.values['accessToken'] ?? '',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/**
 * The JSON that an answer brings: V2 says 204 and nothing where a list is empty. Anything else is no answer: a page of a store that is down, or
 * an answer that broke off. Refusal: `provider-unavailable`, with what to mend.
 */
export function contentOf({ status, body }: ChannelAnswer, what: string): Result<Buffer> {
  if (status === 204) return ok(Buffer.from('[]'));
  if (status === 200 && readJson(body).ok) return ok(body);
  const kind = status === 200 ? ' and no JSON' : '';
  return refuse('provider-unavailable', `BigCommerce answered ${status}${kind} for ${what}${remedyOf(status)}`);
}

/** What to do about an answer that is no good one. */
export function remedyOf(status: number): string {
  if (status === 401)
    return ': it does not know the access token, or not for this store. Put the right accessToken and storeHash.';
  if (status === 403)
    return ': the API account lacks a scope. Give it Orders and Order transactions (read-only, or modify where the store is told of orders), Store inventory (modify, to be told stock) and Products (modify, to be told products), and put its new accessToken.';
  return '. It is tried again.';
}
