import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reaction, laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { recordOffers } from '../availability/record-offers.ts';
import { stockStep } from '../availability/stock-step.ts';
import { runLane } from './run-lane.ts';

const id = { channelId: shop, lane: 'stock' } as const;

/** What may happen, in any order. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      sku: fc.constantFrom('A', 'B'),
      version: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('work' as const), message: fc.nat({ max: 3 }), again: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 40, 80) }) },
);
const reactions = fc.array(fc.constantFrom<Reaction>('take', 'down', 'down-but-taken', 'limit'), { maxLength: 12 });
/** Quantities come back, so that a comparison alone would not tell late from early. */
const atsOf = (version: number): number => [5, 6, 7, 0][version % 4] ?? 0;

describe('whatever comes in whatever order, twice, late, at once, with crashes between any two calls', () => {
  it('the channel ends at the newest quantity, and nothing is left waiting for nobody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 14 }),
        reactions,
        fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
        fc.scheduler(),
        async (steps, given, crashes, scheduler) => {
          const world = laneWorld({ availability: { batch: 2 } });
          const rest = [...given];
          world.reacts(() => rest.shift() ?? 'take');
          const fragile = fragilePorts(world, scheduler, [...crashes]);
          const under: Promise<unknown>[] = [];
          for (const one of steps) {
            if (one.kind === 'pass') world.advance(one.seconds);
            else if (one.kind === 'record')
              under.push(
                recordOffers(
                  fragile,
                  world.clock,
                )([availability(one.sku, one.version, atsOf(one.version))]).catch(() => undefined),
              );
            else under.push(workOnce(world, fragile, one).catch(() => undefined));
            if (under.length % 3 === 0) await scheduler.waitFor(Promise.all(under));
          }
          await scheduler.waitFor(Promise.all(under));
          // Queues bring what failed again, in the end; the sweep brings workers.
          await world.record(
            steps.flatMap((one) =>
              one.kind === 'record' ? [availability(one.sku, one.version, atsOf(one.version))] : [],
            ),
          );
          await world.settle(45);
          for (const sku of ['A', 'B']) {
            const newest = Math.max(
              0,
              ...steps.flatMap((one) => (one.kind === 'record' && one.sku === sku ? [one.version] : [])),
            );
            if (newest === 0) continue;
            expect(world.shown.get(sku)).toBe(atsOf(newest));
            const offer = (await world.listing(sku))?.offer;
            expect(offer).toMatchObject({ wanted: atsOf(newest), wantedVersion: newest, published: atsOf(newest) });
            expect(offer?.due).toBeUndefined();
          }
          // Of a worker that died when all was done.
          expect((world.lane()?.lease?.until ?? '') < world.clock.now()).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

let runs = 0;
type World = ReturnType<typeof laneWorld>;

/** One delivery of a message; `again`: it stays in the queue, as one that is delivered twice. */
async function workOnce(
  world: World,
  ports: World['ports'],
  { message, again }: { readonly message: number; readonly again: boolean },
) {
  const one = world.lanes.messages[message];
  if (one === undefined) return;
  if (!again) world.lanes.messages.splice(message, 1);
  let rounds = 0;
  const isOut = () => (rounds += 1) > 6;
  await runLane(ports, world.clock, { stock: stockStep })({
    ...id,
    // As the handler does: no two runs have one name.
    by: `${one.id}-${(runs += 1)}`,
    isOut,
    pause: () => Promise.resolve(),
    chance: () => 0.5,
  });
}

/** The ports with every call in the scheduler's hands; at some of them, whoever calls dies, before the call or after it. */
function fragilePorts(world: World, scheduler: fc.Scheduler, crashes: number[]): World['ports'] {
  let count = 0;
  const guarded =
    <A extends unknown[], R>(call: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      count += 1;
      const dies = crashes.includes(count);
      if (dies && count % 2 === 0) throw new Error('crash');
      const done = await scheduler.schedule(Promise.resolve()).then(() => call(...given));
      if (dies) throw new Error('crash');
      return done;
    };
  const { ports, lanes } = world;
  return {
    ...ports,
    commit: guarded((...given: Parameters<typeof ports.commit>) => ports.commit(...given)),
    listing: guarded((...given: Parameters<typeof ports.listing>) => ports.listing(...given)),
    listings: guarded((...given: Parameters<typeof ports.listings>) => ports.listings(...given)),
    offers: {
      ...ports.offers,
      due: guarded((...given: Parameters<typeof ports.offers.due>) => ports.offers.due(...given)),
    },
    lanes: {
      all: (channelId) => lanes.all(channelId),
      ask: guarded((...given: Parameters<typeof lanes.ask>) => lanes.ask(...given)),
      expectAt: guarded((...given: Parameters<typeof lanes.expectAt>) => lanes.expectAt(...given)),
      take: guarded((...given: Parameters<typeof lanes.take>) => lanes.take(...given)),
      renew: guarded((...given: Parameters<typeof lanes.renew>) => lanes.renew(...given)),
      keepFeeds: guarded((...given: Parameters<typeof lanes.keepFeeds>) => lanes.keepFeeds(...given)),
      mend: guarded((...given: Parameters<typeof lanes.mend>) => lanes.mend(...given)),
      leave: guarded((...given: Parameters<typeof lanes.leave>) => lanes.leave(...given)),
      send: guarded((...given: Parameters<typeof lanes.send>) => lanes.send(...given)),
    },
  };
}
