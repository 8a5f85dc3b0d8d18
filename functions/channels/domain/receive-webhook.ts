import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import { webhookReceived } from '../../../shared/contracts/channels/events.ts';
import { inboxIdOf } from '../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create } from '../../../shared/model/changes.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Connector, type Delivery, type Inbound } from './connector.ts';

const gzip = promisify(gzipWithCallback);

/**
 * The most that a delivery's compressed body may have. A DynamoDB item holds 400 KB, and its other attributes need room.
 * A Shopify order of 90 lines compresses to some 20 KB.
 */
export const maximumStoredBytes = 350 * 1024;

/** What a receipt answers: the same id for every repeat. Of a message that brought several things, the first one's. */
export interface Receipt {
  readonly inboxId: string;
  readonly duplicate: boolean;
}

type ReceivePorts = Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'connection' | 'commit'>;

/**
 * Takes in a delivery: nothing is stored unless its signature is good, and nothing is answered unless it is stored.
 * A repeat of a delivery id is a duplicate whatever its body: the first one counts.
 * Refusals: `not-found`, `invalid-signature`, `malformed-request`, `body-too-large`.
 */
export const receiveWebhook =
  (ports: ReceivePorts) =>
  async (channelId: string, inbound: Inbound, now: string): Promise<Result<Receipt>> => {
    const channel = await ports.channel(channelId);
    const takeIn = channel && ports.connectorOf(channel.type).takeIn;
    if (channel === undefined || takeIn === undefined) return refuse('not-found', 'There is nothing here.');
    const taken = await takenIn(ports, channel, takeIn, inbound);
    return taken.ok ? storeDeliveries(ports, channelId, inbound.body, taken.value, now) : taken;
  };

/** A secret that was changed a moment ago may not be known here yet: a signature is refused only by the newest. */
async function takenIn(
  ports: ReceivePorts,
  channel: Channel,
  takeIn: NonNullable<Connector['takeIn']>,
  inbound: Inbound,
): Promise<Result<readonly Delivery[]>> {
  const first = await takeIn(inbound, await ports.connection(channel));
  if (first.ok || first.refusal.code !== 'invalid-signature') return first;
  return takeIn(inbound, await ports.connection(channel, { fresh: true }));
}

/**
 * Stores deliveries, raw, each once, and announces them; those of one message are each stored by itself, so that a repeat stores what a
 * crash left out. Refusal: `body-too-large`.
 */
export async function storeDeliveries(
  ports: Pick<ChannelsPorts, 'commit'>,
  channelId: string,
  whole: Buffer,
  deliveries: readonly Delivery[],
  now: string,
): Promise<Result<Receipt>> {
  const bodies = await Promise.all(deliveries.map(({ body = whole }) => gzip(body)));
  const tooLarge = bodies.find((body) => body.length > maximumStoredBytes);
  if (tooLarge !== undefined) return refuseTooLarge(tooLarge.length);
  const receipts = await Promise.all(
    deliveries.map(async ({ deliveryId, topic }, index): Promise<Receipt> => {
      const inboxId = inboxIdOf(channelId, deliveryId);
      const body = bodies[index] ?? Buffer.alloc(0);
      const message = received({ inboxId, channelId, deliveryId, topic, body, receivedAt: now });
      const stored = await ports.commit([create('inboxMessage', message)]);
      return { inboxId, duplicate: !stored.ok };
    }),
  );
  const [first] = receipts;
  if (first === undefined) throw new Error(`a message of ${channelId} was good and brought nothing`);
  return ok({ inboxId: first.inboxId, duplicate: receipts.every(({ duplicate }) => duplicate) });
}

const refuseTooLarge = (bytes: number) =>
  refuse(
    'body-too-large',
    `The body has ${bytes} bytes compressed, and ${maximumStoredBytes} is the most that can be kept. Capture this order with POST /v1/orders.`,
    { facts: { maximumStoredBytes } },
  );

function received(
  about: Pick<InboxMessage, 'inboxId' | 'channelId' | 'deliveryId' | 'topic' | 'body' | 'receivedAt'>,
): InboxMessage {
  const { inboxId, channelId, topic, receivedAt } = about;
  const event = webhookReceived.of(
    inboxId,
    1,
    { now: receivedAt, actor: `channel ${channelId}` },
    { inboxId, channelId, topic },
  );
  return { ...about, state: 'RECEIVED', version: 1, updatedAt: receivedAt, events: [event] };
}
