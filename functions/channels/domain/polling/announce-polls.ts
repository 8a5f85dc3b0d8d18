import { ordersPollDue } from '../../../../shared/contracts/channels/events.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { type OrderPoll, pollIdOf } from '../../../../shared/model/inbox/order-poll.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';

type PollPorts = Pick<ChannelsPorts, 'channels' | 'connectorOf' | 'poll' | 'pollsUntil' | 'commit'>;

/** Should a poll's worker die, it is announced again this much later. */
const patienceSeconds = 300;

/**
 * Announces what is due to be asked of channels. A channel that is asked for its orders, and never was, begins with those that changed from
 * now on; earlier ones are a backfill's.
 * @returns how many were announced
 */
export const announcePolls =
  (ports: PollPorts) =>
  async (now: string): Promise<number> => {
    await Promise.all((await ports.channels()).map((channel) => beginLive(ports, channel, now)));
    let announced = 0;
    for await (const pollId of ports.pollsUntil(now)) if (await announce(ports, pollId, now)) announced += 1;
    return announced;
  };

async function beginLive(ports: PollPorts, { channelId, type, active }: Channel, now: string): Promise<void> {
  if (!active || ports.connectorOf(type).poll === undefined) return;
  const pollId = pollIdOf(channelId);
  const present = await ports.poll(pollId);
  if (present === undefined)
    await ports.commit([create('orderPoll', newPoll({ pollId, channelId, kind: 'live', from: now }, now))]);
  else if (present.state === 'STOPPED')
    await ports.commit([replace('orderPoll', resumed(present, now), present.version)]);
}

/** Its channel was of another type meanwhile: it goes on from where it was, with no cursor of that type. */
function resumed(poll: OrderPoll, now: string): OrderPoll {
  const { cursor: _cursor, to: _to, error: _error, failedAt: _failedAt, ...rest } = poll;
  return { ...rest, state: 'RUNNING', failures: 0, dueAt: now, version: poll.version + 1, updatedAt: now, events: [] };
}

/** A poll that begins now; its item is due at once. */
export const newPoll = (
  about: Pick<OrderPoll, 'pollId' | 'channelId' | 'kind' | 'from' | 'to'>,
  now: string,
): OrderPoll => ({
  ...about,
  state: 'RUNNING',
  dueAt: now,
  pages: 0,
  found: 0,
  stored: 0,
  failures: 0,
  startedAt: now,
  version: 1,
  updatedAt: now,
  events: [],
});

/** The index lags behind: what is not due any more is left. Two who announce at once announce once. */
async function announce(ports: PollPorts, pollId: string, now: string): Promise<boolean> {
  const poll = await ports.poll(pollId);
  if (poll?.state !== 'RUNNING' || poll.dueAt > now) return false;
  const { channelId } = poll;
  const version = poll.version + 1;
  const event = ordersPollDue.of(pollId, version, { now, actor: 'announce-polls' }, { pollId, channelId });
  const item = { ...poll, dueAt: plusSeconds(now, patienceSeconds), version, updatedAt: now, events: [event] };
  return (await ports.commit([replace('orderPoll', item, poll.version)])).ok;
}
