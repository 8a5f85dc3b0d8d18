import { describe, expect, it } from 'vitest';
import { driftWorld } from '../../fixtures/drift-world.ts';
import { availability } from '../../fixtures/world.ts';
import { type AvailabilityMessage } from '../availability/newest.ts';

type World = ReturnType<typeof driftWorld>;

/** News of a pool, of which the channel may show five at most. */
const capped = (sku: string, version: number, ats: number): AvailabilityMessage => {
  const terms = { shop: { buffer: 0, sharePercent: 100, cap: 5, rules: [] } };
  return { ...availability(sku, version, ats), data: { sku, pool: 'online', ats, terms } };
};

/** A run that has looked once, when something comes. */
async function comparing(world: World, meanwhile: () => Promise<unknown>) {
  await world.start();
  await world.workAll();
  await meanwhile();
  await world.settle(6);
  const [run] = await world.ports.drift.runs('shop', 1);
  return run;
}

describe('why a channel shows another quantity', () => {
  it('is not drift where the channel does not show yet what it was told a moment ago', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    await world.record([availability('A', 2, 4)]);
    await world.workAll();
    world.shown.set('A', 9);
    const run = await comparing(world, () => Promise.resolve(world.shown.set('A', 4)));
    expect(run).toMatchObject({ state: 'DONE', compared: 1, drifted: 0, repaired: 0, causes: {} });
  });

  it('is drift where the channel has not shown for a minute what it was told', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    await world.record([availability('A', 2, 4)]);
    await world.workAll();
    world.shown.set('A', 9);
    const run = await comparing(world, () => Promise.resolve());
    expect(run).toMatchObject({ drifted: 1, repaired: 1, causes: { 'changed-at-channel': 1 } });
    expect(world.shown.get('A')).toBe(4);
  });

  it('is no sale where it showed less than is left even after what was sold', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.shown.set('A', 2);
    const run = await comparing(world, () => world.record([availability('A', 2, 8)]));
    expect(run).toMatchObject({ compared: 1, drifted: 1, repaired: 0, causes: { 'changed-at-channel': 1 } });
    expect(world.shown.get('A')).toBe(8);
  });

  it('is a sale there that leaves what it may show as it was: it is no drift, and told again, as nothing else tells it', async () => {
    const world = driftWorld();
    await world.record([capped('A', 1, 100)]);
    await world.settle(2);
    world.shown.set('A', 4);
    const run = await comparing(world, () => world.record([capped('A', 2, 99)]));
    expect(run).toMatchObject({ compared: 1, drifted: 0, repaired: 1, causes: { 'sold-there': 1 } });
    expect(world.shown.get('A')).toBe(5);
  });

  it('is seen also of what is sold all the time', async () => {
    const world = driftWorld();
    await world.record([capped('A', 1, 100)]);
    await world.settle(2);
    world.shown.set('A', 8);
    let version = 1;
    world.whileAsked(() => world.record([capped('A', (version += 1), 100 - version)]));
    const run = await comparing(world, () => Promise.resolve());
    expect(run).toMatchObject({ drifted: 1, repaired: 1, causes: { 'changed-at-channel': 1 } });
    expect(world.shown.get('A')).toBe(5);
  });

  it('is a lost call only where it still shows what it showed before', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 9 });
    world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'down-but-taken'));
    await world.record([availability('A', 2, 20), availability('B', 2, 20)]);
    await world.workAll();
    world.advance(1);
    await world.workAll();
    expect((await world.listing('A'))?.offer?.uncertain).toBe(true);
    // The call for B was carried out; since then there is more to tell.
    await world.record([availability('B', 3, 30)]);
    const run = await comparing(world, () => Promise.resolve());
    expect(run?.differences.map(({ sku, cause }) => [sku, cause])).toEqual([
      ['A', 'call-lost'],
      ['B', 'not-told-yet'],
    ]);
  });
});

describe('what is told again', () => {
  it('is not of before a pause: it waits until the stock was gone over', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    // Sold out, and taken off by hand, while the channel was paused: nothing of that was recorded.
    world.shown.set('A', 0);
    const walk = { walkId: 'channel-shop', generation: 1, startedAt: world.clock.now(), version: 1 };
    const tally = { skus: 0, positions: 0, pools: 0 };
    const stockWalk = { ...walk, tally, updatedAt: world.clock.now(), events: [] };
    world.store.given('stockWalk', { ...stockWalk, state: 'RUNNING' });
    await world.start();
    await world.settle(10);
    expect(world.asked).toEqual([]);
    await world.record([availability('A', 2, 0)]);
    world.store.given('stockWalk', { ...stockWalk, state: 'DONE', updatedAt: world.clock.now(), version: 2 });
    const calls = world.calls.length;
    await world.settle(6);
    expect((await world.ports.drift.runs('shop', 1))[0]).toMatchObject({ state: 'DONE', compared: 1, drifted: 0 });
    expect(
      world.calls
        .slice(calls)
        .flat()
        .map(({ quantity }) => quantity),
    ).toEqual([0]);
  });
});
