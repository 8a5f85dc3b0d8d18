import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { signatureHeaders, signingKeyOf } from './digital-signature.ts';
import { errorsIn, wantsSignature, wordsOf } from './errors.ts';
import { type TokenKind, accessToken, apiUrlOf } from './tokens.ts';

/**
 * eBay's limits by API: 100,000 calls a day to the Fulfillment API, 10,000 to the Notification API, 2,000,000 to the Inventory API. None is
 * documented for the Post-Order API, which is called for a cancellation alone, and for the Key Management API.
 * Source: https://developer.ebay.com/develop/get-started/api-call-limits
 */
export const limits = {
  order: { perSecond: 0.5, burst: 100 },
  orders: { perSecond: 0.2, burst: 20 },
  fulfillment: { perSecond: 0.4, burst: 50 },
  stock: { perSecond: 18, burst: 50 },
  'stock-read': { perSecond: 5, burst: 10 },
  listing: { perSecond: 2, burst: 25 },
  cancellation: { perSecond: 0.1, burst: 20 },
  'public-key': { perSecond: 0.05, burst: 20 },
  notification: { perSecond: 0.05, burst: 20 },
  'signing-key': { perSecond: 0.05, burst: 20 },
} as const;

/** One call of eBay's API: a GET, or with a body a POST, where no method is named. */
export interface EbayCall {
  readonly operation: keyof typeof limits;
  readonly path: string;
  readonly as: TokenKind;
  /** Which of eBay's hosts answers; `api` where it is not said. */
  readonly host?: 'apiz';
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** How the token is presented; the Post-Order API wants `IAF`. */
  readonly scheme?: 'Bearer' | 'IAF';
  /** One that eBay takes from sellers in the EU and the United Kingdom only with a digital signature: it has one where the channel has a key. */
  readonly signed?: true;
}

/**
 * Calls eBay's API. A token that it refuses is made anew once. Refusals: `provider-unavailable`, in words, also where the token is good
 * and its scopes are not; `state-conflict` where eBay misses a digital signature or does not take it, which is final; any other answer is the caller's to judge.
 */
export async function callEbay(connection: Connection, call: EbayCall): Promise<Result<ChannelAnswer>> {
  const first = await attempt(connection, call);
  if (!first.ok || first.value.status !== 401) return judged(connection, first, call);
  connection.forgetToken(call.as);
  return judged(connection, await attempt(connection, call), call);
}

async function attempt(connection: Connection, call: EbayCall): Promise<Result<ChannelAnswer>> {
  const { operation, as, headers, scheme = 'Bearer' } = call;
  const method = call.method ?? (call.body === undefined ? 'GET' : 'POST');
  const url = apiUrlOf(connection, call.path, call.host);
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const token = await accessToken(connection, as);
  if (!token.ok) return token;
  const key = call.signed === true ? signingKeyOf(connection.credentials.values) : undefined;
  return connection.call({
    operation,
    method,
    url,
    headers: {
      authorization: `${scheme} ${token.value}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
      ...(key !== undefined && signatureHeaders(key, { method, url, body }, connection.now())),
    },
    ...(body !== undefined && { body }),
  });
}

function judged(connection: Connection, answer: Result<ChannelAnswer>, { operation }: EbayCall): Result<ChannelAnswer> {
  const errors = answer.ok && answer.value.status >= 400 ? errorsIn(answer.value.body) : [];
  if (wantsSignature(errors)) return refuse('state-conflict', whyNotSigned(connection, wordsOf(errors)));
  if (!answer.ok || (answer.value.status !== 401 && answer.value.status !== 403)) return answer;
  const why =
    answer.value.status === 401
      ? 'a token that it has just given (look at clientId, clientSecret and refreshToken)'
      : 'it for want of a scope (have the seller sign in again with sell.fulfillment, sell.inventory and commerce.notification.subscription)';
  return refuse('provider-unavailable', `eBay was asked for ${operation} and refused ${why}.`);
}

/** What eBay says of a signature, and what to do; a new key must be given whole. */
const whyNotSigned = ({ channel, credentials }: Connection, words: string): string =>
  signingKeyOf(credentials.values) === undefined
    ? `eBay takes this from sellers in the EU and the United Kingdom only with a digital signature, and the channel has no key to sign with: ${words}. ${newKey(channel.channelId)}`
    : `eBay does not take the digital signature of this call: ${words}. Keys end after three years; POST /v1/channels/${channel.channelId}/test says how this one is. ${newKey(channel.channelId)}`;

const newKey = (channelId: string): string =>
  `Make a key with createSigningKey of eBay's Key Management API, give its jwe and privateKey as signingKeyJwe and signingPrivateKey (POST /v1/channels/${channelId}/credentials), then retry this.`;
