import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { readOffer } from '../availability/read-offer.ts';
import { retryOffers } from '../availability/retry-offers.ts';
import { putListing } from './put-listing.ts';
import { findListings, readListing } from './read-listing.ts';
import { takeOutListing } from './take-out.ts';

const key = { channelId: shop, sku: 'A' };

/** A channel whose SKU A can be put, taken out and sold. */
function leavingWorld(over: Parameters<typeof laneWorld>[0] = {}) {
  const world = laneWorld(over);
  let version = 0;
  return {
    ...world,
    take: (goneAtChannel = false) => takeOutListing(world.ports)(key, { now: world.clock.now(), goneAtChannel }),
    put: (ids: object = {}) => putListing(world.ports)(key, ids, { now: world.clock.now(), actor: 'ops' }),
    /** The pool has so many. */
    have: (ats: number) => world.record([availability('A', (version += 1), ats)]),
    read: () => readListing(world.ports)(key),
    out: async () => (await world.listing())?.out?.state,
  };
}

/** One in which the channel sells seven. */
async function sellingWorld(over: Parameters<typeof laneWorld>[0] = {}) {
  const world = leavingWorld(over);
  await world.put({ variantId: 'V1' });
  await world.have(7);
  await world.workAll();
  return world;
}

const leaving = { ok: true, value: { ...key, state: 'LEAVING' } };
const isOut = { ok: true, value: { ...key, state: 'OUT' } };

describe('a listing that is taken out', () => {
  it('is told nothing is left before all else, and is out once the channel has acknowledged that', async () => {
    const world = await sellingWorld();
    expect(await world.take()).toMatchObject(leaving);
    expect(await world.read()).toMatchObject({ value: { state: 'LEAVING', wanted: 0, published: 7 } });
    expect((await world.listing())?.offer?.due).toMatchObject({ urgency: 'now' });
    await world.workAll();
    expect(world.shown.get('A')).toBe(0);
    expect(await world.take(), 'a repeat').toMatchObject(isOut);
    expect(await world.read()).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await findListings(world.ports)(shop, { limit: 9 })).toEqual(ok({ listings: [] }));
    expect(await readOffer(world.ports)(key)).toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringContaining('was taken out of shop') as unknown },
    });
  });

  it('is told of nothing more, not even where all of a pool is sold, until it is put again', async () => {
    const world = await sellingWorld();
    await world.take();
    await world.have(9);
    await world.workAll();
    await world.have(8);
    await world.settle(2);
    expect(world.calls.map(([offer]) => offer?.quantity)).toEqual([7, 0]);
    expect(await world.put({ variantId: 'V1' })).toMatchObject({ value: { state: 'LISTED' } });
    await world.have(8);
    await world.workAll();
    expect(world.shown.get('A')).toBe(8);
    const sequences = world.calls.map(([offer]) => offer?.sequence ?? 0);
    expect(sequences, 'a receiver can still tell the newer').toEqual(sequences.toSorted((a, b) => a - b));
  });

  it('waits for a channel that does not answer, through crashes too', async () => {
    const world = await sellingWorld();
    world.reacts(() => 'down');
    const crashed = { ...world.ports, wake: () => Promise.reject(new Error('crash')) };
    const how = { now: world.clock.now(), goneAtChannel: false };
    await expect(takeOutListing(crashed)(key, how)).rejects.toThrow('crash');
    await world.sweep();
    await world.workAll();
    expect(await world.take()).toMatchObject(leaving);
    world.reacts(() => 'take');
    await world.settle(5);
    expect([world.shown.get('A'), await world.out()]).toEqual([0, 'OUT']);
  });

  it('is out at once where the channel has nothing of it, or nobody is to be told', async () => {
    const soldOut = leavingWorld();
    await soldOut.put();
    await soldOut.have(0);
    await soldOut.workAll();
    const calls = soldOut.calls.length;
    expect(await soldOut.take()).toMatchObject(isOut);
    expect(soldOut.calls).toHaveLength(calls);
    const unheard = leavingWorld({ availability: { lacksSetting: () => 'give it an endpoint' } });
    await unheard.put();
    expect(await unheard.take()).toMatchObject(isOut);
  });

  it('is told so although it was never told anything: who knows what it sells there', async () => {
    const world = leavingWorld();
    await world.put();
    expect(await world.take()).toMatchObject(leaving);
    await world.workAll();
    expect([world.shown.get('A'), await world.out()]).toEqual([0, 'OUT']);
  });

  it('that is nowhere is not found', async () => {
    const world = leavingWorld();
    expect(await world.take()).toMatchObject({ refusal: { code: 'not-found' } });
    expect(
      await takeOutListing(world.ports)({ channelId: 'nowhere', sku: 'A' }, { now: '', goneAtChannel: true }),
    ).toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringContaining('no channel nowhere') as unknown },
    });
  });
});

