import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';
import { oauthHeader, percentEncoded } from './oauth.ts';

/** A condition of a search: all of them must hold. */
export interface Filter {
  readonly field: string;
  readonly value: string;
  readonly condition: 'eq' | 'gteq' | 'in';
}

/** Asks a store's REST API for something: `path` begins behind `/rest/`. Refusal: `provider-unavailable`. */
export const get = (
  connection: Connection,
  path: string,
  query: readonly (readonly [string, string])[] = [],
): Promise<Result<ChannelAnswer>> => request(connection, 'GET', path, { query });

/** Tells a store's REST API something, as JSON. Refusal: `provider-unavailable`; any other answer is the caller's to judge. */
export const post = (connection: Connection, path: string, body: object): Promise<Result<ChannelAnswer>> =>
  request(connection, 'POST', path, { body });

/** The same with PUT. */
export const put = (connection: Connection, path: string, body: object): Promise<Result<ChannelAnswer>> =>
  request(connection, 'PUT', path, { body });

type Method = 'GET' | 'POST' | 'PUT';

async function request(
  connection: Connection,
  method: Method,
  path: string,
  { query = [], body }: { readonly query?: readonly (readonly [string, string])[]; readonly body?: object },
): Promise<Result<ChannelAnswer>> {
  const { channel } = connection;
  const address = `${settingOf(channel, needs, 'apiUrl').replace(/\/+$/, '')}/rest/${path}`;
  if (!URL.canParse(address))
    return refuse(
      'provider-unavailable',
      `Channel ${channel.channelId} has no apiUrl that is a URL: give it the store's base URL with PUT /v1/channels/${channel.channelId}.`,
    );
  const url = new URL(address);
  // As OAuth encodes it: a server that decodes and encodes the query again must come to the same text.
  url.search = query.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&');
  const authorization = authorizationOf(connection, method, url);
  if (!authorization.ok) return authorization;
  return connection.call({
    operation: 'api',
    method,
    url,
    headers: {
      accept: 'application/json',
      authorization: authorization.value,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function authorizationOf(
  { channel, credentials: { values }, now }: Connection,
  method: Method,
  url: URL,
): Result<string> {
  const { accessToken = '', consumerKey = '', consumerSecret = '', accessTokenSecret = '' } = values;
  if (settingOf(channel, needs, 'auth') === 'bearer') return ok(`Bearer ${accessToken}`);
  const all = { accessToken, consumerKey, consumerSecret, accessTokenSecret };
  const missing = Object.entries(all).flatMap(([name, value]) => (value === '' ? [name] : []));
  if (missing.length > 0)
    return refuse(
      'provider-unavailable',
      `Channel ${channel.channelId} lacks ${missing.join(', ')} of its integration: put them with POST /v1/channels/${channel.channelId}/credentials.`,
    );
  return ok(
    oauthHeader(method, url, all, {
      at: Math.floor(Date.parse(now()) / 1000),
      nonce: randomBytes(16).toString('hex'),
    }),
  );
}

/** A search as the parameters of a query. Source: https://developer.adobe.com/commerce/webapi/rest/use-rest/performing-searches */
export const searchQuery = (
  filters: readonly Filter[],
  how: { readonly sort?: readonly string[]; readonly pageSize: number; readonly page?: number },
): readonly (readonly [string, string])[] => [
  ...filters.flatMap(({ field, value, condition }, index) => {
    const filter = `searchCriteria[filter_groups][${index}][filters][0]`;
    return [
      [`${filter}[field]`, field],
      [`${filter}[value]`, value],
      [`${filter}[condition_type]`, condition],
    ] as const;
  }),
  ...(how.sort ?? []).flatMap((field, index) => {
    const order = `searchCriteria[sortOrders][${index}]`;
    return [
      [`${order}[field]`, field],
      [`${order}[direction]`, 'ASC'],
    ] as const;
  }),
  ['searchCriteria[pageSize]', String(how.pageSize)],
  ['searchCriteria[currentPage]', String(how.page ?? 1)],
];

const failure = z.object({ message: z.string() });

/** The JSON that an answer brings. Refusal: `provider-unavailable`, with what to mend. */
export const contentOf = (answer: ChannelAnswer, what: string): Result<Buffer> =>
  answer.status === 200
    ? ok(answer.body)
    : refuse('provider-unavailable', `Adobe Commerce answered ${answer.status} for ${what}${remedyOf(answer)}`);

/** What to do about an answer that is no good one, with the words of the store where it has some. */
export function remedyOf({ status, body }: ChannelAnswer): string {
  const json = readJson(body);
  const { data } = failure.safeParse(json.ok ? json.value : undefined);
  const said = data === undefined ? '' : `: ${data.message.slice(0, 200)}`;
  if (isDenied({ body }))
    return `${said}. The integration lacks a resource, or the store takes no bearer tokens: give it Sales (Inventory under Stores and Catalog, to be told stock, and Products under Catalog, to be told products) in Admin (System, Integrations) and reauthorize it, or set auth to oauth1.`;
  if (status === 401 || status === 403)
    return `${said}. The store does not take the credentials: put ${blamed(said)} of an active integration with POST /v1/channels/{channelId}/credentials, and see the setting auth (oauth1 or bearer).`;
  return `${said}. It is tried again.`;
}

/** Which credentials the store's words are about. Source: Magento\Framework\Oauth\Oauth and Magento\Integration\Model\Oauth */
function blamed(said: string): string {
  if (/signature/i.test(said)) return 'consumerSecret and accessTokenSecret';
  if (/consumer/i.test(said)) return 'consumerKey';
  return /token/i.test(said) ? 'accessToken' : 'those';
}

/** True where the credentials are good and the integration may not see it: the store says so with 401. */
export const isDenied = ({ body }: Pick<ChannelAnswer, 'body'>): boolean =>
  body.includes("The consumer isn't authorized to access");
