import { describe, expect, it } from 'vitest';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { tryAtOnce } from '../channels/try-at-once.ts';
import { retryOffers } from './retry-offers.ts';

/** A channel that takes B and has not answered for A for minutes; whose cause is mended now. */
async function stuckWorld() {
  const world = laneWorld();
  world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
  await world.record([availability('A', 1, 50), availability('B', 1, 3)]);
  for (let second = 0; second < 300; second += 1) {
    await world.workAll();
    world.advance(1);
  }
  world.reacts(() => 'take');
  await world.workAll();
  expect(world.shown.has('A'), 'A steps aside').toBe(false);
  expect((await world.listing('A'))?.offer?.due?.at.localeCompare(world.clock.now())).toBe(1);
  const before = world.clock.now();
  return { world, waitedMs: () => Date.parse(world.clock.now()) - Date.parse(before) };
}

describe('a SKU that stepped aside', () => {
  it.each([['named', ['A']] as const, ['not named', undefined] as const])(
    'is told at once where somebody asks for it: %s',
    async (_how, skus) => {
      const { world, waitedMs } = await stuckWorld();
      const once = { key: 'k', requestHash: 'h' };
      for (let times = 0; times < 2; times += 1)
        await retryOffers(world.ports)({ channelId: shop, skus, now: world.clock.now(), once });
      await world.workAll();
      expect(world.shown.get('A')).toBe(50);
      expect(waitedMs()).toBeLessThan(2_000);
    },
  );

  it('is told at once after something of its channel was mended, also where that is said twice', async () => {
    const { world, waitedMs } = await stuckWorld();
    for (let times = 0; times < 2; times += 1) await tryAtOnce(world.ports, shop, world.clock.now());
    await world.workAll();
    expect(world.shown.get('A')).toBe(50);
    expect(waitedMs()).toBeLessThan(2_000);
  });

  it('that still has no answer keeps nobody waiting, and steps aside again', async () => {
    const { world } = await stuckWorld();
    world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
    await tryAtOnce(world.ports, shop, world.clock.now());
    await world.record([availability('B', 2, 1)]);
    await world.workAll();
    expect(world.shown.get('B')).toBe(1);
    expect((await world.listing('A'))?.offer).toMatchObject({ unanswered: { among: 1 }, due: { urgency: 'fall' } });
  });
});

it('a retry says of each SKU that is named and needs none, why', async () => {
  const world = laneWorld();
  await world.record([availability('A', 1, 9)]);
  await world.workAll();
  await world.record([availability('B', 1, 9)]);
  world.store.given('listing', { channelId: shop, sku: 'C', version: 1 });
  const skus = ['A', 'B', 'C', 'D'];
  expect(await retryOffers(world.ports)({ channelId: shop, skus, now: world.clock.now() })).toMatchObject({
    value: {
      retried: 0,
      unknown: ['D'],
      untouched: [
        { sku: 'A', reason: 'The channel shows what it should.' },
        { sku: 'B', reason: expect.stringContaining('due already') as string },
        { sku: 'C', reason: expect.stringContaining('never to be told') as string },
      ],
    },
  });
});
