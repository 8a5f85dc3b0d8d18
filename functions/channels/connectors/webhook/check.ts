import { type Result } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { type ConnectionCheck } from '../../domain/connector.ts';
import { availabilityMessage } from './availability.ts';
import { addressOf, postSigned } from './send-signed.ts';

/** Whether the endpoint takes what is signed: it is told the stock of no SKU, which changes nothing. */
export async function check(connection: Connection): Promise<readonly ConnectionCheck[]> {
  const { channelId, endpoint } = connection.channel;
  if (endpoint.kind !== 'webhook') {
    const detail = `It has none, so the channel is told nothing. To be told, give it one with PUT /v1/channels/${channelId}.`;
    return [{ name: 'endpoint', ok: true, detail }];
  }
  const address = addressOf(connection);
  const answer = address.ok
    ? await postSigned(connection, address.value, availabilityMessage(connection, []))
    : address;
  return [{ name: 'endpoint', ...judged(answer, new URL(endpoint.url).host, channelId) }];
}

function judged(answer: Result<ChannelAnswer>, host: string, channelId: string): Omit<ConnectionCheck, 'name'> {
  if (!answer.ok) return { ok: false, detail: answer.refusal.detail };
  const { status } = answer.value;
  const remedy = remedies.get(status);
  if (remedy === undefined) return { ok: true, detail: `${host} answers (${status}).` };
  const detail = `${host} answered ${status} to a signed POST: ${remedy.replace('{channelId}', channelId)}`;
  return { ok: false, detail };
}

const signature =
  'it does not take the signature. Give both sides the same secret (POST /v1/channels/{channelId}/credentials), and let in who signs with it.';
const address = 'nothing takes messages at this address. Correct endpoint.url with PUT /v1/channels/{channelId}.';
/** Answers by which no message is ever taken; others judge what a message says. */
const remedies: ReadonlyMap<number, string> = new Map([
  [401, signature],
  [403, signature],
  [404, address],
  [405, address],
  [410, address],
]);
