import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { publicationTransitions } from '../../../../shared/model/network/publication.ts';
import { publicationWorld, shop } from '../../fixtures/publication-world.ts';
import { type ListingAnswer, type ListingDraft } from '../listings-connector.ts';
import { basesOf } from './bases.ts';
import { retryPublication } from './read-publication.ts';
import { wantedOf } from './wanted.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
/** What a channel does with a draft: it takes it or not, and says so or not. */
const reactions: Readonly<Record<string, (shop: Shop, draft: ListingDraft) => Result<ListingAnswer>>> = {
  yes: ({ shows }, draft) => (shows(draft), ok({ kind: 'live', ids: { listingId: '9' } })),
  no: () => ok({ kind: 'rejected', reasons: ['no'] }),
  later: (at, draft) => ((at.looksAt = draft), ok({ kind: 'pending', submission: 'feed' })),
  silence: () => refuse('provider-unavailable', 'no answer'),
  silentYes: ({ shows }, draft) => (shows(draft), refuse('provider-unavailable', 'no answer')),
};

/** A channel: what it shows, what it looks at, and whether it is done with that. */
interface Shop {
  shown?: ListingDraft;
  looksAt?: ListingDraft;
  isDone: boolean;
  readonly shows: (draft: ListingDraft) => void;
}

function shopWorld() {
  const at: Shop = { isDone: false, shows: (draft) => void (at.shown = draft) };
  const outcome = () => {
    if (!at.isDone || at.looksAt === undefined) return Promise.resolve(ok('pending' as const));
    at.shows(at.looksAt);
    return Promise.resolve(ok(new Map<string, ListingAnswer>([['MUG', { kind: 'live' }]])));
  };
  return { ...publicationWorld({ outcome }), at };
}
type World = ReturnType<typeof shopWorld>;

const retry = async (world: World): Promise<void> => {
  await retryPublication(world.ports)({ channelId: shop, sku: 'MUG' }, { now: world.clock.now() });
};

/** Something that happens; whatever rests on a change hears of it, as its event comes at least once. */
const happenings = {
  product: fc.constantFrom('Mug', 'Cup').map((title) => async (world: World) => {
    world.givenProduct('MUG', { title });
    await world.refresh('MUG');
  }),
  price: fc
    .record({ amount: fc.constantFrom(900, 1200), inSeconds: fc.nat(90) })
    .map(({ amount, inSeconds }) => async (world: World) => {
      world.givenPrices('usual', 'MUG', [{ price: usd(amount), from: plusSeconds(world.clock.now(), inSeconds) }]);
      await world.refresh('MUG');
    }),
  stock: fc.constantFrom(0, 5).map((units) => async (world: World) => {
    const { offer: _offer, ...kept } = (await world.ports.listing(shop, 'MUG')) ?? {};
    world.givenListing('MUG', units, kept);
    await world.refresh('MUG');
  }),
  intent: fc
    .constantFrom('published' as const, 'unpublished' as const, 'draft' as const)
    .map((intent) => async (world: World) => {
      await world.put('MUG', { intent, hideWhenSoldOut: true });
    }),
  retry: fc.constant(retry),
  time: fc.constantFrom(1, 30, 300).map((seconds) => (world: World) => Promise.resolve(void world.later(seconds))),
  step: fc.constantFrom(...Object.values(reactions)).map((react) => async (world: World) => {
    world.answers((draft) => react(world.at, draft));
    await world.step();
  }),
  crash: fc
    .record({ commits: fc.nat(1), react: fc.constantFrom(...Object.values(reactions)) })
    .map(({ commits, react }) => async (world: World) => {
      world.answers((draft) => react(world.at, draft));
      world.crashAfter(commits);
      await world.step().catch(() => undefined);
      world.crashAfter();
    }),
};
const { product, step, ...others } = happenings;
/** Mostly the product changes, and the channel is told. */
const anything = fc.oneof({ weight: 6, arbitrary: product }, { weight: 8, arbitrary: step }, ...Object.values(others));

it('whatever happens, in any order, a channel that answers comes to show what is wanted', async () => {
  const run = fc.asyncProperty(
    fc.array(anything, { maxLength: 12 }),
    fc.array(fc.oneof(happenings.product, happenings.price, happenings.stock, happenings.intent), { maxLength: 3 }),
    async (events, meanwhile) => {
      const world = shopWorld();
      world.givenProduct('MUG', { title: 'Mug' });
      await world.put('MUG', { intent: 'published', hideWhenSoldOut: true });
      for (const event of events) await event(world);
      world.at.isDone = true;
      const rest = [...meanwhile];
      world.answers(async (draft) => {
        await rest.shift()?.(world);
        world.at.shows(draft);
        return ok({ kind: 'live' });
      });
      if ((await world.state()) === 'REJECTED') await retry(world);
      for (let minutes = 0; minutes < 12; minutes += 1) {
        await world.stepAll();
        world.later(60);
      }
      const publication = await world.publication();
      if (publication === undefined || publication.intent === 'draft') return;
      if (publication.state === 'UNPUBLISHED' && world.at.shown === undefined) return;
      const channel = await world.ports.channel(shop);
      const [basis] = channel ? await basesOf(world.ports, channel, [publication], world.clock.now()) : [];
      const wanted = basis && wantedOf(basis, { creates: true });
      const { ids: _shown, ...shown } = world.at.shown ?? {};
      const { ids: _wanted, ...draft } = wanted?.kind === 'draft' ? wanted.draft : {};
      expect(shown).toEqual(draft);
      const state = { shown: 'LIVE', hidden: 'HIDDEN', gone: 'UNPUBLISHED' }[
        (draft as { visibility: 'shown' }).visibility
      ];
      expect(publication.state).toBe(state);
    },
  );
  await fc.assert(run, { numRuns: 300 });
});

it('the README draws the states of a publication as they are', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, section = ''] = readme.split('## States of a publication\n');
  const [, diagram = ''] = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(section) ?? [];
  const drawn = diagram
    .trim()
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => !row.startsWith('[*]'));
  const known = Object.entries(publicationTransitions).flatMap(([from, operations]) =>
    Object.entries(operations).flatMap(([operation, to]) => (from === to ? [] : [`${from} --> ${to}: ${operation}`])),
  );
  expect(drawn.sort()).toEqual(known.sort());
});
