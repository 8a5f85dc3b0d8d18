import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import { webhookReceived } from '../../../shared/contracts/channels/events.ts';
import { inboxIdOf } from '../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create } from '../../../shared/model/changes.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Inbound } from './connector.ts';

const gzip = promisify(gzipWithCallback);

/**
 * The most that a delivery's compressed body may have. A DynamoDB item holds 400 KB, and the mapped order needs room beside it.
 * A Shopify order of 90 lines compresses to some 20 KB.
 */
export const maximumStoredBytes = 256 * 1024;

/** What a receipt answers: the same id for every repeat. */
export interface Receipt {
  readonly inboxId: string;
  readonly duplicate: boolean;
}

/**
 * Takes in a delivery: nothing is stored unless its signature is good, and nothing is answered unless it is stored.
 * A repeat of a delivery id is a duplicate whatever its body: the first one counts.
 * Refusals: `not-found`, `invalid-signature`, `malformed-request`, `body-too-large`.
 */
export const receiveWebhook =
  (ports: ChannelsPorts) =>
  async (channelId: string, inbound: Inbound, now: string): Promise<Result<Receipt>> => {
    const channel = await ports.channel(channelId);
    const takeIn = channel && ports.connectorOf(channel.type).takeIn;
    if (channel === undefined || takeIn === undefined) return refuse('not-found', 'There is nothing here.');
    const { signing } = channel.secrets;
    if (signing === undefined)
      return refuse('invalid-signature', 'This channel has no signing secret yet, so no signature can be good.');
    const delivery = takeIn(signing, inbound);
    if (!delivery.ok) return delivery;
    const body = await gzip(inbound.body);
    if (body.length > maximumStoredBytes) {
      return refuse(
        'body-too-large',
        `The body has ${body.length} bytes compressed, and ${maximumStoredBytes} is the most that can be kept. Capture this order with POST /v1/orders.`,
        {
          facts: { maximumStoredBytes },
        },
      );
    }
    const { deliveryId, topic } = delivery.value;
    const message = received({
      inboxId: inboxIdOf(channelId, deliveryId),
      channelId,
      deliveryId,
      topic,
      body,
      receivedAt: now,
    });
    const stored = await ports.commit([create('inboxMessage', message)]);
    return ok({ inboxId: message.inboxId, duplicate: !stored.ok });
  };

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
