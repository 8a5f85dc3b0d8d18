import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { hidingChanged } from '../../../../shared/contracts/network/events.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { create, replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { sellsOtherwise, walkOfChannel } from '../../../../shared/model/network/channel-walk.ts';
import { changedCredentials } from '../../../../shared/model/network/credentials.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { walkAsked } from '../../../../shared/model/stock/ask-walk.ts';
import { type CredentialPorts } from '../../credential-ports.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noNeeds } from '../connector-needs.ts';
import { judgeChannel } from './judge-channel.ts';
import { unknownNames } from './judge-needs.ts';

/** A channel as a caller states it; secrets that are left out stay as they were. */
export type ChannelInput = Omit<Channel, 'version' | 'updatedAt' | 'fenced' | 'paused'> & {
  readonly secrets?: { readonly signing?: string | undefined; readonly accessToken?: string | undefined } | undefined;
};

type PutPorts = Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'locations' | 'walk' | 'commit'> &
  Pick<CredentialPorts, 'changeCredentials'>;

/**
 * Creates or changes a channel; when it is new or sells by other settings, stock is gone over and the channel told. Its secrets are written
 * first, so that no channel is ever there without what it was given: what a crash in between leaves undone, the same call does. A signing
 * secret that is replaced is accepted for another day.
 * Refusals: `invalid-request` for what cannot be (`judgeChannel`); `state-conflict` when its currency or pool would change.
 */
export const putChannel =
  (ports: PutPorts) =>
  ({ secrets = {}, ...input }: ChannelInput, now: string): Promise<Result<Channel>> =>
    decideAndCommit<Channel>(ports.commit, async () => {
      const present = await ports.channel(input.channelId);
      const allowed = mayBecome(present, input);
      if (!allowed.ok) return allowed;
      const more = secretFaults(ports, input, secrets);
      const judged = await judgeChannel(ports, input, { present, more });
      if (!judged.ok) return judged;
      const kept = await keepSecrets(ports, input.channelId, secrets, now);
      return kept.ok ? ok(await decision(ports, present, input, now)) : kept;
    });

/** Amounts of its orders are in its currency and their units in its pool, also of orders that are on the way this moment. */
function mayBecome(present: Channel | undefined, input: Omit<ChannelInput, 'secrets'>): Result<true> {
  for (const field of ['currency', 'pool'] as const) {
    if (present === undefined || present[field] === input[field]) continue;
    return refuse(
      'state-conflict',
      `The ${field} of channel ${input.channelId} is ${present[field]} and stays so: its orders rest on it, and one may be on the way this moment. Add another channel with ${field} ${input[field]} (POST /v1/channels), and put this one with active false.`,
      { errors: [{ pointer: `/${field}`, detail: `must stay ${present[field]}` }] },
    );
  }
  return ok(true);
}

const secretFaults = (
  { connectorOf }: PutPorts,
  { type }: Pick<Channel, 'type'>,
  { accessToken }: NonNullable<ChannelInput['secrets']>,
): FieldError[] =>
  accessToken === undefined
    ? []
    : unknownNames('/secrets', (connectorOf(type).needs ?? noNeeds).credentials, ['accessToken']);

/** What is shown of a channel's publications rests on its rule. */
function hidingEvents(
  present: Channel | undefined,
  { channelId, hideWhenSoldOut = false }: Omit<ChannelInput, 'secrets'>,
  now: string,
): readonly EventMessage[] {
  if (present === undefined || (present.hideWhenSoldOut ?? false) === hideWhenSoldOut) return [];
  return [hidingChanged.of(channelId, present.version + 1, { now, actor: 'channels' }, { channelId, hideWhenSoldOut })];
}

async function decision(
  ports: PutPorts,
  present: Channel | undefined,
  input: Omit<ChannelInput, 'secrets'>,
  now: string,
): Promise<Decision<Channel>> {
  const channel: Channel = {
    ...input,
    ...(present?.fenced !== undefined && { fenced: present.fenced }),
    ...(present?.paused !== undefined && { paused: present.paused }),
    version: (present?.version ?? 0) + 1,
    updatedAt: now,
    events: hidingEvents(present, input, now),
  };
  const put = present === undefined ? create('channel', channel) : replace('channel', channel, present.version);
  if (!sellsOtherwise(present, channel)) return { changes: [put], reply: channel };
  const scope = walkOfChannel(channel, present);
  const walk = walkAsked(await ports.walk(scope.walkId), scope, { now, actor: 'channels' });
  return { changes: [put, walk], reply: channel };
}

async function keepSecrets(
  ports: PutPorts,
  channelId: string,
  { signing, accessToken }: NonNullable<ChannelInput['secrets']>,
  now: string,
): Promise<Result<unknown>> {
  if (signing === undefined && accessToken === undefined) return ok(undefined);
  return ports.changeCredentials(channelId, (present) =>
    changedCredentials(present, { signing, ...(accessToken !== undefined && { values: { accessToken } }) }, now),
  );
}
