import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fence, refence } from '../../../../shared/model/stock/fencing.ts';
import { availabilityOfKit } from '../../../../shared/model/stock/kit-availability.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { cause, comparing, stocked, told } from '../../fixtures/stocked-world.ts';
import { availability } from '../../fixtures/world.ts';

const kit = { sku: 'SET', tags: [], components: [{ sku: 'CUP', quantity: 2 }], version: 1, updatedAt: now };

describe('what a channel is to be told by its pool', () => {
  it('follows its settings, where these were changed and nobody went over its stock', async () => {
    const world = await told(stocked(laneWorld()));
    await world.puts({ buffer: 4 });
    expect(await comparing(world)).toMatchObject({ drifted: 1, differences: [{ ours: 9, sellable: 5 }] });
    expect(world.last('A')).toBe(5);
  });

  it('is nothing where it is not active, which one is told that was told otherwise', async () => {
    const world = await told(stocked(laneWorld()));
    await world.moves('B', 4);
    await world.puts({ active: false });
    const run = await comparing(world);
    expect(run).toMatchObject({ compared: 1, differences: [{ sku: 'A', ours: 9, sellable: 0 }] });
    expect([world.last('A'), world.last('B')]).toEqual([0, undefined]);
    expect(await comparing(world)).toMatchObject({ number: 2, drifted: 0 });
  });

  it('has its own units in it, and loses them when another has them', async () => {
    const world = stocked(laneWorld({ channel: { fenced: true }, others: ['other'] }));
    const own = { sku: 'A', pool: 'online', channel: shop };
    await world.moves('A', 9);
    await world.change(fence(own, 4, cause));
    await world.news('A');
    await world.settle(2);
    expect(world.last('A')).toBe(9);
    expect(await comparing(world)).toMatchObject({ compared: 1, drifted: 0 });
    await world.change(refence(own, 'other', 3, cause));
    expect(await comparing(world)).toMatchObject({ drifted: 1, differences: [{ ours: 9, sellable: 6 }] });
    expect(world.last('A')).toBe(6);
  });

  it('is derived of a kit, as its news are', async () => {
    const world = stocked(laneWorld());
    world.store.given('product', kit);
    await world.moves('CUP', 9);
    const parts = () => kit.components.map((component) => ({ component, pool: world.pool('CUP') }));
    const { version, ats } = availabilityOfKit(kit, parts(), []);
    await world.record([availability('SET', version, ats)]);
    await world.news('CUP');
    await world.settle(2);
    expect(await comparing(world)).toMatchObject({ compared: 2, drifted: 0 });
    await world.moves('CUP', -4);
    await world.news('CUP');
    expect(await comparing(world)).toMatchObject({ compared: 2, differences: [{ sku: 'SET', ours: 4, sellable: 2 }] });
    expect((await world.listing('SET'))?.offer).toMatchObject({ published: 2, wantedVersion: version + 1 });
  });

  it('is not of before a pause: it rests, and waits until its stock was gone over', async () => {
    const world = await told(stocked(laneWorld()));
    await world.moves('A', -6);
    const walk = { walkId: 'channel-shop', generation: 1, startedAt: now, version: 1, updatedAt: now, events: [] };
    const tally = { skus: 0, positions: 0, pools: 0 };
    await comparing(world, () => world.puts({ paused: true }));
    expect((await world.run())?.state).toBe('RUNNING');
    await world.puts({ paused: false });
    world.store.given('stockWalk', { ...walk, tally, state: 'RUNNING' });
    await world.settle(3);
    expect(world.last('A')).toBe(9);
    await world.news('A');
    world.store.given('stockWalk', { ...walk, tally, state: 'DONE', version: 2, updatedAt: world.clock.now() });
    await world.settle(3);
    expect(await world.run()).toMatchObject({ state: 'DONE', compared: 1, drifted: 0 });
    expect(world.last('A')).toBe(3);
  });
});

describe('recording anew', () => {
  it.each([
    ['its pool is read for the second look', 1],
    ['its pool is read to be recorded', 2],
  ])('never puts back what is older: news that come just when %s win', async (_when, nth) => {
    const world = await told(stocked(laneWorld()));
    await world.moves('A', -6);
    const run = await comparing(world, () => {
      const { pools } = world.ports;
      let count = 0;
      const sellsAfterReading: typeof pools.of = async (...about) => {
        const read = structuredClone(await pools.of(...about));
        count += read.length > 0 ? 1 : 0;
        if (read.length > 0 && count === nth) {
          await world.moves('A', -2);
          await world.news('A');
        }
        return read;
      };
      world.ports.pools = { ...pools, of: sellsAfterReading };
      return Promise.resolve();
    });
    expect(run).toMatchObject({ state: 'DONE', causes: { 'not-recorded': 1 } });
    expect((await world.listing())?.offer).toMatchObject({ wanted: 1, wantedVersion: 3, published: 1 });
    expect(world.calls.flat().map(({ quantity }) => quantity)).toEqual([9, 1]);
  });

  it('is done for each SKU once it is found, whatever crashes where', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat({ max: 25 }), { maxLength: 5 }),
        async (lost, crashes) => {
          const world = stocked(laneWorld());
          const skus = lost.map((_, index) => `S${index}`);
          for (const sku of skus) await world.moves(sku, 10);
          await world.news(...skus);
          await world.settle(2);
          for (const [index, by] of lost.entries()) if (by !== 0) await world.moves(`S${index}`, by);
          await world.moves('NEW', 5);
          await world.begins();
          const { commit } = world.ports;
          let count = 0;
          world.ports.commit = async (...given) => {
            count += 1;
            if (crashes.includes(count) && count % 2 === 0) throw new Error('crash');
            const outcome = await commit(...given);
            if (crashes.includes(count)) throw new Error('crash');
            return outcome;
          };
          for (let again = 0; again < 12; again += 1) await world.settle(6).catch(() => undefined);
          world.ports.commit = commit;
          await world.settle(20);
          const drifted = lost.filter((by) => by !== 0).length + 1;
          expect(await world.run()).toMatchObject({
            ...{ state: 'DONE', compared: lost.length + 1, drifted, repaired: drifted },
            causes: { 'not-recorded': drifted },
          });
          expect([...skus, 'NEW'].map((sku) => world.shown.get(sku))).toEqual([...lost.map((by) => 10 + by), 5]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
