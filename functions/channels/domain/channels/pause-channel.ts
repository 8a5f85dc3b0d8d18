import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from './read-channel.ts';

/** Which channel, and whether it is to be paused. */
export interface PauseCall {
  readonly channelId: string;
  readonly paused: boolean;
  readonly now: string;
  readonly once?: OnceKey;
}

/** Pauses or resumes a channel; one that is so already stays as it is. Refusal: `not-found`. */
export const pauseChannel =
  (ports: Pick<ChannelsPorts, 'channel' | 'commit'>) =>
  ({ channelId, paused, now, once }: PauseCall) =>
    decideAndCommit<Pick<Channel, 'channelId' | 'version'> & { readonly paused: boolean }>(
      ports.commit,
      async (): Promise<Result<never> | ReturnType<typeof decided>> => {
        const channel = await ports.channel(channelId);
        return channel === undefined ? noChannel(channelId) : decided(channel, paused, now);
      },
      once,
    );

function decided(channel: Channel, paused: boolean, now: string) {
  const { channelId, version } = channel;
  if ((channel.paused === true) === paused) return ok({ changes: [], reply: { channelId, paused, version } });
  const item: Channel = { ...channel, paused, version: version + 1, updatedAt: now };
  return ok({ changes: [replace('channel', item, version)], reply: { channelId, paused, version: version + 1 } });
}
