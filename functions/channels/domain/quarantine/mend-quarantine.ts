import { atMost } from '../../../../shared/kernel/at-most.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type InboxMessage } from '../../../../shared/model/inbox/inbox.ts';
import { partsOfCause, settingsKey } from '../../../../shared/model/inbox/quarantine-cause.ts';
import { type QuarantineReplay } from '../../../../shared/model/inbox/quarantine-replay.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts, type QuarantineGroup } from '../../ports.ts';
import { findSku } from '../find-sku.ts';
import { announcedAgain } from '../retry-waiting.ts';

type MendPorts = Pick<
  ChannelsPorts,
  | 'channels'
  | 'quarantineGroups'
  | 'inQuarantine'
  | 'openReplays'
  | 'message'
  | 'skusOf'
  | 'isKnownSku'
  | 'productsWith'
  | 'commit'
>;

/** Deliveries that are retried at once. */
const lanes = 16;

/** When it is now, and whether time is left. */
export interface MendCall {
  readonly now: () => string;
  readonly isOut: () => boolean;
}

/** What was found and done. */
export interface MendReport {
  readonly retried: number;
  /** Different causes for which something is in quarantine. */
  readonly causes: number;
  /** How long the delivery that waits longest has been waiting, in seconds; 0 when there is none. */
  readonly oldestSeconds: number;
}

/**
 * Goes over the causes for which deliveries are in quarantine, and has everything mapped again whose cause is mended: a line's SKU is listed,
 * a product or in stock; the channel was corrected. It looks at what is so now, so nothing that mends a cause has to tell anybody, and
 * nothing is missed that was mended while a delivery was on its way into quarantine. What was asked for by a person is mapped again whatever
 * its cause. What a crash or the end of time leaves is found by the next run; two runs at once retry once.
 */
export const mendQuarantine =
  (ports: MendPorts) =>
  async (call: MendCall): Promise<MendReport> => {
    let retried = 0;
    for (const replay of await ports.openReplays()) retried += await replayed(ports, replay, call);
    let [causes, oldestSeconds] = [0, 0];
    for (const channel of await ports.channels())
      for await (const group of ports.quarantineGroups(channel.channelId)) {
        causes += 1;
        oldestSeconds = Math.max(oldestSeconds, secondsBetween(group.receivedAt, call.now()));
        if (channel.paused === true || call.isOut() || !(await isMended(ports, channel, group))) continue;
        retried += await retryAll(ports, channel.channelId, group.cause, call, ({ cause }) => cause === group.cause);
      }
    return { retried, causes, oldestSeconds };
  };

const secondsBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 1000);

async function isMended(ports: MendPorts, channel: Channel, { cause, inboxId }: QuarantineGroup): Promise<boolean> {
  const { key, isLine } = partsOfCause(cause);
  if (!isLine) return key !== settingsKey(channel);
  const message = await ports.message(inboxId);
  if (message?.awaits === undefined) return false;
  return (await findSku(ports, channel, message.awaits)).sku !== undefined;
}

/** Those that came into quarantine after it was asked for are not meant: so it ends, whatever comes back. */
async function replayed(ports: MendPorts, replay: QuarantineReplay, call: MendCall): Promise<number> {
  const { channelId, code, askedAt, askedBy, version } = replay;
  const isMeant = ({ updatedAt }: InboxMessage) => updatedAt <= askedAt;
  const retried = await retryAll(ports, channelId, code, call, isMeant, askedBy);
  const now = call.now();
  if (!call.isOut())
    await ports.commit([
      replace('quarantineReplay', { ...replay, doneAt: now, version: version + 1, updatedAt: now }, version),
    ]);
  return retried;
}

/** @param beginning a code or a cause */
async function retryAll(
  ports: MendPorts,
  channelId: string,
  beginning: string | undefined,
  { now, isOut }: MendCall,
  isMeant: (message: InboxMessage) => boolean,
  actor?: string,
): Promise<number> {
  let retried = 0;
  for await (const ids of ports.inQuarantine(channelId, beginning)) {
    if (isOut()) return retried;
    const done = await atMost(lanes, ids, (inboxId) => retry(ports, inboxId, now(), isMeant, actor));
    retried += done.filter(Boolean).length;
  }
  return retried;
}

/** The index lags behind: what left the quarantine meanwhile, or came back for something else, is left. */
async function retry(
  ports: MendPorts,
  inboxId: string,
  now: string,
  isMeant: (message: InboxMessage) => boolean,
  actor?: string,
): Promise<boolean> {
  const message = await ports.message(inboxId);
  if (message?.state !== 'QUARANTINED' || !isMeant(message)) return false;
  const { ok } = await ports.commit([replace('inboxMessage', announcedAgain(message, now, actor), message.version)]);
  return ok;
}
