import { describe, expect, it } from 'vitest';
import { refuse } from '../../../../shared/kernel/result.ts';
import { driftWorld } from '../../fixtures/drift-world.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { channelOf } from '../../fixtures/world.ts';
import { type Shown } from '../availability-connector.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { beginDrift, startDrift } from './begin-drift.ts';

const down = refuse('provider-unavailable', 'Internal error.');

describe('a comparison', () => {
  it('leaves out a listing that the channel never answers for, compares all others, and says so', async () => {
    const world = driftWorld();
    const skus = Array.from('ABCDEFG');
    await world.told(Object.fromEntries(skus.map((sku) => [sku, 9])));
    world.shown.set('G', 12);
    world.answers(() => (world.asked.at(-1)?.includes('C') === true ? down : ok(new Map())));
    const run = await world.compared(40);
    expect(run).toMatchObject({ state: 'DONE', compared: 6, unread: 1, drifted: 1, repaired: 1 });
    expect(world.shown.get('G')).toBe(9);
    expect(world.asked.filter((asked) => asked.includes('C')).length).toBeLessThan(15);
  });

  it('leaves nothing out because the channel was down for some minutes', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 9 });
    world.answers(() => down);
    await world.start();
    await world.settle(8);
    world.answers(undefined);
    await world.settle(5);
    const [run] = await world.ports.drift.runs(shop, 1);
    expect(run).toMatchObject({ state: 'DONE', compared: 2 });
    expect(run).not.toHaveProperty('unread');
  });

  it('rests while its channel is paused in the middle, and goes on where it was', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 9, C: 9 });
    const channel = (await world.ports.channel(shop)) ?? channelOf({ channelId: shop, type: 'webhook' });
    world.whileAsked(() => {
      world.store.given('channel', { ...channel, paused: true, version: 2 });
      return Promise.resolve();
    });
    await world.start();
    await world.settle(5);
    expect(world.asked).toEqual([['A', 'B']]);
    world.whileAsked(() => Promise.resolve());
    world.store.given('channel', { ...channel, paused: false, version: 3 });
    await world.settle(3);
    expect(world.asked).toEqual([['A', 'B'], ['C']]);
    expect((await world.ports.drift.runs(shop, 1))[0]).toMatchObject({ state: 'DONE', compared: 3 });
  });

  it('counts each listing once while two workers are at it', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 9, C: 9 });
    world.shown.set('A', 12);
    let isFirst = true;
    world.whileAsked(async () => {
      if (!isFirst) return;
      isFirst = false;
      world.advance(71);
      await world.work('its heir', 50, 'drift');
    });
    const run = await world.compared();
    expect(run).toMatchObject({ state: 'DONE', compared: 3, drifted: 1, repaired: 1 });
    expect(world.shown.get('A')).toBe(9);
  });

  it('begins with all other channels where one cannot be begun with', async () => {
    const read = { batch: 2, quantities: () => Promise.resolve(ok(new Map<string, Shown>())) };
    const world = laneWorld({ others: ['another'], availability: { read } });
    const runs = world.ports.drift.runs.bind(world.ports.drift);
    world.ports.drift.runs = (channelId, most) =>
      channelId === shop ? Promise.reject(new Error('broken item')) : runs(channelId, most);
    await expect(beginDrift(world.ports)(world.clock.now())).rejects.toThrow(`it failed for ${shop}`);
    expect(await runs('another', 1)).toMatchObject([{ state: 'RUNNING', number: 1 }]);
  });

  it('has room in its item, whatever thousands of listings of two hundred locations show', async () => {
    const places = Array.from({ length: 200 }, (_, at) => `gid://shopify/Location/${10_000_000 + at}`);
    const split = Object.fromEntries(places.map((id) => [id, 1_000]));
    const elsewhere = Object.fromEntries(places.map((id, at) => [id, at % 2 === 0 ? 999 : 1_001]));
    const skus = Array.from({ length: 1_300 }, (_, at) =>
      `A-SKU-OF-FORTY-CHARACTERS-AND-NO-LESS-${at}`.padEnd(40, 'x'),
    );
    const world = laneWorld({
      channel: { stockByLocation: true, locations: Object.fromEntries(places.map((id) => [id, 'boston'])) },
      availability: {
        byLocation: true,
        publish: () => Promise.reject(new Error('what is told is of no matter here')),
        read: {
          batch: 600,
          quantities: (_connection, listings) =>
            Promise.resolve(ok(new Map(listings.map(({ sku }) => [sku, shownOf(sku)] as const)))),
        },
      },
    });
    const shownOf = (sku: string): Shown =>
      sku.includes('7') ? { quantity: 1, locations: { one: 1 } } : { quantity: 200_000, locations: elsewhere };
    const offer = { wanted: 200_000, wantedVersion: 1, wantedPool: 'online', wantedAt: world.clock.now() };
    const published = { published: 200_000, publishedAt: '2026-01-01T00:00:00.000Z', publishedLocations: split };
    for (const sku of skus)
      world.store.given('listing', { channelId: shop, sku, version: 1, offer: { ...offer, ...published } });
    let largest = 0;
    const { commit } = world.ports;
    world.ports.commit = (changes, ...more) => {
      for (const change of changes) largest = Math.max(largest, JSON.stringify(change).length);
      return commit(changes, ...more);
    };
    await startDrift(world.ports)({ channelId: shop, now: world.clock.now() });
    await world.work('a worker', 5, 'drift');
    expect(largest).toBeGreaterThan(50_000);
    expect(largest, 'an item holds 400 KB').toBeLessThan(350_000);
  });
});
