import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability, channelOf } from '../../fixtures/world.ts';
import { type Acknowledgements } from '../availability-connector.ts';

/** A channel that can be moved, with what it shows at each of its places. */
function movingWorld() {
  const shown: Map<string, number>[] = [];
  let isDown = false;
  let during: () => Promise<unknown> = () => Promise.resolve();
  const world = laneWorld({
    availability: {
      publish: async ({ channel: { moves = 0 } }, offers): Promise<Acknowledgements> => {
        const place = (shown[moves] ??= new Map());
        if (isDown) return new Map(offers.map(({ sku }) => [sku, refuse('provider-unavailable', 'It is down.')]));
        await during();
        for (const { sku, quantity } of offers) place.set(sku, quantity);
        calls.push(...offers.map(({ sku, quantity, previous }) => ({ sku, quantity, previous, moves })));
        return new Map(offers.map(({ sku }) => [sku, ok(true as const)]));
      },
    },
  });
  const calls: { sku: string; quantity: number; previous: number | undefined; moves: number }[] = [];
  let moves = 0;
  /** As a PUT of the channel writes it; stock is gone over later. */
  const move = () => {
    moves += 1;
    world.store.given('channel', channelOf({ channelId: shop, type: 'webhook', moves, version: moves + 1 }));
    return Promise.resolve();
  };
  return {
    world,
    move,
    calls,
    at: (place: number) => Object.fromEntries(shown[place] ?? []),
    place: () => moves,
    goesDown: (how: boolean) => void (isDown = how),
    during: (what: typeof during) => void (during = what),
  };
}

describe('a channel that has moved', () => {
  it('is told anew what it should show there, as nothing is known of it: once', async () => {
    const { world, move, calls, at } = movingWorld();
    await world.record([availability('A', 1, 9), availability('B', 1, 2)]);
    await world.workAll();
    await move();
    for (let times = 0; times < 2; times += 1) {
      await world.record([availability('A', 2, 9), availability('B', 2, 2)]);
      await world.workAll();
    }
    expect(at(1)).toEqual({ A: 9, B: 2 });
    expect(calls.slice(2)).toEqual([
      { sku: 'B', quantity: 2, previous: undefined, moves: 1 },
      { sku: 'A', quantity: 9, previous: undefined, moves: 1 },
    ]);
    expect((await world.listing())?.offer).toMatchObject({ moves: 1, published: 9 });
  });

  it('is not told anew where it has not: a repeat of stock changes nothing', async () => {
    const { world, calls } = movingWorld();
    await world.record([availability('A', 1, 9)]);
    await world.workAll();
    await world.record([availability('A', 2, 9)]);
    await world.workAll();
    expect(calls).toHaveLength(1);
  });

  it('while a call was on its way: its answer says nothing of the new place, whether stock was gone over before it or after', async () => {
    for (const isWalkedBefore of [true, false]) {
      const { world, move, during, at } = movingWorld();
      const walk = () => world.record([availability('A', 2, 9)]);
      during(async () => {
        during(() => Promise.resolve());
        await move();
        if (isWalkedBefore) await walk();
      });
      await world.record([availability('A', 1, 9)]);
      await world.workAll();
      if (!isWalkedBefore) await walk();
      await world.workAll();
      expect(at(0)).toEqual({ A: 9 });
      expect(at(1)).toEqual({ A: 9 });
    }
  });

  it('is told what it had refused before, and what it never answered for is known for certain there', async () => {
    const { world, move, at } = movingWorld();
    await world.record([availability('A', 1, 9)]);
    const before = await world.listing();
    if (before?.offer === undefined) throw new Error('nothing was recorded');
    const { due: _due, ...offer } = before.offer;
    const refused = { at: world.clock.now(), code: 'not-found', detail: 'It is not there.' };
    world.store.given('listing', { ...before, offer: { ...offer, uncertain: true, refused } });
    await move();
    await world.record([availability('A', 2, 9)]);
    await world.workAll();
    expect(at(1)).toEqual({ A: 9 });
    expect((await world.listing())?.offer).not.toHaveProperty('uncertain');
  });

  it('shows what it should where it is in the end, however it moved, sold and failed', async () => {
    const act = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('stock' as const), ats: fc.integer({ min: 0, max: 4 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('move', 'down', 'up', 'work', 'midst') }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { world, move, at, place, goesDown, during } = movingWorld();
        let [version, ats] = [1, 3];
        const record = () => world.record([availability('A', (version += 1), ats)]);
        const walked = async () => {
          await move();
          await record();
        };
        await record();
        for (const one of acts) {
          if ('ats' in one) ats = one.ats;
          if ('ats' in one) await record();
          if (one.kind === 'move') await walked();
          if (one.kind === 'midst')
            during(() => {
              during(() => Promise.resolve());
              return walked();
            });
          if (one.kind === 'down' || one.kind === 'up') goesDown(one.kind === 'down');
          if (one.kind === 'work') await world.workAll();
        }
        goesDown(false);
        await world.settle(8);
        expect(at(place())).toEqual({ A: ats });
      }),
      { numRuns: 60 },
    );
  });
});
