import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { type ChannelsPorts } from '../../ports.ts';
import { nextNumber } from '../notices/tell-notice.ts';

const gunzip = promisify(gunzipWithCallback);

/**
 * Answers the sender of a delivery in quarantine, where its kind of channel does (EDI). Its number is taken before the call: a repeat has another, and
 * says the same.
 * @throws Error where it could not be answered: the queue brings it again
 */
export const answerQuarantined =
  (ports: Pick<ChannelsPorts, 'message' | 'channel' | 'connectorOf' | 'connection' | 'messageCounter' | 'commit'>) =>
  async (inboxId: string): Promise<void> => {
    const message = await ports.message(inboxId);
    const channel = message && (await ports.channel(message.channelId));
    const answer = channel && ports.connectorOf(channel.type).answerQuarantined;
    if (message === undefined || channel === undefined || answer === undefined || channel.paused === true) return;
    const { number, change } = await nextNumber(ports, channel.channelId);
    if (!(await ports.commit([change])).ok) throw new Error(`the numbers of channel ${channel.channelId} moved on`);
    const answered = await answer(await gunzip(message.body), await ports.connection(channel), number);
    if (!answered.ok) throw new Error(answered.refusal.detail);
  };
