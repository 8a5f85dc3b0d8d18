import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { type AvailabilityConnector, type Connector, type Shown } from '../connector.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { beginDrift, startDrift } from './begin-drift.ts';
import { driftStep } from './drift-step.ts';
import { listDrift, readDrift } from './read-drift.ts';

type Read = Result<ReadonlyMap<string, Shown>>;

/** A channel that says what it shows, two listings a call, unless it is made to say otherwise. */
function driftWorld(
  over: {
    readonly channel?: Partial<Channel>;
    readonly connector?: Partial<Connector>;
    readonly availability?: Partial<AvailabilityConnector>;
  } = {},
) {
  const asked: string[][] = [];
  const measured: number[] = [];
  let meanwhile: () => Promise<unknown> = () => Promise.resolve();
  let answer: (() => Read) | undefined;
  let locations: ((sku: string) => Record<string, number>) | undefined;
  const world = laneWorld({
    ...over,
    availability: {
      ...over.availability,
      read: {
        batch: 2,
        quantities: async (_connection, listings) => {
          asked.push(listings.map(({ sku }) => sku));
          const refused = answer?.();
          if (refused?.ok === false) return refused;
          const known = listings.flatMap(({ sku }) => {
            const quantity = world.shown.get(sku);
            return quantity === undefined
              ? []
              : [[sku, { quantity, ...(locations && { locations: locations(sku) }) }] as const];
          });
          await meanwhile();
          return ok(new Map(known));
        },
      },
    },
  });
  world.ports.drift.measure = (_channel, percent) => void measured.push(percent);
  const told = async (quantities: Record<string, number>, version = 1) => {
    await world.record(Object.entries(quantities).map(([sku, ats]) => availability(sku, version, ats)));
    await world.settle(2);
  };
  const start = async () => {
    const run = await startDrift(world.ports)({ channelId: shop, now: world.clock.now() });
    if (!run.ok) throw new Error(run.refusal.detail);
    return run.value;
  };
  return {
    ...world,
    asked,
    measured,
    told,
    start,
    answers: (how: (() => Read) | undefined) => void (answer = how),
    whileAsked: (what: () => Promise<unknown>) => void (meanwhile = what),
    lies: (where: (sku: string) => Record<string, number>) => void (locations = where),
    /** Compares, to the end of it. */
    compared: async (minutes = 12) => {
      const { number } = await start();
      await world.settle(minutes);
      const run = await readDrift(world.ports)({ channelId: shop, number });
      if (!run.ok) throw new Error(run.refusal.detail);
      return run.value;
    },
  };
}

