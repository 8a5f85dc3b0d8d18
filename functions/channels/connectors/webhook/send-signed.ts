import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connector.ts';
import { taken } from '../kit/taken.ts';
import { signed } from './signature.ts';

/** True for a channel that has an endpoint to be told at. */
export const hasEndpoint = ({ endpoint }: Channel): boolean => endpoint.kind === 'webhook';

/** A message to a channel's endpoint. */
export interface SignedMessage {
  /** The same at every try, so that its receiver takes it once. */
  readonly id: string;
  /** What it is, in words for an error. */
  readonly what: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Posts a message of Standard Webhooks to the channel's endpoint. Refusals: `provider-unavailable`; `invalid-request` where the receiver does not
 * take it, or the channel lacks what it takes.
 */
export async function sendSigned(connection: Connection, message: SignedMessage): Promise<Result<ChannelAnswer>> {
  const { channel, credentials, call, now } = connection;
  const { channelId, endpoint } = channel;
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
  const { id, what, body, headers } = message;
  const signature = signed(secret, id, new Date(now()), body);
  const answer = await call({
    operation: 'tell',
    method: 'POST',
    url: endpoint.url,
    headers: { 'content-type': 'application/json', ...headers, ...signature },
    body,
  });
  return taken(answer, new URL(endpoint.url).host, what);
}
