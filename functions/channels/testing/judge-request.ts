import { type ValidateFunction } from 'ajv';
import { inputsPresent } from '../fixtures/inputs.ts';
import { type ChannelCall } from '../domain/connection.ts';
import { differencesFrom } from './differences.ts';
import { isCallOf } from './is-call-of.ts';
import { ownContracts, publishedCalls } from './published/published-calls.ts';
import { type PublishedCall } from './published/published-call.ts';
import { recordedArguments } from './published/recorded-mutations.ts';
import { samplesOf, validatorOf } from './published/samples.ts';
import { readCall } from './read-body.ts';

/** What is known of a listed call, read once a process. */
interface Known {
  readonly published: PublishedCall;
  readonly samples: readonly unknown[];
  readonly validate?: ValidateFunction;
}

const kept = new Map<string, readonly Known[]>();
const listed = (type: string): readonly Known[] => {
  if (!kept.has(type)) kept.set(type, (publishedCalls[type] ?? []).map(knownOf));
  return kept.get(type) ?? [];
};

/** Bodies that a call's is held against: those of the real inputs where these are here, and the documented one. */
export function samplesFor({
  call,
  requests = [],
  answers = [],
  recorded,
  documented,
}: PublishedCall): readonly unknown[] {
  const real = inputsPresent ? [...requests, ...answers].flatMap(samplesOf) : [];
  const conversations = inputsPresent && recorded === true ? recordedArguments(call) : [];
  return [...real, ...conversations, ...(documented?.body === undefined ? [] : [documented.body])];
}

const knownOf = (published: PublishedCall): Known => ({
  published,
  samples: samplesFor(published),
  ...(published.schema !== undefined && inputsPresent && { validate: validatorOf(published.schema) }),
});

/** Whether what a call is to be held against is not here: the real inputs are no part of the repository. */
const isSkipped = ({ schema, requests, answers, recorded }: PublishedCall): boolean =>
  !inputsPresent && [schema, requests, answers, recorded].some((one) => one !== undefined);

/**
 * What is wrong with a call to a channel by what the channel has published; empty where nothing is. A call that changes something, or that has a body,
 * must be listed. Where the real inputs are not here, only the documented bodies count.
 */
export function faultsOf(type: string, call: ChannelCall): readonly string[] {
  if (ownContracts.includes(type)) return [];
  if (publishedCalls[type] === undefined) return [`channels of type "${type}" have no list of published calls`];
  const { name, query, body } = readCall(call);
  if (call.method === 'GET' && body === undefined) return [];
  const known = listed(type).filter(({ published: { call: one } }) => isCallOf(one, `${name}${query}`));
  if (known.length === 0) return [`${name} of ${type} is not listed: name its schema, an example or its documentation`];
  const faults = known.map((one) => faultsBeside(one, body));
  return (faults.find((some) => some.length === 0) ?? faults.flat()).map((fault) => `${name} of ${type}: ${fault}`);
}

function faultsBeside({ published, samples, validate }: Known, body: unknown): readonly string[] {
  if (isSkipped(published)) return [];
  const { within = (part: unknown) => part } = published;
  if (validate !== undefined)
    return validate(within(body)) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  if (samples.length === 0) return body === undefined ? [] : ['it has no body there'];
  return body === undefined ? ['its body is missing'] : differencesFrom(samples, body);
}

/** A connection's `call` that makes only calls as they are published. @throws for any other, naming what is wrong */
export function published<A>(type: string, call: (call: ChannelCall) => Promise<A>): (call: ChannelCall) => Promise<A> {
  return async (made) => {
    const faults = faultsOf(type, made);
    if (faults.length > 0) throw new Error(`This is not as ${type} has published it. ${faults.join('; ')}`);
    return call(made);
  };
}
