import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Change, create } from '../../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit, replay } from '../../../../shared/model/decide.ts';
import { sellsOtherwise, walkOfChannel } from '../../../../shared/model/network/channel-walk.ts';
import { changedCredentials } from '../../../../shared/model/network/credentials.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { walkAsked } from '../../../../shared/model/stock/ask-walk.ts';
import { type CredentialPorts } from '../../credential-ports.ts';
import { pollIdOf } from '../../../../shared/model/inbox/order-poll.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Connector } from '../connector.ts';
import { newPoll } from '../polling/announce-polls.ts';
import { keyedByCredentials } from '../credentials.ts';
import { noNeeds } from '../connector-needs.ts';
import { judgeChannel } from './judge-channel.ts';
import { credentialFaults } from './judge-needs.ts';
import { type ChannelView, type Warned, viewOfChannel, warningsOf } from './read-channel.ts';

/** A new channel as a caller states it. */
export interface CreateChannelCall {
  readonly input: Omit<Channel, 'version' | 'updatedAt' | 'fenced' | 'paused' | 'moves'> & {
    readonly credentials: {
      readonly signing?: string | undefined;
      readonly values?: Readonly<Record<string, string>> | undefined;
    };
  };
  readonly now: string;
  readonly once?: OnceKey;
}

type CreatePorts = Pick<ChannelsPorts, 'connectorOf' | 'locations' | 'walk'> & CredentialPorts;

/**
 * Adds a channel. Its credentials are written first, so that no channel is ever there without what it was given; what a crash in between
 * leaves undone, the same call does. A channel that is asked for its orders is asked for those from this moment on. Where it sells stock that is there already, stock is gone over and the channel told.
 * Refusals: `invalid-request` (what its type needs or does not know, and what cannot be: `judgeChannel`), `state-conflict`, `limit-exceeded`.
 */
export const createChannel =
  (ports: CreatePorts) =>
  async ({
    input: { credentials, ...fields },
    now,
    once,
  }: CreateChannelCall): Promise<Result<ChannelView & Warned>> => {
    const { channelId, type } = fields;
    const connector = ports.connectorOf(type);
    const first = once && (await ports.answered(once.key));
    if (once && first) return replay(first, keyedByCredentials(once, await ports.credentials(channelId)));
    if ((await ports.channel(channelId)) !== undefined) return taken(channelId);
    const more = [
      ...credentialFaults(connector.needs ?? noNeeds, credentials.values, fields.settings),
      ...signingFaults(fields, credentials.signing),
    ];
    const judged = await judgeChannel(ports, fields, { more });
    if (!judged.ok) return judged;
    const changed = await ports.changeCredentials(channelId, (present) =>
      changedCredentials(present, credentials, now),
    );
    if (!changed.ok) return changed;
    const channel: Channel = { ...fields, version: 1, updatedAt: now };
    return decideAndCommit<ChannelView & Warned>(
      ports.commit,
      async () => {
        if ((await ports.channel(channelId)) !== undefined) return taken(channelId);
        const scope = walkOfChannel(channel, undefined);
        const walk = sellsOtherwise(undefined, channel)
          ? [walkAsked(await ports.walk(scope.walkId), scope, { now, actor: 'channels' })]
          : [];
        const changes = [create('channel', channel), ...livePoll(channel, connector, now), ...walk];
        return ok({ changes, reply: { ...viewOfChannel(channel, connector), ...warningsOf(channel, connector) } });
      },
      once && keyedByCredentials(once, changed.value),
    );
  };

/** What goes to an endpoint of kind webhook is signed: without a secret nothing could be sent. */
const signingFaults = ({ endpoint }: Pick<Channel, 'endpoint'>, signing: string | undefined): FieldError[] =>
  endpoint.kind !== 'webhook' || signing !== undefined
    ? []
    : [{ pointer: '/credentials/signing', detail: 'is needed: the secret that signs what the endpoint is told' }];

/** Orders of the minutes before its first announcement would be nobody's. */
const livePoll = ({ channelId, active }: Channel, { poll }: Connector, now: string): Change[] =>
  poll === undefined || !active
    ? []
    : [create('orderPoll', newPoll({ pollId: pollIdOf(channelId), channelId, kind: 'live', from: now }, now))];

const taken = (channelId: string): Result<never> =>
  refuse('state-conflict', `There is a channel ${channelId} already. Change it with PUT /v1/channels/${channelId}.`, {
    errors: [{ pointer: '/channelId', detail: 'is taken' }],
  });
