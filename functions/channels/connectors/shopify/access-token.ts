import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection, type Token } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';

const minted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
/** The name under which the token is kept. */
export const tokenName = 'access';

/**
 * The token for the shop's API: the one that was given, or one that is minted by the client credentials grant and lasts a day.
 * Source: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant
 */
export function accessToken(connection: Connection, shop: URL): Promise<Result<string>> {
  const { accessToken: given, clientId, clientSecret } = connection.credentials.values;
  if (clientId !== undefined && clientSecret !== undefined)
    return connection.token(tokenName, () => mint(connection, shop, { clientId, clientSecret }));
  return Promise.resolve(given === undefined ? refuse('provider-unavailable', none(connection)) : ok(given));
}

/** True where a token that was refused can be made anew. */
export const canMint = ({ credentials: { values } }: Connection): boolean =>
  values['clientId'] !== undefined && values['clientSecret'] !== undefined;

/** True where there is anything to call the API with. */
export const hasCredentials = (connection: Connection): boolean =>
  canMint(connection) || connection.credentials.values['accessToken'] !== undefined;

const none = ({ channel: { channelId } }: Connection): string =>
  `Channel ${channelId} has no access token. Give it credentials accessToken, or clientId and clientSecret.`;

async function mint(
  { call, channel: { channelId } }: Connection,
  shop: URL,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): Promise<Result<Token>> {
  const answer = await call({
    operation: 'token',
    method: 'POST',
    url: new URL('/admin/oauth/access_token', shop),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
  });
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const token = minted.safeParse(json.ok ? json.value : undefined);
  if (answer.value.status === 200 && token.success)
    return ok({ token: token.data.access_token, expiresInSeconds: token.data.expires_in });
  return refuse(
    'provider-unavailable',
    `Shopify gave channel ${channelId} no access token (${answer.value.status}). Check clientId and clientSecret, and that the app is installed in the shop.`,
  );
}
