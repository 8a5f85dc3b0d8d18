import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Connection, type Token } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { fromEpoch } from '../kit/times.ts';
import { needs } from './needs.ts';

const name = 'access';
/** A kept token that ends sooner is not begun with. */
const marginSeconds = 300;

const refreshed = z.looseObject({
  code: z.int(),
  message: z.string().nullish(),
  data: z
    .looseObject({
      access_token: z.string().min(1),
      /** When it ends: seconds since 1970. */
      access_token_expire_in: z.int(),
      refresh_token: z.string().min(1),
    })
    .nullish(),
});

/** The refusal when TikTok refuses even a token that it has just given. */
export const refusedToken = ({ channelId }: Pick<Connection['channel'], 'channelId'>) =>
  refuse(
    'provider-unavailable',
    `TikTok refuses the access token that it has just renewed. Have the seller authorize the app again and put the new refreshToken with POST /v1/channels/${channelId}/credentials; deliveries wait until then.`,
  );

/**
 * The seller's access token. It lasts days, so it is kept with the credentials for all processes, and renewed with the refresh token, which
 * changes with each use, only once it is over or (`renew`) was refused.
 * Source: https://partner.tiktokshop.com/docv2/page/refresh-token-202407
 */
export function accessToken(connection: Connection, renew: boolean): Promise<Result<string>> {
  if (renew) connection.forgetToken(name);
  return connection.token(name, () => {
    const kept = renew ? undefined : keptToken(connection);
    return kept === undefined ? refresh(connection) : Promise.resolve(ok(kept));
  });
}

function keptToken({ credentials: { values }, now }: Connection): Token | undefined {
  const { accessToken: token, accessTokenExpiresAt: until } = values;
  if (token === undefined || until === undefined) return undefined;
  const expiresInSeconds = Math.floor((Date.parse(until) - Date.parse(now())) / 1000);
  return expiresInSeconds > marginSeconds ? { token, expiresInSeconds } : undefined;
}

async function refresh(connection: Connection): Promise<Result<Token>> {
  const { channel, credentials, now } = connection;
  const { appSecret, refreshToken } = credentials.values;
  if (appSecret === undefined || refreshToken === undefined)
    return refuse(
      'provider-unavailable',
      `The channel has no appSecret or no refreshToken. Put them with POST /v1/channels/${channel.channelId}/credentials.`,
    );
  const url = new URL('/api/v2/token/refresh', settingOf(channel, needs, 'authUrl'));
  const app_key = settingOf(channel, needs, 'appKey');
  url.search = new URLSearchParams({
    app_key,
    app_secret: appSecret,
    refresh_token: refreshToken,
    grant_type: 'refresh_token',
  }).toString();
  const answer = await connection.call({ operation: 'token', method: 'GET', url });
  if (!answer.ok) return answer;
  const json = readJson(answer.value.body);
  const read = refreshed.safeParse(json.ok ? json.value : undefined);
  const data = read.success && read.data.code === 0 ? read.data.data : undefined;
  if (data == null) return notRefreshed(read.success ? read.data.code : answer.value.status);
  const accessTokenExpiresAt = fromEpoch(data.access_token_expire_in, 'seconds') ?? plusSeconds(now(), 0);
  await connection.keep({
    accessToken: data.access_token,
    accessTokenExpiresAt,
    refreshToken: data.refresh_token,
  });
  const expiresInSeconds = Math.floor((Date.parse(accessTokenExpiresAt) - Date.parse(now())) / 1000);
  return ok({ token: data.access_token, expiresInSeconds });
}

/** TikTok's own words are left out: they may repeat what was sent. */
const notRefreshed = (code: number): Result<never> =>
  refuse(
    'provider-unavailable',
    `TikTok does not renew the access token (code ${code}). Have the seller authorize the app again and put the new refreshToken with POST /v1/channels/{channelId}/credentials; deliveries wait until then.`,
  );