describe('comparing what a channel shows with what it was told', () => {
  it('goes over all of its listings, a call after the other, and finds that they are the same', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 0, C: 4, D: 7, E: 1 });
    const calls = world.calls.length;
    expect(await world.compared()).toMatchObject({
      state: 'DONE',
      compared: 5,
      drifted: 0,
      causes: {},
      differences: [],
    });
    expect(world.asked).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
    expect(world.calls).toHaveLength(calls);
    expect(world.measured).toEqual([0]);
    expect(world.lanes.lane(shop, 'drift')?.lease).toBeUndefined();
  });

  it('has what shows too much told again at once, compared with what is there', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 5, C: 4 });
    world.shown.set('B', 8);
    const calls = world.calls.length;
    const run = await world.compared();
    expect(run).toMatchObject({
      state: 'DONE',
      compared: 3,
      drifted: 1,
      repaired: 1,
      causes: { 'changed-at-channel': 1 },
    });
    expect(run.differences).toMatchObject([{ sku: 'B', cause: 'changed-at-channel', ours: 5, theirs: 8 }]);
    expect(world.shown.get('B')).toBe(5);
    expect(world.calls.slice(calls)).toMatchObject([[{ sku: 'B', quantity: 5, previous: 8 }]]);
    expect(world.lags.at(-1)).toMatchObject({ urgency: 'now' });
    expect(world.measured).toEqual([100 / 3]);
    expect(await world.compared()).toMatchObject({ number: 2, drifted: 0 });
  });

  it('waits with what shows less, as a sale there may be on its way; then it is told again', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.shown.set('A', 7);
    const { number } = await world.start();
    await world.workAll();
    expect(await readDrift(world.ports)({ channelId: shop, number })).toMatchObject({
      value: { state: 'RUNNING', compared: 0, lookedAtAgain: 1, drifted: 0 },
    });
    await world.settle(5);
    expect(await readDrift(world.ports)({ channelId: shop, number })).toMatchObject({
      value: { state: 'DONE', compared: 1, lookedAtAgain: 0, causes: { 'changed-at-channel': 1 } },
    });
    expect(world.shown.get('A')).toBe(9);
  });

  it('takes it for a sale there when what can be sold falls meanwhile', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.shown.set('A', 7);
    const { number } = await world.start();
    await world.workAll();
    await world.record([availability('A', 2, 7)]);
    await world.settle(5);
    const run = await readDrift(world.ports)({ channelId: shop, number });
    expect(run).toMatchObject({ value: { compared: 1, drifted: 0, repaired: 0, causes: { 'sold-there': 1 } } });
    expect(world.shown.get('A')).toBe(7);
  });

  it('knows what was never told, what is not known there, and what the channel refused', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 5 });
    world.reacts(({ sku }) => (sku === 'C' ? 'refuse' : 'take'));
    await world.told({ C: 3 });
    world.store.given('listing', { channelId: shop, sku: 'NEW', version: 1 });
    world.shown.delete('A');
    world.shown.set('C', 1);
    const run = await world.compared();
    expect(run).toMatchObject({ compared: 3, drifted: 2, repaired: 1, causes: { 'unknown-there': 1, refused: 1 } });
    expect(run.differences.map(({ sku, cause }) => [sku, cause])).toEqual([
      ['A', 'unknown-there'],
      ['C', 'refused'],
    ]);
    expect(run.differences[0]).not.toHaveProperty('theirs');
    expect(world.shown.get('A')).toBe(9);
    expect((await world.listing('C'))?.offer?.refused).toBeDefined();
  });

  it('tells a call that was lost, and one that is still to be made', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 9 });
    world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
    await world.record([availability('A', 2, 20)]);
    await world.workAll();
    world.advance(1);
    await world.workAll();
    world.shown.set('B', 6);
    world.whileAsked(async () => {
      await world.record([availability('B', 2, 30)]);
      world.lanes.messages.length = 0;
    });
    const { number } = await world.start();
    await driftStep({
      ...{ ports: world.ports, clock: world.clock, probing: false, connector: world.ports.connectorOf('webhook') },
      ...{ channel: (await world.ports.channel(shop)) ?? fail(), connection: fail },
    });
    const run = await readDrift(world.ports)({ channelId: shop, number });
    expect(run).toMatchObject({ value: { drifted: 1, repaired: 0, causes: { 'call-lost': 1, 'not-told-yet': 1 } } });
  });

  it('never puts back what was read: only what should be shown by then is told', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.shown.set('A', 12);
    // A sale comes between the reading and the comparison, and is told.
    world.whileAsked(async () => {
      world.whileAsked(() => Promise.resolve());
      await world.record([availability('A', 2, 3)]);
      const at = world.lanes.messages.findIndex(({ lane }) => lane === 'stock');
      await world.work(world.lanes.messages.splice(at, 1)[0]?.id ?? '');
    });
    const calls = world.calls.length;
    expect(await world.compared()).toMatchObject({ drifted: 0, repaired: 0, causes: { 'not-told-yet': 1 } });
    expect(
      world.calls
        .slice(calls)
        .flat()
        .map(({ quantity }) => quantity),
    ).toEqual([3]);
    expect(world.shown.get('A')).toBe(3);
  });

  it('sees that the parts of a total lie elsewhere', async () => {
    const world = driftWorld({
      channel: { stockByLocation: true, locations: { l1: 'boston', l2: 'austin' } },
      availability: { byLocation: true },
    });
    world.ports.positionsOf = () =>
      Promise.resolve([
        { location: 'boston', pool: 'online', sku: 'A', atf: 6 } as never,
        { location: 'austin', pool: 'online', sku: 'A', atf: 3 } as never,
      ]);
    await world.told({ A: 9 });
    world.lies(() => ({ l1: 4, l2: 5 }));
    const calls = world.calls.length;
    expect(await world.compared()).toMatchObject({ drifted: 1, repaired: 1, causes: { 'locations-differ': 1 } });
    expect(world.calls.slice(calls)).toMatchObject([
      [{ quantity: 9, locations: { l1: 6, l2: 3 }, previousLocations: { l1: 4, l2: 5 } }],
    ]);
  });
});

describe('the pace of comparing', () => {
  it('lets what must be told at once go first', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.reacts(() => 'down');
    await world.record([availability('B', 1, 0)]);
    await world.start();
    const at = world.lanes.messages.findIndex(({ lane }) => lane === 'drift');
    const [message] = world.lanes.messages.splice(at, 1);
    await world.work(message?.id ?? '', 50, 'drift');
    expect(world.asked).toEqual([]);
    expect(world.lanes.lane(shop, 'drift')).toMatchObject({ wakeAt: plusSeconds(world.clock.now(), 5) });
    world.reacts(() => 'take');
    await world.settle(3);
    expect(world.asked.flat()).toEqual(['A', 'B']);
  });

  it('asks for fewer at once where the limit does not hold more, and opens no breaker for it', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 9 });
    let limits = 2;
    world.answers(() => {
      limits -= 1;
      const facts = { limit: true, retryAfterSeconds: 2 };
      return limits >= 0 ? refuse('provider-unavailable', 'No turn.', { facts }) : ok(new Map());
    });
    expect(await world.compared()).toMatchObject({ state: 'DONE', compared: 2 });
    expect(world.asked).toEqual([['A', 'B'], ['A'], ['A'], ['B']]);
    expect(world.lanes.lane(shop, 'drift')?.breaker).toBeUndefined();
  });

  it('waits for a channel that is down, without holding up what it is told; a final no ends the run', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.answers(() => refuse('provider-unavailable', 'The channel is down.'));
    const { number } = await world.start();
    await world.settle(3);
    expect(world.lanes.lane(shop, 'drift')).toMatchObject({ lastError: { detail: 'The channel is down.' } });
    await world.told({ A: 3 }, 2);
    expect(world.shown.get('A')).toBe(3);
    world.answers(undefined);
    await world.settle(20);
    expect(await readDrift(world.ports)({ channelId: shop, number })).toMatchObject({
      value: { state: 'DONE', drifted: 0 },
    });
    world.answers(() => refuse('forbidden', 'The key may not read inventory: add the scope read_inventory.'));
    expect(await world.compared()).toMatchObject({
      state: 'FAILED',
      reason: expect.stringMatching(/read_inventory/) as string,
    });
    expect(world.measured).toEqual([0]);
  });
});

