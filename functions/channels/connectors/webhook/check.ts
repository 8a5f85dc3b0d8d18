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
  if (status >= 200 && status < 300) return { ok: true, detail: `${host} answers (${status}).` };
  if (status === 422) return { ok: true, detail: `${host} answers (422). ${refusing}` };
  const remedy = (remedies.get(status) ?? anythingElse).replace('{channelId}', channelId);
  return { ok: false, detail: `${host} answered ${status} to a signed POST: ${remedy}` };
}

/** By 422 an endpoint judges what a message says, and this one says nothing of any SKU. */
const refusing =
  'It read the message and refused it, as it names no SKU; of a message that names some, 422 refuses these for good.';
const anythingElse =
  'what is answered so is sent again, for as long as it takes. Have it answer 2xx to what it takes, also where quantities are empty, and 422 to what it refuses.';
const signature =
  'it does not take the signature. Give both sides the same secret (POST /v1/channels/{channelId}/credentials), and let in who signs with it.';
const address = 'nothing takes messages at this address. Correct endpoint.url with PUT /v1/channels/{channelId}.';
/** What to do where the answer itself says what is wrong. */
const remedies: ReadonlyMap<number, string> = new Map([
  [401, signature],
  [403, signature],
  [404, address],
  [405, address],
  [410, address],
]);
