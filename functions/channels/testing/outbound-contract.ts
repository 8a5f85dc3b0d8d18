import { describe, expect, it } from 'vitest';
import { type NoticeKind } from '../../../shared/contracts/channels/notice.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Acknowledgements, type Offer } from '../domain/availability-connector.ts';
import { type Connection } from '../domain/connection.ts';
import { type Connector, type SnapshotDraft } from '../domain/connector.ts';
import { type NoticeToTell } from '../domain/tell.ts';
import { inputsPresent } from '../fixtures/inputs.ts';
import { answerFaultsOf } from './judge-answer.ts';
import { isMadeOf } from '../../../shared/model/channels/notice.ts';

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
  /** True where the sandbox's next poll brings the refund that it was told to make. */
  readonly echoes?: true;
  /** What must appear in no words: the credentials. */
  readonly secrets: readonly string[];
}

type Refund = NonNullable<SnapshotDraft['refunds']>[number];

const many = 1_000;
const unanswered = { ok: false, refusal: { code: 'provider-unavailable' } };

/**
 * The suite that every connector passes that tells its channel something: every offer has its answer, a repeat changes nothing, a limit is told
 * from a failure, what was done without our knowing is not done twice, and no words have a secret in them.
 */
export function outboundContract(contract: OutboundContract): void {
  const { connector, offers, notices } = contract;
  const tells = tellsOf(connector, notices ?? {});
  if (connector.availability !== undefined && offers !== undefined)
    describe('telling stock', () => telling(contract, publishing(contract, offers)));
  if (offers !== undefined && contract.unknown !== undefined) unknownSku(contract, offers, contract.unknown);
  for (const [kind, tell] of Object.entries(tells))
    describe(`telling of what is ${kind}`, () => telling(contract, tell));
  if (notices?.refunded !== undefined && contract.echoes === true) echoing(contract, notices.refunded);
  answering(contract.open, async (connection) => {
    if (offers !== undefined) await connector.availability?.publish(connection, offers);
    for (const tell of Object.values(tells)) for (const tries of [0, 1]) await tell(connection, tries);
  });
}

/** What the sandbox answers is held against what the channel has answered, so that a connector is not tested on what no channel says. */
export function answering(open: OutboundContract['open'], speak: (connection: Connection) => Promise<unknown>): void {
  it.skipIf(!inputsPresent)(
    'the sandbox answers as the channel does (skipped where its real answers are not here)',
    async () => {
      const { connection } = await open();
      const faults: string[] = [];
      const call: Connection['call'] = async (made) => {
        const answer = await connection.call(made);
        if (answer.ok) faults.push(...answerFaultsOf(connection.channel.type, made, answer.value));
        return answer;
      };
      await speak({ ...connection, call });
      expect(faults).toEqual([]);
    },
  );
}

/** A refund comes back with the next poll: it must be known as the one that the channel was told to make. */
function echoing({ connector, open }: OutboundContract, notice: NoticeToTell<'refunded'>): void {
  it('a refund comes back under the id that the channel answered, or with our name for it', async () => {
    const { connection } = await open();
    const told = await connector.tell?.refunded?.(notice, connection);
    const found = await refundsNow(connector, connection);
    const made = { refundId: notice.facts.refundId, reference: told?.ok === true ? told.value.reference : undefined };
    expect(
      found.filter((one) => isMadeOf(one, made)),
      JSON.stringify({ told, found }),
    ).toHaveLength(1);
  });
}

/** Refunds of the orders that the next poll brings. */
async function refundsNow({ poll, fetch, map }: Connector, connection: Connection): Promise<readonly Refund[]> {
  const refunds: Refund[] = [];
  let cursor: string | undefined;
  do {
    const window = {
      from: '2000-01-01T00:00:00Z',
      to: '2099-01-01T00:00:00Z',
      ...(cursor !== undefined && { cursor }),
    };
    const page = await poll?.page(window, connection);
    if (page?.ok !== true) throw new Error(`the poll failed: ${JSON.stringify(page)}`);
    for (const delivery of page.value.deliveries) {
      const fetched = (await fetch?.(delivery, connection)) ?? ok(undefined);
      if (!fetched.ok) throw new Error(fetched.refusal.detail);
      if (fetched.value !== undefined && !Buffer.isBuffer(fetched.value)) continue;
      const { channel } = connection;
      const mapped = map?.(fetched.value ?? delivery.body, {
        channel,
        topic: delivery.topic,
        deliveryId: delivery.deliveryId,
      });
      if (mapped?.kind === 'order') refunds.push(...(mapped.snapshot.refunds ?? []));
      if (mapped?.kind === 'change' && mapped.change.kind === 'refund') refunds.push(mapped.change.refund);
    }
    cursor = page.value.cursor;
  } while (cursor !== undefined);
  return refunds;
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

  it.each([
    ['does not take our token any more', 401, '{}'],
    ['answers in a form that nobody knows', 200, '<html><body>Please wait</body></html>'],
  ])('is told again later where the channel %s: that is no final no', async (_what, status, body) => {
    const { connection } = await open();
    const answers = await tell(alwaysAnswering(connection, status, body), 0);
    for (const answer of answers) if (!answer.ok || status !== 200) expect(answer).toMatchObject(unanswered);
    for (const secret of secrets) expect(JSON.stringify(answers)).not.toContain(secret);
  });
}

/** Every call is answered so, and nothing is done. */
const alwaysAnswering = (connection: Connection, status: number, body: string): Connection => ({
  ...connection,
  call: () => Promise.resolve(ok({ status, headers: {}, body: Buffer.from(body) })),
});

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
