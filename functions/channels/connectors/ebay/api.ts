import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connector.ts';
import { type TokenKind, accessToken, apiUrlOf } from './tokens.ts';

/** One read of eBay's API. */
export interface EbayCall {
  readonly operation: 'order' | 'orders' | 'public-key' | 'notification';
  readonly path: string;
  readonly as: TokenKind;
}

/**
 * Reads from eBay's API. A token that it refuses is made anew once. Refusal: `provider-unavailable`, in words, also where the token is good
 * and its scopes are not; any other answer is the caller's to judge.
 */
export async function readEbay(connection: Connection, call: EbayCall): Promise<Result<ChannelAnswer>> {
  const first = await attempt(connection, call);
  if (!first.ok || first.value.status !== 401) return judged(first, call);
  connection.forgetToken(call.as);
  return judged(await attempt(connection, call), call);
}

async function attempt(connection: Connection, { operation, path, as }: EbayCall): Promise<Result<ChannelAnswer>> {
  const token = await accessToken(connection, as);
  if (!token.ok) return token;
  return connection.call({
    operation,
    method: 'GET',
    url: apiUrlOf(connection, path),
    headers: { authorization: `Bearer ${token.value}`, accept: 'application/json' },
  });
}

function judged(answer: Result<ChannelAnswer>, { operation }: EbayCall): Result<ChannelAnswer> {
  if (!answer.ok || (answer.value.status !== 401 && answer.value.status !== 403)) return answer;
  const why =
    answer.value.status === 401
      ? 'a token that it has just given (look at clientId, clientSecret and refreshToken)'
      : 'it for want of a scope (have the seller sign in again with sell.fulfillment and commerce.notification.subscription)';
  return refuse('provider-unavailable', `eBay was asked for ${operation} and refused ${why}.`);
}
