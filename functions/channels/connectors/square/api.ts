import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection, type Token } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';

/** The version that this connector was written for: https://developer.squareup.com/docs/build-basics/versioning-overview */
export const squareVersion = '2025-10-16';
const tokenName = 'access';
/** How long a token is used that came with no end: an OAuth token lives 30 days. */
const usualTokenSeconds = 86_400;

/** A call of the API; with a body it is a POST, unless it says otherwise. */
export interface SquareCall {
  readonly operation: string;
  readonly path: string;
  readonly method?: 'PUT';
  readonly body?: object;
  /** What Square finds wrong with the request itself is an answer (`SquareAnswer.errors`), for the caller to judge. */
  readonly answersErrors?: boolean;
  /** An order can do without what is asked for: where the token may not see it, it is missing. */
  readonly isOptional?: boolean;
}

/** What the API answered: its JSON, whether it was not there, and what was wrong with the request. */
export interface SquareAnswer {
  readonly isMissing: boolean;
  readonly json: unknown;
  readonly errors?: readonly SquareError[];
}

const error = z.object({ code: z.string(), detail: z.string().nullish(), field: z.string().nullish() });
/** An error as Square writes it. Source: https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors */
export type SquareError = z.output<typeof error>;
const errors = z.object({ errors: z.array(error).min(1) });
/** Statuses by which Square refuses the request, not the caller. */
const refusedStatuses = [400, 404, 409, 422];
const minted = z.object({
  access_token: z.string().min(1),
  expires_at: z.string().nullish(),
  refresh_token: z.string().nullish(),
});

/**
 * Calls Square. A token that is refused is forgotten and made anew, once.
 * Refusal: `provider-unavailable`, with Square's own words; a 404 is an answer.
 */
export async function callSquare(connection: Connection, call: SquareCall): Promise<Result<SquareAnswer>> {
  let answer = await send(connection, call);
  if (answer.ok && answer.value.status === 401 && canRefresh(connection)) {
    connection.forgetToken(tokenName);
    answer = await send(connection, call);
  }
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  const json = readJson(body);
  const refused = errors.safeParse(json.ok ? json.value : undefined);
  if (call.answersErrors === true && refusedStatuses.includes(status) && refused.success)
    return ok({ isMissing: status === 404, json: json.ok ? json.value : undefined, errors: refused.data.errors });
  if (status === 404 || (status === 403 && call.isOptional === true)) return ok({ isMissing: true, json: undefined });
  if (status !== 200 || !json.ok) return rejected(connection, call, answer.value);
  return ok({ isMissing: false, json: json.value });
}

async function send(
  connection: Connection,
  { operation, path, body, method }: SquareCall,
): Promise<Result<ChannelAnswer>> {
  const { channel } = connection;
  const apiUrl = settingOf(channel, needs, 'apiUrl');
  if (!URL.canParse(apiUrl))
    return refuse(
      'provider-unavailable',
      `The setting apiUrl of channel ${channel.channelId} is no address: ${apiUrl}.`,
    );
  const token = await accessToken(connection);
  if (!token.ok) return token;
  return connection.call({
    operation,
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    url: new URL(path, apiUrl),
    headers: {
      authorization: `Bearer ${token.value}`,
      'square-version': squareVersion,
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const canRefresh = ({ credentials: { values } }: Connection): boolean =>
  ['clientId', 'clientSecret', 'refreshToken'].every((name) => values[name] !== undefined);

function accessToken(connection: Connection): Promise<Result<string>> {
  if (canRefresh(connection)) return connection.token(tokenName, () => mint(connection));
  const { accessToken: given } = connection.credentials.values;
  return Promise.resolve(
    given === undefined
      ? refuse(
          'provider-unavailable',
          `Channel ${connection.channel.channelId} has no access token. Give it credentials accessToken, or clientId, clientSecret and refreshToken.`,
        )
      : ok(given),
  );
}

/** Source: https://developer.squareup.com/docs/oauth-api/refresh-revoke-limit-scope; a refresh token that is used once is answered with a new one. */
async function mint({ channel, credentials: { values }, call, keep, now }: Connection): Promise<Result<Token>> {
  const { clientId, clientSecret, refreshToken } = values;
  const answer = await call({
    operation: 'token',
    method: 'POST',
    url: new URL('/oauth2/token', settingOf(channel, needs, 'apiUrl')),
    headers: { 'square-version': squareVersion, 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }),
  });
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const token = minted.safeParse(json.ok ? json.value : undefined);
  if (answer.value.status !== 200 || !token.success)
    return refuse(
      'provider-unavailable',
      `Square gave channel ${channel.channelId} no access token (${answer.value.status}). Check clientId and clientSecret, and have the seller authorize the application again.`,
    );
  const { access_token, expires_at, refresh_token: next } = token.data;
  if (next != null && next !== refreshToken) await keep({ refreshToken: next });
  const seconds = (Date.parse(expires_at ?? '') - Date.parse(now())) / 1000;
  return ok({ token: access_token, expiresInSeconds: Number.isFinite(seconds) ? seconds : usualTokenSeconds });
}

/** What Square says, short. */
export const wordsOf = (all: readonly SquareError[]): string =>
  all
    .map(({ code, detail }) => `${code}${detail == null ? '' : `: ${detail}`}`)
    .join(' ')
    .slice(0, 400);

function rejected({ channel: { channelId } }: Connection, { path }: SquareCall, { status, body }: ChannelAnswer) {
  const json = readJson(body);
  const parsed = errors.safeParse(json.ok ? json.value : undefined);
  const words = parsed.success ? wordsOf(parsed.data.errors) : 'without a reason';
  const remedy =
    status === 401
      ? ' Give the channel a good access token, or have the seller authorize the application again.'
      : status === 403
        ? ' The token lacks a permission: ORDERS_READ, PAYMENTS_READ, ITEMS_READ and MERCHANT_PROFILE_READ are needed, and to write back ORDERS_WRITE, PAYMENTS_WRITE, INVENTORY_READ and INVENTORY_WRITE, and ITEMS_WRITE to be told products.'
        : '';
  return refuse(
    'provider-unavailable',
    `Square refused ${path} for channel ${channelId} (${status}, ${words}).${remedy}`,
  );
}
