import { describe, expect, it } from 'vitest';
import { type Result, refuse } from '../../../shared/kernel/result.ts';
import { type Connection } from '../domain/connection.ts';
import { type ListingAnswer, type ListingDraft, type ListingsConnector } from '../domain/listings-connector.ts';
import { type OutboundWorld, answering } from './outbound-contract.ts';

/** A channel with its sandbox, freshly opened for one test. */
export interface ListingsWorld extends OutboundWorld {
  /** Has the channel look at what it was given, where it takes its time. */
  readonly settle?: () => void;
}

/** What the suite needs to know of one type of channel. */
export interface ListingsContract {
  readonly listings: ListingsConnector;
  readonly open: () => Promise<ListingsWorld>;
  /** Drafts that the channel takes and does not show so yet; two or more. */
  readonly drafts: readonly ListingDraft[];
  /** One that it refuses for good, with a word of its reason. */
  readonly bad: { readonly draft: ListingDraft; readonly reason: string };
  /** What must appear in no words: the credentials. */
  readonly secrets: readonly string[];
}

const many = 1_000;

/**
 * The suite that every connector passes that tells its channel of listings: every draft has its answer, a repeat and a lost answer change nothing,
 * a limit is told from a failure, one bad draft does not keep the others back, and no words have a secret in them.
 */
export function listingsContract(contract: ListingsContract): void {
  const { listings, open, drafts, bad, secrets } = contract;
  const hidden = drafts.map((draft) => ({ ...draft, visibility: 'hidden' }) as const);
  const gone = drafts.map((draft) => ({ ...draft, visibility: 'gone' }) as const);

  describe.each([
    ['shown', drafts],
    ['hidden', hidden],
    ['gone', gone],
  ] as const)('listings to be %s', (_visibility, told) => {
    it('are taken, and a repeat changes nothing', async () => {
      const world = await open();
      await publishWell(listings, world, told);
      const state = structuredClone(world.state());
      await publishWell(listings, world, told);
      expect(world.state()).toEqual(state);
    });

    it.each([1, 2, 3])('are not told twice where the answer to call %i was lost', async (nth) => {
      const [once, lost] = [await open(), await open()];
      await publishWell(listings, once, told);
      await listings.publish(losing(lost.connection, nth), told);
      await publishWell(listings, lost, told);
      expect(lost.state()).toEqual(once.state());
    });
  });

  it.each([429, 503] as const)(
    'listings wait while the channel answers %i, without a secret in the words',
    async (status) => {
      const { connection, state, fail } = await open();
      const before = structuredClone(state());
      fail(status, many);
      const answers = await published(listings, connection, drafts);
      for (const answer of answers.values())
        expect(answer).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
      if (status === 429)
        for (const answer of answers.values()) expect(!answer.ok && answer.refusal.facts?.['limit']).toBe(true);
      for (const secret of secrets) expect(JSON.stringify([...answers])).not.toContain(secret);
      expect(state()).toEqual(before);
    },
  );

  it('listings beside one that is refused are taken; it has its reason', async () => {
    const world = await open();
    const settled = await settledAnswers(listings, world, [bad.draft, ...drafts]);
    for (const { sku } of drafts) expect(settled.get(sku)).toMatchObject({ kind: 'live' });
    expect(settled.get(bad.draft.sku)).toMatchObject({ kind: 'rejected' });
    expect(JSON.stringify(settled.get(bad.draft.sku))).toContain(bad.reason);
  });

  answering(open, (connection) => listings.publish(connection, drafts));

  it('listings that the channel never had are taken off', async () => {
    const { connection } = await open();
    const draft: ListingDraft = { sku: 'NEVER-LISTED', content: { title: 'x' }, visibility: 'gone', ids: {} };
    expect((await published(listings, connection, [draft])).get(draft.sku)).toMatchObject({ value: { kind: 'live' } });
  });
}

/** What the channel says at once; each draft has its answer. */
async function published(listings: ListingsConnector, connection: Connection, drafts: readonly ListingDraft[]) {
  const answers = await listings.publish(connection, drafts);
  expect([...answers.keys()].sort()).toEqual(drafts.map(({ sku }) => sku).sort());
  return answers;
}

/** What the channel says in the end, asked under its submissions where it takes its time. */
export async function settledAnswers(
  listings: ListingsConnector,
  { connection, settle }: Pick<ListingsWorld, 'connection' | 'settle'>,
  drafts: readonly ListingDraft[],
): Promise<Map<string, ListingAnswer>> {
  const answers = new Map<string, ListingAnswer>();
  for (const [sku, answer] of await published(listings, connection, drafts)) answers.set(sku, valueOf(answer));
  const submissions = Map.groupBy(drafts, ({ sku }) => {
    const answer = answers.get(sku);
    return answer?.kind === 'pending' ? answer.submission : undefined;
  });
  settle?.();
  for (const [submission, own] of submissions) {
    if (submission === undefined) continue;
    const came = valueOf((await listings.outcome?.(connection, submission, own)) ?? { ok: true, value: 'pending' });
    for (const { sku } of own)
      answers.set(
        sku,
        came === 'pending' ? { kind: 'pending', submission } : (came.get(sku) ?? { kind: 'pending', submission }),
      );
  }
  return answers;
}

async function publishWell(listings: ListingsConnector, world: ListingsWorld, drafts: readonly ListingDraft[]) {
  const settled = await settledAnswers(listings, world, drafts);
  for (const { sku } of drafts) expect([sku, settled.get(sku)]).toMatchObject([sku, { kind: 'live' }]);
}

function valueOf<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.detail);
  return answer.value;
}

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
