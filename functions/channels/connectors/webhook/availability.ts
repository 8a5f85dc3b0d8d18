import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Acknowledgements, type Connection, type Offer } from '../../domain/connector.ts';
import { acknowledgeAll } from '../kit/acknowledge.ts';
import { post } from '../kit/http-post.ts';
import { signed } from './signature.ts';

/** The most SKUs in one message. */
export const maximumOffers = 500;

/**
 * Posts signed `availability.changed` messages: absolute quantities, each with a `version` that only ever grows per SKU, so that a receiver
 * keeps the highest and forgets the rest.
 */
export async function publish(connection: Connection, offers: readonly Offer[]): Promise<Acknowledgements> {
  const all = new Map<string, Awaited<ReturnType<typeof send>>>();
  for (let start = 0; start < offers.length; start += maximumOffers) {
    const part = offers.slice(start, start + maximumOffers);
    for (const [sku, answer] of acknowledgeAll(part, await send(connection, part))) all.set(sku, answer);
  }
  return all;
}

async function send({ channel: { channelId, endpoint }, credentials }: Connection, offers: readonly Offer[]) {
  const [secret] = credentials.signing;
  if (endpoint.kind !== 'webhook')
    return refuse(
      'provider-unavailable',
      `Channel ${channelId} has no webhook endpoint. Give it one with PUT /v1/channels/${channelId}.`,
    );
  if (secret === undefined)
    return refuse(
      'provider-unavailable',
      `Channel ${channelId} has no signing secret. Give it one with PUT /v1/channels/${channelId}.`,
    );
  const now = new Date();
  const quantities = offers.map(({ sku, quantity, sequence }) => ({ sku, quantity, version: sequence }));
  const body = JSON.stringify({
    type: 'availability.changed',
    timestamp: now.toISOString(),
    data: { channelId, quantities },
  });
  const id = `avl_${sha256Hex(JSON.stringify([channelId, quantities])).slice(0, 32)}`;
  const answer = await post(endpoint.url, signed(secret, id, now, body), body);
  if (!answer.ok) return answer;
  const { status } = answer.value;
  return status >= 200 && status < 300
    ? ok(true as const)
    : refuse('provider-unavailable', `${new URL(endpoint.url).host} answered ${status}`);
}