describe('a run', () => {
  it('begins when its time has come, once for all who ask; what runs is answered', async () => {
    const world = driftWorld({ channel: { driftEveryHours: 2 } });
    await world.told({ A: 9 });
    expect(await Promise.all([world.start(), world.start()])).toMatchObject([{ number: 1 }, { number: 1 }]);
    expect(await beginDrift(world.ports)(world.clock.now())).toBe(0);
    await world.settle(2);
    expect(await beginDrift(world.ports)(world.clock.now())).toBe(0);
    world.advance(7200);
    expect(await beginDrift(world.ports)(world.clock.now())).toBe(1);
    await world.settle(2);
    expect(await listDrift(world.ports)(shop)).toMatchObject({
      value: {
        canBeRead: true,
        runs: [
          { number: 2, state: 'DONE' },
          { number: 1, state: 'DONE' },
        ],
      },
    });
  });

  it('is kept with twenty-nine others', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    for (let count = 0; count < 32; count += 1) await world.compared(2);
    const listed = await listDrift(world.ports)(shop);
    expect(listed.ok && listed.value.runs.map(({ number }) => number)).toEqual(
      Array.from({ length: 30 }, (_, at) => 32 - at),
    );
    expect(await readDrift(world.ports)({ channelId: shop, number: 2 })).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  it('is none where the channel cannot be asked, or is paused', async () => {
    const world = laneWorld();
    const call = { channelId: shop, now: world.clock.now() };
    expect(await startDrift(world.ports)(call)).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringMatching(/cannot be asked what it shows/) as string },
    });
    expect(await listDrift(world.ports)(shop)).toEqual({ ok: true, value: { canBeRead: false, runs: [] } });
    expect(await beginDrift(world.ports)(world.clock.now())).toBe(0);
    expect(await startDrift(world.ports)({ ...call, channelId: 'nowhere' })).toMatchObject({
      refusal: { code: 'not-found' },
    });
    const paused = driftWorld({ channel: { paused: true } });
    expect(await startDrift(paused.ports)(call)).toMatchObject({ refusal: { code: 'state-conflict' } });
    expect(await beginDrift(paused.ports)(world.clock.now())).toBe(0);
  });

  it('finds each difference once and puts it right, whatever crashes where', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat({ max: 25 }), { maxLength: 5 }),
        async (moved, crashes) => {
          const world = driftWorld();
          const skus = moved.map((_, index) => `S${index}`);
          await world.told(Object.fromEntries(skus.map((sku) => [sku, 10])));
          moved.forEach((by, index) => world.shown.set(`S${index}`, 10 + by));
          const { number } = await world.start();
          const healed = crashing(world.ports, crashes);
          await world.settle(60).catch(() => undefined);
          // Queues bring what failed again, and the sweep brings workers.
          for (let again = 0; again < 10; again += 1) await world.settle(6).catch(() => undefined);
          healed();
          await world.settle(20);
          const drifted = moved.filter((by) => by !== 0).length;
          expect(await readDrift(world.ports)({ channelId: shop, number })).toMatchObject({
            value: { state: 'DONE', compared: moved.length, drifted, repaired: drifted },
          });
          expect(skus.map((sku) => world.shown.get(sku))).toEqual(skus.map(() => 10));
        },
      ),
      { numRuns: 60 },
    );
  });
});

function fail(): never {
  throw new Error('not needed here');
}

/** At some of the commits whoever commits dies, before it or after it. @returns ends that */
function crashing(ports: ReturnType<typeof driftWorld>['ports'], crashes: readonly number[]): () => void {
  const { commit } = ports;
  let count = 0;
  let heals = false;
  ports.commit = async (...given) => {
    count += 1;
    const dies = !heals && crashes.includes(count);
    if (dies && count % 2 === 0) throw new Error('crash');
    const outcome = await commit(...given);
    if (dies) throw new Error('crash');
    return outcome;
  };
  return () => void (heals = true);
}
