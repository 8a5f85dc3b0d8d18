import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type ChannelAnswer, type Connection, type Token } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { apiUrlOf } from './api-url.ts';
import { needs } from './needs.ts';

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().nullish(),
});
const restricted = z.object({ restrictedDataToken: z.string().min(1), expiresIn: z.number() });
const lwaError = z.object({ error: z.string(), error_description: z.string().nullish() });

/** What the tokens of a channel are kept under. */
export const tokenNames = { access: 'lwa', restricted: 'rdt' } as const;

/**
 * An access token (Login with Amazon), an hour good. Refusal: `provider-unavailable`, with what to mend where Amazon refuses the credentials.
 * Source: https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api
 */
export const accessToken = (connection: Connection): Promise<Result<string>> =>
  connection.token(tokenNames.access, () => mintAccess(connection));

async function mintAccess(connection: Connection): Promise<Result<Token>> {
  const { clientId, clientSecret, refreshToken } = connection.credentials.values;
  const { channelId } = connection.channel;
  if (clientId === undefined || clientSecret === undefined || refreshToken === undefined)
    return refuse(
      'provider-unavailable',
      `Channel ${channelId} lacks clientId, clientSecret or refreshToken. Give them with POST /v1/channels/${channelId}/credentials.`,
    );
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  };
  const answer = await connection.call({
    operation: 'token',
    method: 'POST',
    url: settingOf(connection.channel, needs, 'lwaUrl'),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  if (!answer.ok) return answer;
  const token = bodyOf(answer.value, granted);
  if (token === undefined) return refused(answer.value, channelId);
  if (token.refresh_token != null && token.refresh_token !== refreshToken)
    await connection.keep({ refreshToken: token.refresh_token });
  return ok({ token: token.access_token, expiresInSeconds: token.expires_in });
}

function refused(answer: ChannelAnswer, channelId: string): Result<never> {
  const error = bodyOf(answer, lwaError)?.error ?? `status ${answer.status}`;
  const remedy =
    error === 'invalid_grant'
      ? 'authorize the app again in Seller Central and give its new refreshToken'
      : 'check clientId and clientSecret; a client secret of LWA ends 180 days after it was made';
  return refuse('provider-unavailable', `Amazon gives channel ${channelId} no access token (${error}): ${remedy}.`);
}

/** The calls of the Orders API v0 that tell who the buyer is and where to ship. */
const restrictedResources = [
  { method: 'GET', path: '/orders/v0/orders/{orderId}', dataElements: ['buyerInfo', 'shippingAddress'] },
  { method: 'GET', path: '/orders/v0/orders/{orderId}/orderItems', dataElements: ['buyerInfo'] },
  { method: 'GET', path: '/orders/v0/orders/{orderId}/address' },
  { method: 'GET', path: '/orders/v0/orders/{orderId}/buyerInfo' },
];

/**
 * A restricted data token for the orders of v0, an hour good: one for all orders, as its own limit is one a second. An app without the roles
 * gets none, and asks with its access token, which leaves out names and streets. Refusal: `provider-unavailable`.
 * Source: https://developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide
 */
export async function restrictedToken(connection: Connection): Promise<Result<string>> {
  const access = await accessToken(connection);
  if (!access.ok) return access;
  return connection.token(tokenNames.restricted, async () => {
    const answer = await connection.call({
      operation: 'createRestrictedDataToken',
      method: 'POST',
      url: new URL('/tokens/2021-03-01/restrictedDataToken', apiUrlOf(connection.channel)),
      headers: { 'content-type': 'application/json', 'x-amz-access-token': access.value },
      body: JSON.stringify({ restrictedResources }),
    });
    if (!answer.ok) return answer;
    const token = bodyOf(answer.value, restricted);
    if (token !== undefined) return ok({ token: token.restrictedDataToken, expiresInSeconds: token.expiresIn });
    return ok({ token: access.value, expiresInSeconds: 0 });
  });
}

function bodyOf<T>({ body }: ChannelAnswer, schema: z.ZodType<T>): T | undefined {
  const json = readJson(body);
  return json.ok ? schema.safeParse(json.value).data : undefined;
}
