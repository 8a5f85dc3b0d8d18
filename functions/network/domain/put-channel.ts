import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { changedCredentials } from '../../../shared/model/network/credentials.ts';
import { sellsOtherwise, walkOfChannel } from '../../../shared/model/network/channel-walk.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type CredentialsPort, type NetworkPorts } from '../ports.ts';
import { askWalk } from './ask-walk.ts';

/** A channel as a caller states it; secrets that are left out stay as they were. */
export type ChannelInput = Omit<Channel, 'version' | 'updatedAt' | 'fenced' | 'paused'> & {
  readonly secrets?: { readonly signing?: string | undefined; readonly accessToken?: string | undefined } | undefined;
};

/**
 * Creates or changes a channel; when it is new or sells by other settings, stock is gone over and the channel told. Its secrets are written
 * first, so that no channel is ever there without what it was given: what a crash in between leaves undone, the same call does. A signing
 * secret that is replaced is accepted for another day.
 * Refusal: `state-conflict` when its currency or pool would change: its open orders rest on both.
 */
export const putChannel =
  (ports: Pick<NetworkPorts, 'channel' | 'walk' | 'commit'> & CredentialsPort) =>
  ({ secrets, ...input }: ChannelInput, now: string): Promise<Result<Channel>> =>
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
      const kept = await keepSecrets(ports, input.channelId, secrets, now);
      if (!kept.ok) return kept;
      const channel: Channel = {
        ...input,
        ...(present?.fenced !== undefined && { fenced: present.fenced }),
        ...(present?.paused !== undefined && { paused: present.paused }),
        version: (present?.version ?? 0) + 1,
        updatedAt: now,
      };
      const put = present === undefined ? create('channel', channel) : replace('channel', channel, present.version);
      if (!sellsOtherwise(present, channel)) return ok({ changes: [put], reply: channel });
      const walk = await askWalk(ports, walkOfChannel(channel, present), now);
      return ok({ changes: [put, walk], reply: channel });
    });

async function keepSecrets(
  ports: CredentialsPort,
  channelId: string,
  { signing, accessToken }: NonNullable<ChannelInput['secrets']> = {},
  now: string,
): Promise<Result<unknown>> {
  if (signing === undefined && accessToken === undefined) return ok(undefined);
  return ports.changeCredentials(channelId, (present) =>
    changedCredentials(present, { signing, ...(accessToken !== undefined && { values: { accessToken } }) }, now),
  );
}
