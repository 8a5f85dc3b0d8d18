import { type Result, ok } from '../../../shared/kernel/result.ts';
import { systemClock } from '../../../shared/kernel/time.ts';
import {
  type ChangeCredentials,
  type ChannelCredentials,
  acceptedSecrets,
  withValues,
} from '../../../shared/model/network/credentials.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { changeCredentials, credentialsOf } from '../../../shared/platform/secrets/channel-credentials.ts';
import { type ChannelAnswer, type Connection } from '../domain/connection.ts';
import { type Connector } from '../domain/connector.ts';
import { limitedCall } from './limited-call.ts';
import { TokenCache } from './token-cache.ts';

/** How old what is known of a channel may be: `ChannelsPorts.connection`. */
export interface Freshness {
  readonly fresh?: boolean;
  readonly anew?: boolean;
  readonly yielding?: boolean;
}

/** What connections rest on. */
export interface ConnectionParts {
  readonly credentialsOf: (channelId: string, how: Freshness) => Promise<ChannelCredentials>;
  readonly changeCredentials: ChangeCredentials;
  readonly call: typeof limitedCall;
  readonly now: () => string;
}

/** Connections of a process: tokens are made once for all of them, but for one that is made `anew`. */
export function connections(parts: ConnectionParts) {
  const tokens = new TokenCache();
  return async (channel: Channel, limits: Connector['limits'], how: Freshness = {}): Promise<Connection> => {
    const { channelId } = channel;
    const { now } = parts;
    const own = how.anew === true ? new TokenCache() : tokens;
    const credentials = await parts.credentialsOf(channelId, how);
    const lookAgain = () => parts.credentialsOf(channelId, { fresh: true });
    return {
      channel,
      credentials: { signing: acceptedSecrets(credentials, now()), values: credentials.values },
      now,
      call: async (call) => {
        const answer = await parts.call(channelId, call, limits?.[call.operation], how.yielding);
        if (answer.ok && isRefusedToken(answer.value)) await lookAgain();
        return answer;
      },
      token: async (name, mint) => {
        const token = await own.get(`${channelId}#${name}`, mint);
        // Another process may have used up a refresh token that is good once, and have kept the one after it.
        if (!token.ok) await lookAgain();
        return token;
      },
      forgetToken: (name) => own.forget(`${channelId}#${name}`),
      keep: (values) => keep(parts, channelId, values),
    };
  };
}

/** What it takes to speak to a channel: its credentials, its API within its limits, its tokens. */
export const connectionTo = connections({
  credentialsOf,
  changeCredentials,
  call: limitedCall,
  now: () => systemClock.now(),
});

async function keep(
  { changeCredentials: change, now }: ConnectionParts,
  channelId: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const kept: Result<unknown> = await change(channelId, (present) => ok(withValues(present, values, now())));
  if (!kept.ok) throw new Error(`new credentials of channel ${channelId} were not kept: ${kept.refusal.detail}`);
}

/** The token may have been replaced a moment ago: who speaks to the channel next has the newest. */
const isRefusedToken = ({ status }: ChannelAnswer): boolean => status === 401 || status === 403;
