import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Reaction, laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability } from '../../fixtures/world.ts';
import { recordOffers } from '../availability/record-offers.ts';
import { stockStep } from '../availability/stock-step.ts';
import { readHealth } from './read-health.ts';
import { runLane } from './run-lane.ts';
import { wakeLane } from './wake-lane.ts';

const id = { channelId: shop, lane: 'stock' } as const;

describe('a lane', () => {
  it('is worked off by one worker at a time; whoever asks meanwhile is heard', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    let second: unknown = 'nobody';
    world.during(async () => {
      if (second !== 'nobody') return;
      second = await world.lanes.take(id, { by: 'other', now: world.clock.now(), until: '9' });
      await world.record([availability('B', 1, 0)]);
    });
    await world.workAll();
    expect(second).toBeUndefined();
    expect(world.calls.flat().map(({ sku }) => sku)).toEqual(['A', 'B']);
    expect(world.lanes.messages).toEqual([]);
  });

  it('hands on to the next worker when its time is up', async () => {
    const world = laneWorld({ availability: { batch: 1 } });
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 1, 9)));
    const [message] = world.lanes.messages.splice(0, 1);
    await world.work(message?.id ?? '', -1);
    expect(world.calls).toEqual([]);
    expect(world.lane()?.lease).toBeUndefined();
    expect(world.lanes.messages).toHaveLength(1);
    await world.workAll();
    expect(world.calls).toHaveLength(3);
  });

  it('opens its breaker, tries with one SKU, and then catches up by urgency', async () => {
    const world = laneWorld();
    world.reacts(() => 'down');
    await world.record([availability('A', 1, 9), availability('B', 1, 9)]);
    for (let count = 0; count < 6 && world.lane()?.breaker?.failures !== 5; count += 1) {
      await world.workAll();
      world.advance(15);
    }
    expect(world.lane()).toMatchObject({ breaker: { failures: 5 }, lastError: { detail: 'The channel is down.' } });
    expect(await readHealth(world.ports)(shop, world.clock.now())).toMatchObject({
      value: {
        lanes: [{ state: 'open', failures: 5 }, {}, {}, {}],
        stock: { waiting: { fall: { count: 2, more: false } } },
      },
    });
    await world.record([availability('C', 1, 0)]);
    const before = world.calls.length;
    world.reacts(() => 'take');
    await world.settle(2);
    expect(world.calls.slice(before).map((offers) => offers.map(({ sku }) => sku).sort())).toEqual([
      ['C'],
      ['A'],
      ['B'],
    ]);
    expect(world.lane()?.breaker).toBeUndefined();
  });

  it('goes on with the others where one SKU alone finds no answer', async () => {
    const world = laneWorld({ availability: { batch: 1 } });
    world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
    await world.record([availability('A', 1, 0)]);
    await world.workAll();
    await world.record(['B', 'C'].map((sku) => availability(sku, 1, 50)));
    await world.settle(10);
    expect([...world.shown.keys()].sort()).toEqual(['B', 'C']);
    expect((await world.listing('A'))?.offer?.due).toBeDefined();
  });

  it('rests while its channel is paused, and goes on when it is woken after that', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    const [channel] = world.store.all('channel');
    if (channel === undefined) throw new Error('no channel');
    world.store.given('channel', { ...channel, paused: true });
    await world.workAll();
    await world.settle(2);
    expect(world.calls).toEqual([]);
    world.store.given('channel', channel);
    await wakeLane(world.ports, channel, 'stock', { now: world.clock.now() });
    await world.workAll();
    expect(world.shown.get('A')).toBe(9);
  });

  it('is one with the others where the channel takes one call at a time', async () => {
    const world = laneWorld({ connector: { oneAtATime: true } });
    const [channel] = world.store.all('channel');
    if (channel === undefined) throw new Error('no channel');
    await wakeLane(world.ports, channel, 'orders', { now });
    expect(world.lane()).toMatchObject({ lane: 'stock', asked: 1 });
    expect(world.lanes.messages).toMatchObject([{ lane: 'stock' }]);
  });

  it('is not sent for twice before its time', async () => {
    const world = laneWorld();
    const [channel] = world.store.all('channel');
    if (channel === undefined) throw new Error('no channel');
    const at = plusSeconds(now, 20);
    for (let count = 0; count < 3; count += 1) await wakeLane(world.ports, channel, 'stock', { now, at });
    expect(world.lanes.messages).toMatchObject([{ at }]);
    await wakeLane(world.ports, channel, 'stock', { now });
    expect(world.lanes.messages).toHaveLength(2);
  });

  it('is swept up when its worker died, and when a message was lost', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    world.lanes.messages.length = 0;
    await world.lanes.take(id, { by: 'dead', now, until: plusSeconds(now, 70) });
    expect(await world.sweep()).toBe(0);
    world.advance(71);
    expect(await world.sweep()).toBe(1);
    await world.workAll();
    expect(world.shown.get('A')).toBe(9);
    expect(await world.sweep()).toBe(0);
  });
});

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
