import { webhookReceived } from '../../../shared/contracts/channels/events.ts';
import { replace } from '../../../shared/model/changes.ts';
import { type InboxMessage } from '../../../shared/model/inbox/inbox.ts';
import { type ChannelsPorts } from '../ports.ts';
import { released } from './quarantine/set-aside.ts';

type RetryPorts = Pick<ChannelsPorts, 'channels' | 'waitingUntil' | 'pausedOf' | 'message' | 'commit'>;

/**
 * Announces deliveries anew that have waited long enough: those whose channel could not be asked, when their time has come, and those whose
 * channel was paused and is not any more, in the order in which they came.
 * @returns how many
 */
export const retryWaiting =
  (ports: RetryPorts) =>
  async (now: string): Promise<number> => {
    let retried = 0;
    for await (const inboxId of ports.waitingUntil(now)) if (await retry(ports, inboxId, now)) retried += 1;
    for (const { channelId, paused } of await ports.channels()) {
      if (paused === true) continue;
      for await (const inboxId of ports.pausedOf(channelId)) if (await retry(ports, inboxId, now)) retried += 1;
    }
    return retried;
  };

/** The index lags behind: what was tried again meanwhile is not due. */
async function retry(ports: RetryPorts, inboxId: string, now: string): Promise<boolean> {
  const message = await ports.message(inboxId);
  if (message?.state !== 'WAITING' || (message.retryAt ?? now) > now) return false;
  const { ok } = await ports.commit([replace('inboxMessage', announcedAgain(message, now), message.version)]);
  return ok;
}

/** A delivery that is to be mapped again, with the event that has it mapped. */
export function announcedAgain(
  message: InboxMessage,
  now: string,
  actor = `channel ${message.channelId}`,
): InboxMessage {
  const { inboxId, channelId, topic } = message;
  const version = message.version + 1;
  const events = [webhookReceived.of(inboxId, version, { now, actor }, { inboxId, channelId, topic })];
  return { ...released(message), state: 'RECEIVED', version, updatedAt: now, events };
}
