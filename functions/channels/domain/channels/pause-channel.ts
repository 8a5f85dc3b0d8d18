import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type Decision, type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { walkOfChannel } from '../../../../shared/model/network/channel-walk.ts';
import { laneNames } from '../../../../shared/model/channels/lane.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { walkAsked } from '../../../../shared/model/stock/ask-walk.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from './read-channel.ts';
import { type AtOncePorts, tryAtOnce } from './try-at-once.ts';

/** Which channel, and whether it is to be paused. */
export interface PauseCall {
  readonly channelId: string;
  readonly paused: boolean;
  readonly now: string;
  readonly once?: OnceKey;
}

interface PauseAnswer extends Pick<Channel, 'channelId' | 'version'> {
  readonly paused: boolean;
}

type PausePorts = Pick<ChannelsPorts, 'channel' | 'walk'> & AtOncePorts;

/**
 * Pauses or resumes a channel; one that is so already stays as it is. A channel that is resumed is told all that it may sell anew: it was told
 * nothing meanwhile; what waited in its lanes goes on. Refusal: `not-found`.
 */
export const pauseChannel =
  (ports: PausePorts) =>
  async ({ once, ...call }: PauseCall): Promise<Result<PauseAnswer>> => {
    const answer = await decideAndCommit(ports.commit, () => decide(ports, call), once);
    if (!answer.ok || answer.value.paused) return answer;
    await tryAtOnce(ports, call.channelId, call.now);
    await Promise.all(laneNames.map((lane) => ports.wake(call.channelId, lane)));
    return answer;
  };

async function decide(
  ports: PausePorts,
  { channelId, paused, now }: Omit<PauseCall, 'once'>,
): Promise<Result<Decision<PauseAnswer>>> {
  const channel = await ports.channel(channelId);
  if (channel === undefined) return noChannel(channelId);
  const { version } = channel;
  if ((channel.paused === true) === paused) return ok({ changes: [], reply: { channelId, paused, version } });
  const item: Channel = { ...channel, paused, version: version + 1, updatedAt: now, events: [] };
  const told: Change[] = paused ? [] : [await tellAll(ports, item, now)];
  return ok({
    changes: [replace('channel', item, version), ...told],
    reply: { channelId, paused, version: item.version },
  });
}

async function tellAll(ports: PausePorts, channel: Channel, now: string): Promise<Change> {
  const scope = walkOfChannel(channel, undefined);
  return walkAsked(await ports.walk(scope.walkId), scope, { now, actor: 'channels' });
}