describe('what the channel says no to', () => {
  it('is out where it does not know the SKU', async () => {
    const unknown = refuse('not-found', 'No such item.');
    let answer: typeof unknown | ReturnType<typeof ok<true>> = ok(true);
    const publish = () => Promise.resolve(new Map([['A', answer]]));
    const world = await sellingWorld({ availability: { publish } });
    answer = unknown;
    await world.take();
    await world.workAll();
    expect(await world.out()).toBe('OUT');
  });

  it('stays until it takes it, or a person says that it is gone there', async () => {
    const world = await sellingWorld();
    world.reacts(() => 'refuse');
    await world.take();
    await world.workAll();
    expect(await world.take()).toMatchObject(leaving);
    expect(await findListings(world.ports)(shop, { limit: 9 })).toMatchObject({
      value: { listings: [{ state: 'LEAVING', refused: { code: 'invalid-request' } }] },
    });
    const other = await sellingWorld();
    other.reacts(() => 'refuse');
    await other.take();
    await other.workAll();
    other.reacts(() => 'take');
    await retryOffers(other.ports)({ channelId: shop, now: other.clock.now() });
    await other.workAll();
    expect([other.shown.get('A'), await other.out()]).toEqual([0, 'OUT']);
    expect(await world.take(true)).toMatchObject(isOut);
    await world.settle(2);
    expect(world.calls, 'nobody tells it any more').toHaveLength(2);
  });
});

describe('what happens at the same moment', () => {
  it.each(['take', 'down-but-taken'] as const)(
    'a call that is on its way (%s) is followed by the last word',
    async (reaction) => {
      const world = await sellingWorld();
      let isFirst = true;
      world.during(async () => {
        if (isFirst) await world.take();
        isFirst = false;
      });
      world.reacts(({ quantity }) => (quantity === 6 ? reaction : 'take'));
      await world.have(6);
      await world.settle(3);
      expect([world.shown.get('A'), await world.out()]).toEqual([0, 'OUT']);
    },
  );

  it('a listing that is put while the channel is told is sold again', async () => {
    const world = await sellingWorld();
    let isFirst = true;
    world.during(async () => {
      if (isFirst) await world.put({ variantId: 'V1' });
      if (isFirst) await world.have(5);
      isFirst = false;
    });
    await world.take();
    await world.settle(3);
    expect([world.shown.get('A'), await world.out()]).toEqual([5, undefined]);
  });

  it('whatever was put, taken out, sold and told, the channel shows what it should in the end', async () => {
    const step = fc.constantFrom('take', 'gone', 'put', 'other ids', 'sell', 'work', 'down', 'up');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const world = await sellingWorld();
        let ats = 7;
        const said = { isGone: false };
        // In the store of these tests no pool has the SKU: what putting a listing has its pool say is said here.
        const put = async (variantId: string) => {
          said.isGone = false;
          await Promise.all([world.put({ variantId }), world.have(ats)]);
          await world.have(ats);
        };
        const does: Record<(typeof steps)[number], () => unknown> = {
          take: () => world.take(),
          gone: () => {
            said.isGone = true;
            return world.take(true);
          },
          put: () => put('V1'),
          'other ids': () => put('V2'),
          sell: () => {
            ats = (ats + 3) % 10;
            return world.have(ats);
          },
          work: () => world.workAll(),
          down: () => {
            world.reacts(() => 'down-but-taken');
          },
          up: () => {
            world.reacts(() => 'take');
          },
        };
        for (const name of steps) await does[name]();
        world.reacts(() => 'take');
        await world.settle(5);
        const isTakenOut = (await world.out()) !== undefined;
        expect(await world.out()).toBe(isTakenOut ? 'OUT' : undefined);
        if (!said.isGone) expect(world.shown.get('A')).toBe(isTakenOut ? 0 : ats);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the ids of what was taken out', () => {
  it('find it for what was sold before, until another SKU has them', async () => {
    const world = await sellingWorld();
    await world.take();
    await world.workAll();
    expect(await world.ports.skusOf(shop, { variantId: 'V1' })).toEqual(['A']);
    const act = { now: world.clock.now(), actor: 'ops' };
    await putListing(world.ports)({ channelId: shop, sku: 'B' }, { variantId: 'V1' }, act);
    expect(await world.ports.skusOf(shop, { variantId: 'V1' })).toEqual(['B']);
    await putListing(world.ports)({ channelId: shop, sku: 'B' }, { variantId: 'V1', move: true }, act);
    expect(await world.out(), 'others take its ids, it stays out').toBe('OUT');
  });
});
