import { describe, expect, it } from 'vitest';
import { driftWorld } from '../../fixtures/drift-world.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { cause, comparing, stocked, told } from '../../fixtures/stocked-world.ts';
import { availability } from '../../fixtures/world.ts';

const kit = { sku: 'SET', tags: [], components: [{ sku: 'CUP', quantity: 2 }], version: 1, updatedAt: now };

describe.each([
  ['can be asked what it shows', () => stocked(driftWorld())],
  ['cannot be asked', () => stocked(laneWorld())],
])('of a channel that %s', (_what, open) => {
  it('an event that was lost is found a moment later, and what the pool says is told', async () => {
    const world = await told(open());
    await world.moves('A', -6);
    const run = await comparing(world);
    expect(run).toMatchObject({
      ...{ state: 'DONE', compared: 1, drifted: 1, repaired: 1, causes: { 'not-recorded': 1 } },
      differences: [{ sku: 'A', cause: 'not-recorded', ours: 9, sellable: 3 }],
    });
    expect([world.last('A'), world.shown.get('A')]).toEqual([3, 3]);
    expect((await world.listing())?.offer).toMatchObject({ wantedVersion: 2, published: 3 });
    expect(await comparing(world)).toMatchObject({ number: 2, compared: 1, drifted: 0, causes: {} });
  });

  it('one that is only late is not', async () => {
    const world = await told(open());
    await world.moves('A', -6);
    const run = await comparing(world, () => world.news('A'));
    expect(run).toMatchObject({ state: 'DONE', compared: 1, drifted: 0, repaired: 0, causes: {} });
    expect(world.shown.get('A')).toBe(3);
  });

  it('nor is it of a SKU that sells all the time, whose news are always a moment behind', async () => {
    const world = await told(open());
    await world.moves('A', -1);
    const run = await comparing(world, async () => {
      await world.news('A');
      await world.moves('A', -1);
    });
    expect(run).toMatchObject({ state: 'DONE', compared: 1, drifted: 0, causes: {} });
  });

  it('also where most of what moves in its pool is nothing to it, of which there are no news', async () => {
    const world = await told(open());
    await world.moves('A', -1);
    const message = availability('A', 2, 8);
    const key = { level: 'pool', sku: 'A', pool: 'online' } as const;
    await world.change([{ kind: 'stock', key, add: { reserved: -1 }, cause }]);
    const run = await comparing(world, async () => {
      await world.record([message]);
      await world.moves('A', -1);
    });
    expect(run).toMatchObject({ state: 'DONE', compared: 1, drifted: 0, causes: {} });
  });

  it('but it is where the pool moves on and nothing of it comes', async () => {
    const world = await told(open());
    await world.moves('A', -1);
    const run = await comparing(world, () => world.moves('A', -1));
    expect(run).toMatchObject({ drifted: 1, causes: { 'not-recorded': 1 } });
    expect(world.last('A')).toBe(7);
  });

  it('a listing for which nothing was ever recorded is found', async () => {
    const world = open();
    world.store.given('listing', { channelId: shop, sku: 'N', version: 1 });
    await world.moves('N', 4);
    const run = await comparing(world);
    expect(run).toMatchObject({ compared: 1, drifted: 1, differences: [{ sku: 'N', sellable: 4 }] });
    expect(run?.differences[0]).not.toHaveProperty('ours');
    expect(world.last('N')).toBe(4);
  });

  it('and so are SKUs of its pool that it was never told of, page by page, kits of them too', async () => {
    const world = await told(open());
    for (const sku of ['B', 'C', 'CUP', 'D']) await world.moves(sku, 4);
    world.store.given('product', kit);
    world.store.given('kitMembership', { component: 'CUP', kit: 'SET' });
    const run = await comparing(world);
    expect(run).toMatchObject({ state: 'DONE', compared: 6, drifted: 5, repaired: 5, poolWalked: true });
    expect(['A', 'B', 'C', 'CUP', 'D', 'SET'].map(world.last)).toEqual([9, 4, 4, 4, 4, 2]);
  });

  it('what is taken out, or is of no pool, is nothing to it', async () => {
    const world = await told(open());
    const listing = await world.listing();
    if (listing) world.store.given('listing', { ...listing, out: { state: 'OUT', since: now } });
    world.store.given('listing', { channelId: shop, sku: 'N', version: 1 });
    await world.moves('A', -6);
    expect(await comparing(world)).toMatchObject({ state: 'DONE', compared: 0, drifted: 0 });
    expect(world.calls).toHaveLength(1);
  });
});
