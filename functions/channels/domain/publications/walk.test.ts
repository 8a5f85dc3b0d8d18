import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { now } from '../../fixtures/now.ts';
import { publicationWorld, shop } from '../../fixtures/publication-world.ts';
import { laneBacklog } from '../lanes/lane-steps.ts';
import { walkChannels } from './walk.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const nameOf = (index: number) => `S${String(index).padStart(4, '0')}`;

/** A channel that shows so many SKUs, whose prices come from one list. */
async function shelves(count: number) {
  const world = publicationWorld({ batch: 500 });
  const skus = Array.from({ length: count }, (_, index) => nameOf(index));
  for (const sku of skus) {
    world.givenProduct(sku);
    await world.put(sku);
  }
  await world.stepAll();
  world.wakes.length = 0;
  return {
    ...world,
    price: (amount: number) => {
      for (const sku of skus) world.givenPrices('usual', sku, [{ price: usd(amount) }]);
    },
    /** The prices that the channel shows. */
    prices: () => [...new Set(skus.map((sku) => world.shown.get(sku)?.price?.price.amount))],
    walk: () => world.store.get('publicationWalk', { channelId: shop }),
    waits: () => laneBacklog.listings?.(world.ports, shop, now),
  };
}

describe('when a price list or rule of a channel has changed', () => {
  it('all of it is looked at again, a page each step, and told in between', async () => {
    const world = await shelves(205);
    world.price(900);
    await world.refreshAll();
    expect(world.wakes).toEqual([`${shop} listings`]);
    expect(await world.waits(), 'the sweep finds it').toBe(true);
    await world.step();
    expect(world.prices()).toEqual([900, undefined]);
    expect(await world.walk()).toMatchObject({ state: 'RUNNING', after: nameOf(99) });
    await world.stepAll();
    expect(world.prices()).toEqual([900]);
    expect(await world.walk()).toMatchObject({ state: 'DONE' });
    expect(await world.walk()).not.toHaveProperty('after');
    expect(await world.waits()).toBe(false);
  });

  it('of one that has moved all is told where it is now, once', async () => {
    const world = await shelves(3);
    const [channel] = world.store.all('channel');
    if (channel === undefined) throw new Error('there is no channel');
    world.shown.clear();
    await world.refreshAll();
    await world.stepAll();
    expect(world.shown.size, 'it has not moved').toBe(0);
    world.store.given('channel', { ...channel, moves: 1, version: channel.version + 1 });
    await world.refreshAll();
    await world.stepAll();
    expect([...world.shown.keys()].toSorted()).toEqual(['S0000', 'S0001', 'S0002']);
    world.shown.clear();
    await world.refreshAll();
    await world.stepAll();
    expect(world.shown.size).toBe(0);
  });

  it('a change in the midst of it has it begin anew at its end', async () => {
    const world = await shelves(150);
    world.price(900);
    await world.refreshAll();
    await world.step();
    world.price(800);
    await world.refreshAll();
    await world.refreshAll();
    await world.stepAll();
    expect(world.prices()).toEqual([800]);
    expect(await world.walk()).toMatchObject({ state: 'DONE' });
  });

  it('a worker that dies is followed by one that goes on, wherever that was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(130), { maxLength: 4 }), async (deaths) => {
        const world = await shelves(110);
        world.price(900);
        let isAsked = false;
        // The event comes again only where its consumer has failed.
        const ask = async () => {
          if (!isAsked) await world.refreshAll();
          isAsked = true;
        };
        for (const commits of deaths) {
          world.crashAfter(commits);
          await ask().catch(() => undefined);
          await world.stepAll().catch(() => undefined);
        }
        world.crashAfter();
        await ask();
        await world.stepAll();
        expect(world.prices()).toEqual([900]);
        expect(await world.waits()).toBe(false);
      }),
      { numRuns: 8 },
    );
  });

  it('channels that are not there, or take no products, are passed over', async () => {
    const world = await shelves(1);
    await walkChannels(world.ports)(['nowhere'], now);
    await walkChannels({ ...world.ports, connectorOf: () => ({}) })([shop], now);
    expect([world.wakes, await world.walk()]).toEqual([[], undefined]);
  });
});
