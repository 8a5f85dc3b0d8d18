import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection, type Token } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';

/** One call of Walmart's API. */
export interface WalmartCall {
  readonly operation:
    | 'token'
    | 'orders'
    | 'order'
    | 'returns'
    | 'acknowledge'
    | 'webhooks'
    | 'readInventory'
    | 'putInventory'
    | 'submitFeed'
    | 'readFeed'
    | 'readItem'
    | 'putPrice'
    | 'retireItem'
    | 'submitItems'
    | 'submitMaintenance'
    | 'shipping'
    | 'cancel'
    | 'refund';
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query. */
  readonly path: string;
  /** What is sent as JSON. */
  readonly body?: unknown;
  /** What is sent as the JSON file of a form: feeds. */
  readonly file?: unknown;
}

const tokenName = 'access';
const granted = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number() });

/** An access token by client credentials; it lasts 15 minutes. Refusal: `provider-unavailable`, with what to do. */
export const accessToken = (connection: Connection): Promise<Result<string>> =>
  connection.token(tokenName, () => mint(connection));

/** Source: https://developer.walmart.com/us-marketplace/reference/tokenapi */
async function mint(connection: Connection): Promise<Result<Token>> {
  const { clientId = '', clientSecret = '' } = connection.credentials.values;
  const answer = await connection.call({
    operation: 'token',
    method: 'POST',
    url: urlOf(connection, '/v3/token'),
    headers: {
      ...commonHeaders(connection),
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const token = granted.safeParse(json.ok ? json.value : undefined);
  return answer.value.status === 200 && token.success
    ? ok({ token: token.data.access_token, expiresInSeconds: token.data.expires_in })
    : refuse(
        'provider-unavailable',
        `Walmart gave no token (status ${answer.value.status}): look at clientId and clientSecret of the channel, and at its market.`,
      );
}

/**
 * Calls Walmart's API. A token that it refuses is made anew once. Refusal: `provider-unavailable`, in words; any other answer is the
 * caller's to judge.
 */
export async function callWalmart(connection: Connection, call: WalmartCall): Promise<Result<ChannelAnswer>> {
  const first = await attempt(connection, call);
  if (!first.ok || first.value.status !== 401) return judged(first, call);
  connection.forgetToken(tokenName);
  return judged(await attempt(connection, call), call);
}

async function attempt(connection: Connection, call: WalmartCall) {
  const { operation, method = 'GET', path } = call;
  const token = await accessToken(connection);
  if (!token.ok) return token;
  const { type, body } = contentOf(call);
  return connection.call({
    operation,
    method,
    url: urlOf(connection, path),
    headers: {
      ...commonHeaders(connection),
      'wm_sec.access_token': token.value,
      ...(method !== 'GET' && { 'content-type': type }),
    },
    ...(method !== 'GET' && { body }),
  });
}

/** A body, a form with a file, or nothing: a POST without a body is sent with an empty one. */
function contentOf({ body, file }: WalmartCall): { readonly type: string; readonly body: string } {
  if (file === undefined) return { type: 'application/json', body: body === undefined ? '' : JSON.stringify(body) };
  const boundary = `crossdock-${randomUUID()}`;
  const head = 'Content-Disposition: form-data; name="file"; filename="feed.json"\r\nContent-Type: application/json';
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: `--${boundary}\r\n${head}\r\n\r\n${JSON.stringify(file)}\r\n--${boundary}--\r\n`,
  };
}

function judged(answer: Result<ChannelAnswer>, { operation }: WalmartCall): Result<ChannelAnswer> {
  if (!answer.ok || (answer.value.status !== 401 && answer.value.status !== 403)) return answer;
  return refuse(
    'provider-unavailable',
    answer.value.status === 401
      ? `Walmart was asked for ${operation} and refused a token that it has just given: look at clientId and clientSecret.`
      : `Walmart was asked for ${operation} and the key may not: give it access to orders, returns, inventory, items, prices and feeds in the Developer Portal.`,
  );
}

const urlOf = ({ channel }: Connection, path: string): URL => new URL(path, settingOf(channel, needs, 'apiUrl'));

/**
 * Every call has an id of its own, by which Walmart's support finds it. Outside the United States it is the Global API that is called:
 * https://developer.walmart.com/global-marketplace
 */
function commonHeaders({ channel }: Connection): Record<string, string> {
  const market = settingOf(channel, needs, 'market');
  return {
    accept: 'application/json',
    'wm_svc.name': 'Walmart Marketplace',
    'wm_qos.correlation_id': randomUUID(),
    ...(market !== '' && market !== 'us' && { wm_market: market, wm_global_version: '3.1' }),
  };
}
