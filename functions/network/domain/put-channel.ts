import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type NetworkPorts } from '../ports.ts';

/** A channel as a caller states it; secrets that are left out stay as they were. */
export type ChannelInput = Omit<Channel, 'version' | 'updatedAt' | 'secrets'> & {
  readonly secrets?: Channel['secrets'] | undefined;
};

/**
 * Creates or changes a channel. Refusal: `state-conflict` when its currency or pool would change: its open orders rest on both.
 */
export const putChannel =
  (ports: Pick<NetworkPorts, 'channel' | 'commit'>) =>
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
        version: (present?.version ?? 0) + 1,
        updatedAt: now,
      };
      return ok({
        changes: [present === undefined ? create('channel', channel) : replace('channel', channel, present.version)],
        reply: channel,
      });
    });
