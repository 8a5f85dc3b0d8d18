import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection, type Token } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { needs } from './needs.ts';

/** `user`: the seller's, for orders. `application`: our own, for public keys and destinations. */
export type TokenKind = 'user' | 'application';

const granted = z.looseObject({ access_token: z.string().min(1), expires_in: z.number() });
const denied = z.looseObject({ error: z.string(), error_description: z.string().nullish() });

/** Where eBay answers: by `api.`, and some of its APIs by `apiz.` in that place. */
export const apiUrlOf = ({ channel }: Pick<Connection, 'channel'>, path: string, host: 'api' | 'apiz' = 'api'): URL =>
  new URL(path, settingOf(channel, needs, 'apiUrl').replace('://api.', `://${host}.`));

/**
 * An access token, kept until it is nearly over (two hours). Refusal: `provider-unavailable`, with what eBay says.
 * Source: https://developer.ebay.com/api-docs/static/oauth-refresh-token-request.html, oauth-client-credentials-grant.html
 */
export const accessToken = (connection: Connection, kind: TokenKind): Promise<Result<string>> =>
  connection.token(kind, () => mint(connection, kind));

/**
 * Whether the seller has agreed to a scope: eBay gives no token for one that is not in the consent. The token that comes of it is thrown away.
 * Refusal: `provider-unavailable`. Source: https://developer.ebay.com/api-docs/static/oauth-refresh-token-request.html (`scope`, `invalid_scope`)
 */
export async function hasConsent(connection: Connection, scope: string): Promise<Result<boolean>> {
  const { refreshToken = '' } = connection.credentials.values;
  const answer = await grantOf(connection, { grant_type: 'refresh_token', refresh_token: refreshToken, scope });
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const error = denied.safeParse(json.ok ? json.value : undefined);
  if (answer.value.status === 200) return ok(true);
  if (error.data?.error === 'invalid_scope') return ok(false);
  return refuse('provider-unavailable', whyDenied('user', error.data?.error ?? `status ${answer.value.status}`));
}

async function mint(connection: Connection, kind: TokenKind): Promise<Result<Token>> {
  const { refreshToken = '' } = connection.credentials.values;
  const grant: Record<string, string> =
    kind === 'user'
      ? { grant_type: 'refresh_token', refresh_token: refreshToken }
      : { grant_type: 'client_credentials', scope: 'https://api.ebay.com/oauth/api_scope' };
  const answer = await grantOf(connection, grant);
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const token = granted.safeParse(json.ok ? json.value : undefined);
  if (answer.value.status === 200 && token.success)
    return ok({ token: token.data.access_token, expiresInSeconds: token.data.expires_in });
  const error = denied.safeParse(json.ok ? json.value : undefined);
  return refuse(
    'provider-unavailable',
    whyDenied(kind, error.success ? error.data.error : `status ${answer.value.status}`),
  );
}

function grantOf(connection: Connection, grant: Readonly<Record<string, string>>): Promise<Result<ChannelAnswer>> {
  const { clientId = '', clientSecret = '' } = connection.credentials.values;
  return connection.call({
    operation: 'token',
    method: 'POST',
    url: apiUrlOf(connection, '/identity/v1/oauth2/token'),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams(grant).toString(),
  });
}

const whyDenied = (kind: TokenKind, error: string): string =>
  error === 'invalid_grant'
    ? 'eBay takes the refresh token no more (invalid_grant): the seller must sign in again, and the new refreshToken be put with the channel.'
    : `eBay gave no ${kind} token (${error.slice(0, 100)}): look at clientId, clientSecret and refreshToken of the channel.`;
