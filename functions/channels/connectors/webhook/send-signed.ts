import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { taken } from '../kit/taken.ts';
import { signed } from './signature.ts';

/** True for a channel that has an endpoint to be told at. */
export const hasEndpoint = ({ endpoint }: Channel): boolean => endpoint.kind === 'webhook';

/** What a channel lacks to be told anything, as the end of a sentence. */
export const lacksEndpoint = (channel: Channel): string | undefined =>
  hasEndpoint(channel) ? undefined : 'give it an endpoint of kind webhook';

/** A message to a channel's endpoint. */
export interface SignedMessage {
  /** The same at every try, so that its receiver takes it once. */
  readonly id: string;
  /** What it is, in words for an error. */
  readonly what: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where a channel is told, and what signs it. */
interface Address {
  readonly url: string;
  readonly secret: string;
}

/** Where a channel is told. Refusal: `invalid-request` where it lacks an endpoint or a secret, with how to give it one. */
export function addressOf({ channel: { channelId, endpoint }, credentials }: Connection): Result<Address> {
  const [secret] = credentials.signing;
  if (endpoint.kind !== 'webhook')
    return refuse(
      'invalid-request',
      `Channel ${channelId} has no webhook endpoint. Give it one with PUT /v1/channels/${channelId}, then retry.`,
    );
  if (secret === undefined)
    return refuse(
      'invalid-request',
      `Channel ${channelId} has no signing secret, so nothing that it is told could be trusted. Give it one with POST /v1/channels/${channelId}/credentials, then retry.`,
    );
  return ok({ url: endpoint.url, secret });
}

/** Posts a message of Standard Webhooks; what is answered is the caller's to judge. Refusals: those of `Connection.call`. */
export function postSigned(
  { call, now }: Connection,
  { url, secret }: Address,
  { id, what, body, headers }: SignedMessage,
): Promise<Result<ChannelAnswer>> {
  const signature = signed(secret, id, new Date(now()), body);
  return call({
    operation: what,
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers, ...signature },
    body,
  });
}

/**
 * Posts a message of Standard Webhooks to the channel's endpoint. Refusals: `provider-unavailable`; `invalid-request` where the receiver does not
 * take it, or the channel lacks what it takes.
 */
export async function sendSigned(connection: Connection, message: SignedMessage): Promise<Result<ChannelAnswer>> {
  const address = addressOf(connection);
  if (!address.ok) return address;
  const answer = await postSigned(connection, address.value, message);
  return taken(answer, new URL(address.value.url).host, message.what);
}
