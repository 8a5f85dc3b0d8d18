import { describe, expect, it } from 'vitest';
import { type NoticeKind } from '../../../shared/contracts/channels/notice.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import {
  type Acknowledgements,
  type Connection,
  type Connector,
  type NoticeToTell,
  type Offer,
} from '../domain/connector.ts';

/** A channel with its sandbox, freshly opened for one test. */
export interface OutboundWorld {
  readonly connection: Connection;
  /** All that the sandbox has that a call could change, to be compared. */
  readonly state: () => unknown;
  /** The next so many calls are answered with this status, and not done. */
  readonly fail: (status: 429 | 503, times: number) => void;
}

/** What the suite needs to know of one type of channel. */
export interface OutboundContract {
  readonly connector: Connector;
  readonly open: () => Promise<OutboundWorld>;
  /** SKUs that the sandbox lists, two or more, with a quantity that it does not show yet. */
  readonly offers?: readonly Offer[];
  /** A SKU that the sandbox does not know. */
  readonly unknown?: Offer;
  /** Something of each kind to tell, of an order that the sandbox has; each of an order of its own, or of the same in this order. */
  readonly notices?: { readonly [K in NoticeKind]?: NoticeToTell<K> };
  /** What must appear in no words: the credentials. */
  readonly secrets: readonly string[];
}

const many = 1_000;
const unanswered = { ok: false, refusal: { code: 'provider-unavailable' } };

/**
 * The suite that every connector passes that tells its channel something: every offer has its answer, a repeat changes nothing, a limit is told
 * from a failure, what was done without our knowing is not done twice, and no words have a secret in them.
 */
export function outboundContract(contract: OutboundContract): void {
  const { connector, offers, notices } = contract;
  if (connector.availability !== undefined && offers !== undefined)
    describe('telling stock', () => telling(contract, publishing(contract, offers)));
  if (offers !== undefined && contract.unknown !== undefined) unknownSku(contract, offers, contract.unknown);
  for (const [kind, tell] of Object.entries(tellsOf(connector, notices ?? {})))
    describe(`telling of what is ${kind}`, () => telling(contract, tell));
}

/** One thing that is told, however often; `tries` before this one. */
type Telling = (connection: Connection, tries: number) => Promise<readonly Result<unknown>[]>;

function publishing({ connector }: OutboundContract, offers: readonly Offer[]): Telling {
  return async (connection) => {
    const answers: Acknowledgements = (await connector.availability?.publish(connection, offers)) ?? new Map();
    expect([...answers.keys()].sort()).toEqual(offers.map(({ sku }) => sku).sort());
    return [...answers.values()];
  };
}

function tellsOf({ tell }: Connector, notices: NonNullable<OutboundContract['notices']>): Record<string, Telling> {
  const of = <K extends NoticeKind>(kind: K): Record<string, Telling> => {
    const [say, notice] = [tell?.[kind], notices[kind]];
    if (say === undefined || notice === undefined) return {};
    return { [kind]: async (connection, tries) => [taken(await say({ ...notice, tries }, connection))] };
  };
  return {
    ...of('acknowledged'),
    ...of('shipped'),
    ...of('cancelled'),
    ...of('refunded'),
    ...of('ready'),
    ...of('collected'),
  };
}

/** What the channel has and works on is taken; what comes of it is each connector's own to test. */
const taken = (answer: Result<unknown>): Result<unknown> =>
  !answer.ok && answer.refusal.facts?.['reference'] !== undefined ? ok({}) : answer;

function telling({ open, secrets }: OutboundContract, tell: Telling): void {
  it('is taken, and a repeat changes nothing', async () => {
    const { connection, state } = await open();
    expect((await tell(connection, 0)).map(({ ok }) => ok)).not.toContain(false);
    const told = structuredClone(state());
    for (const answer of await tell(connection, 1)) expectNoHarm(answer);
    expect(state()).toEqual(told);
  });

  it.each([1, 2, 3])('is not done twice where the answer to its call %i was lost', async (nth) => {
    const [once, lost] = [await open(), await open()];
    await tell(once.connection, 0);
    await tell(losing(lost.connection, nth), 0);
    for (const answer of await tell(lost.connection, 1)) expectNoHarm(answer);
    expect(lost.state()).toEqual(once.state());
  });

  it.each([429, 503] as const)('waits while the channel answers %i, and says so without a secret', async (status) => {
    const { connection, state, fail } = await open();
    const before = structuredClone(state());
    fail(status, many);
    const answers = await tell(connection, 0);
    for (const answer of answers) expect(answer).toMatchObject(unanswered);
    for (const answer of answers)
      expect(!answer.ok && answer.refusal.facts?.['limit']).toBe(status === 429 ? true : undefined);
    for (const secret of secrets) expect(JSON.stringify(answers)).not.toContain(secret);
    expect(state()).toEqual(before);
  });
}

/** Taken, or left to a person because it may have been done: never done again. */
const expectNoHarm = (answer: Result<unknown>): void => {
  if (!answer.ok) expect(answer.refusal.code).toBe('state-conflict');
};

/** A connection whose calls are made; the answer to one of those that change something never comes back. */
function losing(connection: Connection, nth: number): Connection {
  let changes = 0;
  return {
    ...connection,
    call: async (call) => {
      const answer = await connection.call(call);
      if (call.method === 'GET' || call.operation === 'token') return answer;
      changes += 1;
      return changes === nth ? refuse('provider-unavailable', 'The answer was lost.') : answer;
    },
  };
}

function unknownSku({ connector, open }: OutboundContract, offers: readonly Offer[], unknown: Offer): void {
  it('says finally which SKU the channel does not know, and takes the others', async () => {
    const { connection } = await open();
    const answers = await connector.availability?.publish(connection, [unknown, ...offers]);
    for (const { sku } of offers) expect(answers?.get(sku)).toEqual(ok(true));
    const answer = answers?.get(unknown.sku);
    expect(answer).toMatchObject({ ok: false });
    expect(!answer?.ok && answer?.refusal.code).not.toBe('provider-unavailable');
  });
}
