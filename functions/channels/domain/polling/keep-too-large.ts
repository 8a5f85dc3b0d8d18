import { gzipSync } from 'node:zlib';
import { inboxIdOf } from '../../../../shared/kernel/ids.ts';
import { create } from '../../../../shared/model/changes.ts';
import { type InboxMessage } from '../../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Delivery } from '../connector.ts';
import { setAside } from '../quarantine/set-aside.ts';

/**
 * Keeps of an order that is too large for the inbox that it came: nobody sends it again who was asked for it, so a person must hear of it.
 * @returns false when it is known already
 */
export async function keepTooLarge(
  ports: Pick<ChannelsPorts, 'commit'>,
  channel: Channel,
  { deliveryId, topic }: Delivery,
  now: string,
): Promise<boolean> {
  const { channelId } = channel;
  const inboxId = inboxIdOf(channelId, deliveryId);
  const reason = `What the channel answered for ${deliveryId} is too large to be kept, and is not here. Capture the order with POST /v1/orders.`;
  const about = { inboxId, channelId, deliveryId, topic, receivedAt: now, body: gzipSync('') };
  const message: InboxMessage = { ...about, state: 'QUARANTINED', version: 0, updatedAt: now, events: [] };
  const aside = setAside(message, { code: 'too-large', reason }, channel, { now, actor: `channel ${channelId}` });
  return (await ports.commit([create('inboxMessage', { ...message, ...aside, version: 1 })])).ok;
}
