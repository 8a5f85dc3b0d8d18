import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit, replay } from '../../../shared/model/decide.ts';
import {
  type ChannelCredentials,
  type GivenCredentials,
  type GivenValues,
  changedCredentials,
  fingerprint,
  isAccepted,
} from '../../../shared/model/network/credentials.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type CredentialPorts } from '../credential-ports.ts';
import { type ChannelsPorts } from '../ports.ts';
import { unknownNames, wrongValues } from './channels/judge-needs.ts';
import { type AtOncePorts, tryAtOnce } from './channels/try-at-once.ts';
import { type ConnectorNeeds, noNeeds } from './connector-needs.ts';

/** What a channel was given, without a word of it. */
export interface CredentialsView {
  readonly channelId: string;
  readonly signing: { addedAt: string; until?: string }[];
  readonly values: { name: string; since?: string }[];
}

/** Who is given what, when, and under which key. */
export interface CredentialsCall {
  readonly channelId: string;
  readonly given: GivenCredentials;
  readonly now: string;
  readonly once?: OnceKey | undefined;
}

/**
 * Gives a channel credentials, once under a key. They are written before the key's record: what a crash in between leaves undone, the repeat
 * does, and finds its secret there already. A repeat of what was done looks at the record first, so that it does not undo what came later. What waits for the channel is tried with them at once.
 * Refusals: `not-found`, `invalid-request` (a name that the channel's type does not know, a value that cannot be so), `limit-exceeded`, `too-busy`.
 */
export const putCredentials =
  (ports: CredentialPorts & Pick<ChannelsPorts, 'connectorOf'> & AtOncePorts) =>
  async ({ channelId, given, now, once }: CredentialsCall): Promise<Result<CredentialsView>> => {
    const channel = await ports.channel(channelId);
    if (channel === undefined)
      return refuse('not-found', `There is no channel ${channelId}. Create it with PUT /v1/channels/${channelId}.`);
    const first = once && (await ports.answered(once.key));
    if (once && first) return replay(first, keyedByCredentials(once, await ports.credentials(channelId)));
    const { type } = channel;
    const needs = ports.connectorOf(type).needs ?? noNeeds;
    const known = knowsAll(needs, type, given.values);
    if (!known.ok) return known;
    const changed = await ports.changeCredentials(channelId, (present) => {
      const next = changedCredentials(present, given, now);
      const wrong = next.ok && given.values ? wrongValues('/values', needs, next.value.values) : [];
      return wrong.length === 0 ? next : cannotBe(type, wrong);
    });
    if (!changed.ok) return changed;
    await tryAtOnce(ports, channelId, now);
    const reply = viewOf(channelId, changed.value, now);
    return decideAndCommit(
      ports.commit,
      () => Promise.resolve(ok({ changes: [], reply })),
      once && keyedByCredentials(once, changed.value),
    );
  };

/** A name that was mistyped, when nobody looked, can still be taken away. */
function knowsAll({ credentials }: ConnectorNeeds, type: Channel['type'], values: GivenValues = {}): Result<true> {
  const kept = Object.keys(values).filter((name) => values[name] !== null);
  const errors = unknownNames('/values', credentials, kept);
  return errors.length === 0 ? ok(true) : cannotBe(type, errors);
}

function cannotBe(type: Channel['type'], errors: FieldError[]): Result<never> {
  const words = errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
  return refuse('invalid-request', `A channel of type ${type} cannot be given this: ${words}.`, { errors });
}

/** The record of a key is in a table that more may read than may read secrets. */
export const keyedByCredentials = ({ key, requestHash }: OnceKey, credentials: ChannelCredentials): OnceKey => ({
  key,
  requestHash: fingerprint(credentials, requestHash),
});

const viewOf = (channelId: string, credentials: ChannelCredentials, now: string): CredentialsView => ({
  channelId,
  signing: credentials.signing
    .filter(isAccepted(now))
    .map(({ addedAt, until }) => ({ addedAt, ...(until !== undefined && { until }) })),
  values: Object.keys(credentials.values)
    .sort()
    .map((name) => ({ name, ...(credentials.since?.[name] !== undefined && { since: credentials.since[name] }) })),
});
