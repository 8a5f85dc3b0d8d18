import { promisify } from 'node:util';
import { gunzip as gunzipWithCallback } from 'node:zlib';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type InboxMessage, type InboxState, inboxTransitions } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../ports.ts';
import { type Merge, mergeInto } from './merge-order.ts';
import { released, setAside } from './quarantine/set-aside.ts';
import { type Outcome, readDelivery } from './read-delivery.ts';

const gunzip = promisify(gunzipWithCallback);

/**
 * Maps a stored delivery: what it says of an order is merged into what the channel has said before (MAPPED), or it is nothing of ours
 * (IGNORED), or a person must mend something first (QUARANTINED, with the reason and the remedy), or the channel could not be asked (WAITING,
 * tried again by itself). The delivery and the channel's order change in one transaction. A delivery that is not RECEIVED was mapped before:
 * nothing is done.
 */
export const mapWebhook =
  (ports: ChannelsPorts) =>
  async (inboxId: string, now: string): Promise<Result<InboxState>> => {
    const message = await ports.message(inboxId);
    if (message === undefined) throw new Error(`delivery ${inboxId} was announced and is not there`);
    if (message.state !== 'RECEIVED') return ok(message.state);
    const opened = { ...message, body: await gunzip(message.body) };
    let channel: Channel | undefined;
    // As it was when the delivery was read: one that was corrected meanwhile has it read again.
    const seeing = async (channelId: string) => (channel = await ports.channel(channelId));
    const outcome = await readDelivery({ ...ports, channel: seeing }, opened, now);
    // Read again only where somebody else has changed it since: the write is conditional on its version.
    let known: InboxMessage | undefined = message;
    return decideAndCommit(ports.commit, async () => {
      const present = known ?? (await ports.message(inboxId));
      known = undefined;
      return decide(ports, present, { outcome, channel, now });
    });
  };

/** What a delivery came to, and the channel that it came to it with. */
interface Reading {
  readonly outcome: Outcome;
  readonly channel: Channel | undefined;
  readonly now: string;
}

async function decide(
  ports: ChannelsPorts,
  message: InboxMessage | undefined,
  reading: Reading,
): Promise<Result<Decision<InboxState>>> {
  const { outcome, now } = reading;
  if (message?.state !== 'RECEIVED') return ok({ changes: [], reply: message?.state ?? 'IGNORED' });
  const merge = await mergeInto(ports, message, outcome, now);
  const state = next(inboxTransitions, 'delivery', message.state, operationOf[merge.outcome.kind]);
  if (!state.ok) return state;
  const item = settled(message, state.value, merge, reading);
  const changes: Change[] = [replace('inboxMessage', item, message.version), ...merge.changes];
  return ok({ changes, reply: item.state });
}

const operationOf = {
  order: 'map',
  change: 'map',
  ignored: 'ignore',
  quarantined: 'quarantine',
  waiting: 'wait',
} as const;

function settled(
  message: InboxMessage,
  state: InboxState,
  { outcome, about }: Merge,
  { channel, now }: Reading,
): InboxMessage {
  const actor = `channel ${message.channelId}`;
  return {
    ...released(message),
    ...about,
    state,
    ...('reason' in outcome && { reason: outcome.reason }),
    ...(outcome.kind === 'waiting' && waitingOf(outcome, message)),
    version: message.version + 1,
    updatedAt: now,
    events: [],
    ...(outcome.kind === 'quarantined' && setAside(message, outcome, channel, { now, actor })),
  };
}

/** Waiting for a channel to be resumed is no attempt that failed. */
const waitingOf = ({ retryAt }: { readonly retryAt?: string }, { attempts = 0 }: InboxMessage) =>
  retryAt === undefined ? {} : { retryAt, attempts: attempts + 1 };
