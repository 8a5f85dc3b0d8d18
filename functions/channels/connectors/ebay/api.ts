import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { errorsIn, wantsSignature } from './errors.ts';
import { type TokenKind, accessToken, apiUrlOf } from './tokens.ts';

/**
 * eBay's limits by API: 100,000 calls a day to the Fulfillment API, 10,000 to the Notification API, 2,000,000 to the Inventory API. None is
 * documented for the Post-Order API, which is called for a cancellation alone.
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
} as const;

/** One call of eBay's API: a GET, or with a body a POST, where no method is named. */
export interface EbayCall {
  readonly operation: keyof typeof limits;
  readonly path: string;
  readonly as: TokenKind;
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** How the token is presented; the Post-Order API wants `IAF`. */
  readonly scheme?: 'Bearer' | 'IAF';
}

/**
 * Calls eBay's API. A token that it refuses is made anew once. Refusals: `provider-unavailable`, in words, also where the token is good
 * and its scopes are not; `state-conflict` where eBay wants a digital signature, which is final; any other answer is the caller's to judge.
 */
export async function callEbay(connection: Connection, call: EbayCall): Promise<Result<ChannelAnswer>> {
  const first = await attempt(connection, call);
  if (!first.ok || first.value.status !== 401) return judged(first, call);
  connection.forgetToken(call.as);
  return judged(await attempt(connection, call), call);
}

async function attempt(connection: Connection, call: EbayCall): Promise<Result<ChannelAnswer>> {
  const { operation, path, as, body, headers, scheme = 'Bearer' } = call;
  const method = call.method ?? (body === undefined ? 'GET' : 'POST');
  const token = await accessToken(connection, as);
  if (!token.ok) return token;
  return connection.call({
    operation,
    method,
    url: apiUrlOf(connection, path),
    headers: {
      authorization: `${scheme} ${token.value}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function judged(answer: Result<ChannelAnswer>, { operation }: EbayCall): Result<ChannelAnswer> {
  if (answer.ok && answer.value.status >= 400 && wantsSignature(errorsIn(answer.value.body)))
    return refuse(
      'state-conflict',
      'eBay takes this from sellers in the EU and the United Kingdom only with a digital signature, and calls are not signed here. Do it in Seller Hub, then dismiss this.',
    );
  if (!answer.ok || (answer.value.status !== 401 && answer.value.status !== 403)) return answer;
  const why =
    answer.value.status === 401
      ? 'a token that it has just given (look at clientId, clientSecret and refreshToken)'
      : 'it for want of a scope (have the seller sign in again with sell.fulfillment, sell.inventory and commerce.notification.subscription)';
  return refuse('provider-unavailable', `eBay was asked for ${operation} and refused ${why}.`);
}
