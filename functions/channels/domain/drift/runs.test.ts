import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { driftWorld } from '../../fixtures/drift-world.ts';
import { shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability, channelOf, worldOf } from '../../fixtures/world.ts';
import { beginDrift, startDrift } from './begin-drift.ts';
import { listDrift, readDrift } from './read-drift.ts';

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

  it('is none where the channel is told of no stock, or is paused', async () => {
    const world = worldOf(channelOf({ channelId: shop, type: 'edi' }));
    const call = { channelId: shop, now };
    expect(await startDrift(world.ports)(call)).toMatchObject({
      refusal: { code: 'invalid-request', detail: expect.stringMatching(/edi is not told of stock/) as string },
    });
    expect(await listDrift(world.ports)(shop)).toEqual({ ok: true, value: { canBeRead: false, runs: [] } });
    expect(await beginDrift(world.ports)(now)).toBe(0);
    expect(await startDrift(world.ports)({ ...call, channelId: 'nowhere' })).toMatchObject({
      refusal: { code: 'not-found' },
    });
    const paused = driftWorld({ channel: { paused: true } });
    expect(await startDrift(paused.ports)(call)).toMatchObject({ refusal: { code: 'state-conflict' } });
    expect(await beginDrift(paused.ports)(now)).toBe(0);
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
