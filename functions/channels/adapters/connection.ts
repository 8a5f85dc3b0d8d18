import { ok } from '../../../shared/kernel/result.ts';
import { systemClock } from '../../../shared/kernel/time.ts';
import { acceptedSecrets, withValues } from '../../../shared/model/network/credentials.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { changeCredentials, credentialsOf } from '../../../shared/platform/secrets/channel-credentials.ts';
import { type ChannelAnswer, type Connection, type Connector } from '../domain/connector.ts';
import { limitedCall } from './limited-call.ts';
import { TokenCache } from './token-cache.ts';

/** Tokens of all channels that this process has spoken to. */
const tokens = new TokenCache();

/** What it takes to speak to a channel: its credentials, its API within its limits, its tokens. */
export async function connectionTo(
  channel: Channel,
  limits: Connector['limits'],
  how: { readonly fresh?: boolean; readonly anew?: boolean } = {},
): Promise<Connection> {
  const { channelId } = channel;
  const own = how.anew === true ? new TokenCache() : tokens;
  const credentials = await credentialsOf(channelId, how);
  const now = () => systemClock.now();
  return {
    channel,
    credentials: { signing: acceptedSecrets(credentials, now()), values: credentials.values },
    now,
    call: async (call) => {
      const answer = await limitedCall(channelId, call, limits?.[call.operation]);
      if (answer.ok && isRefusedToken(answer.value)) await credentialsOf(channelId, { fresh: true });
      return answer;
    },
    token: async (name, mint) => {
      const token = await own.get(`${channelId}#${name}`, mint);
      // Another process may have used up a refresh token that is good once, and have kept the one after it.
      if (!token.ok) await credentialsOf(channelId, { fresh: true });
      return token;
    },
    forgetToken: (name) => own.forget(`${channelId}#${name}`),
    keep: async (values) => {
      const kept = await changeCredentials(channelId, (present) => ok(withValues(present, values, now())));
      if (!kept.ok) throw new Error(`new credentials of channel ${channelId} were not kept: ${kept.refusal.detail}`);
    },
  };
}

/** The token may have been replaced a moment ago: who speaks to the channel next has the newest. */
const isRefusedToken = ({ status }: ChannelAnswer): boolean => status === 401 || status === 403;
