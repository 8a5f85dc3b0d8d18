import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { channelMoved, hidingChanged } from '../../../../shared/contracts/network/events.ts';
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
import { noNeeds, placeOfStock } from '../connector-needs.ts';

import { judgeChannel } from './judge-channel.ts';
import { unknownNames } from './judge-needs.ts';
import { type Warned, warningsOf } from './read-channel.ts';
import { type AtOncePorts, tryAtOnce } from './try-at-once.ts';

/** A channel as a caller states it, all of it; secrets that are left out stay as they were. */
export type ChannelInput = Omit<Channel, 'version' | 'updatedAt' | 'fenced' | 'paused' | 'moves'> & {
  readonly secrets?: { readonly signing?: string | undefined; readonly accessToken?: string | undefined } | undefined;
  /** The version that the caller has read; left out, what others have changed since is not looked at. */
  readonly version?: number | undefined;
};
type Stated = Omit<ChannelInput, 'secrets' | 'version'>;

type PutPorts = Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'locations' | 'walk' | 'commit'> &
  AtOncePorts &
  Pick<CredentialPorts, 'changeCredentials'>;

/**
 * Creates or changes a channel; when it is new or sells by other settings, stock is gone over and the channel told. Its secrets are written
 * first, so that no channel is ever there without what it was given: what a crash in between leaves undone, the same call does. What waits for the channel is tried at once. A signing
 * secret that is replaced is accepted for another day.
 * Refusals: `invalid-request` for what cannot be (`judgeChannel`); `state-conflict` when its type, currency or pool would change; `version-stale` when it is of another version than stated.
 */
export const putChannel =
  (ports: PutPorts) =>
  async ({ secrets = {}, version, ...input }: ChannelInput, now: string): Promise<Result<Channel & Warned>> => {
    const put = await decideAndCommit<Channel>(ports.commit, async () => {
      const present = await ports.channel(input.channelId);
      const isRead = version === undefined || version === (present?.version ?? 0);
      if (!isRead) return stale(input, version, present);
      const allowed = mayBecome(present, input);
      if (!allowed.ok) return allowed;
      const more = secretFaults(ports, input, secrets);
      const judged = await judgeChannel(ports, input, { present, more });
      if (!judged.ok) return judged;
      const kept = await keepSecrets(ports, input.channelId, secrets, now);
      return kept.ok ? ok(await decision(ports, present, input, now)) : kept;
    });
    if (!put.ok) return put;
    await tryAtOnce(ports, input.channelId, now);
    return ok({ ...put.value, ...warningsOf(put.value, ports.connectorOf(input.type)) });
  };

const stale = ({ channelId }: Stated, version: number, present?: Channel): Result<never> =>
  refuse(
    'version-stale',
    present === undefined
      ? `There is no channel ${channelId}, so none of version ${version}. Leave version out to create it.`
      : `Channel ${channelId} is of version ${present.version} by now, not ${version}: read it anew (GET /v1/channels/${channelId}), and put it with that version.`,
    { facts: { version: present?.version ?? 0 }, errors: [{ pointer: '/version', detail: 'is not the current one' }] },
  );

/** Its orders are read as its type sends them, their amounts are in its currency and their units in its pool; one may be on the way this moment. */
function mayBecome(present: Channel | undefined, input: Stated): Result<true> {
  for (const field of ['type', 'currency', 'pool'] as const) {
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
  { channelId, hideWhenSoldOut = false }: Stated,
  now: string,
): readonly EventMessage[] {
  if (present === undefined || (present.hideWhenSoldOut ?? false) === hideWhenSoldOut) return [];
  return [hidingChanged.of(channelId, present.version + 1, { now, actor: 'channels' }, { channelId, hideWhenSoldOut })];
}

/** One more where what is known of what it shows was said somewhere else. */
function movesOf({ connectorOf }: PutPorts, present: Channel | undefined, input: Stated): Pick<Channel, 'moves'> {
  const { needs = noNeeds } = connectorOf(input.type);
  const isElsewhere = present !== undefined && placeOfStock(present, needs) !== placeOfStock(input, needs);
  const moves = (present?.moves ?? 0) + (isElsewhere ? 1 : 0);
  return moves === 0 ? {} : { moves };
}

/** What is published there is told anew, too. */
const moveEvents = (
  present: Channel | undefined,
  { channelId, moves = 0 }: Pick<Channel, 'channelId' | 'moves'>,
  now: string,
): readonly EventMessage[] =>
  present === undefined || moves === (present.moves ?? 0)
    ? []
    : [channelMoved.of(channelId, present.version + 1, { now, actor: 'channels' }, { channelId, moves })];

async function decision(
  ports: PutPorts,
  present: Channel | undefined,
  input: Stated,
  now: string,
): Promise<Decision<Channel>> {
  const moved = movesOf(ports, present, input);
  const channel: Channel = {
    ...input,
    ...(present?.fenced !== undefined && { fenced: present.fenced }),
    ...(present?.paused !== undefined && { paused: present.paused }),
    ...moved,
    version: (present?.version ?? 0) + 1,
    updatedAt: now,
    events: [
      ...hidingEvents(present, input, now),
      ...moveEvents(present, { channelId: input.channelId, ...moved }, now),
    ],
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
