import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type WalkScope } from '../../../shared/model/stock/walk.ts';
import { type NetworkPorts } from '../ports.ts';
import { askWalk } from './ask-walk.ts';

/** A channel as a caller states it; secrets that are left out stay as they were. */
export type ChannelInput = Omit<Channel, 'version' | 'updatedAt' | 'secrets' | 'fenced'> & {
  readonly secrets?: Channel['secrets'] | undefined;
};

/**
 * Creates or changes a channel; when it is new or sells by other settings, stock is gone over and the channel told.
 * Refusal: `state-conflict` when its currency or pool would change: its open orders rest on both.
 */
export const putChannel =
  (ports: Pick<NetworkPorts, 'channel' | 'walk' | 'commit'>) =>
  (input: ChannelInput, now: string): Promise<Result<Channel>> =>
    decideAndCommit<Channel>(ports.commit, async () => {
      const present = await ports.channel(input.channelId);
      for (const field of ['currency', 'pool'] as const) {
        if (present !== undefined && present[field] !== input[field]) {
          return refuse(
            'state-conflict',
            `The ${field} of channel ${input.channelId} is ${present[field]} and stays so: its orders rest on it. Create another channel.`,
            {
              errors: [{ pointer: `/${field}`, detail: `must stay ${present[field]}` }],
            },
          );
        }
      }
      const channel: Channel = {
        ...input,
        secrets: { ...present?.secrets, ...input.secrets },
        ...(present?.fenced !== undefined && { fenced: present.fenced }),
        version: (present?.version ?? 0) + 1,
        updatedAt: now,
      };
      const put = present === undefined ? create('channel', channel) : replace('channel', channel, present.version);
      if (!sellsOtherwise(present, channel)) return ok({ changes: [put], reply: channel });
      const walk = await askWalk(ports, walkOf(channel, present), now);
      return ok({ changes: [put, walk], reply: channel });
    });

/** What a channel is told rests on these; a new one was told nothing yet. */
const sellsOtherwise = (before: Channel | undefined, after: Channel): boolean =>
  before === undefined
    ? after.active
    : before.buffer !== after.buffer ||
      before.active !== after.active ||
      before.type !== after.type ||
      canonicalJson(before.endpoint) !== canonicalJson(after.endpoint);

/** Channels are told only where there is, or was, somebody to tell. */
const walkOf = ({ channelId, pool, endpoint }: Channel, before: Channel | undefined): WalkScope => ({
  walkId: `channel-${channelId}`,
  ...((endpoint.kind !== 'none' || (before && before.endpoint.kind !== 'none')) && { tell: pool }),
});
