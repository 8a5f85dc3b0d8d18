import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability } from '../../fixtures/world.ts';
import { readHealth } from '../lanes/read-health.ts';
import { readOffer } from './read-offer.ts';
import { retryOffers } from './retry-offers.ts';

describe('telling a channel', () => {
  it('sends the most urgent first, as many as a call takes', async () => {
    const world = laneWorld({ availability: { batch: 2 } });
    await world.record([
      availability('A', 1, 50),
      availability('B', 1, 0),
      availability('C', 1, 20),
      availability('D', 1, 3),
    ]);
    await world.workAll();
    expect(world.calls.map((offers) => offers.map(({ sku }) => sku).sort())).toEqual([
      ['B', 'D'],
      ['A', 'C'],
    ]);
    expect(await world.listing('A')).toMatchObject({ offer: { published: 50, publishedAt: now } });
    expect(world.lane()?.lease).toBeUndefined();
  });

  it('says what was acknowledged before, where that is certain', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    await world.workAll();
    await world.record([availability('A', 2, 8)]);
    await world.workAll();
    expect(world.calls).toMatchObject([[{ quantity: 9 }], [{ quantity: 8, previous: 9 }]]);
    expect(world.calls[0]?.[0]).not.toHaveProperty('previous');
  });

  it('does not say so after a call without an answer, nor after a worker died', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    await world.workAll();
    await world.record([availability('A', 2, 8)]);
    world.reacts(() => 'down-but-taken');
    world.during(() => {
      world.reacts(() => (world.calls.length > 2 ? 'take' : 'down-but-taken'));
      return Promise.resolve();
    });
    await world.settle(3);
    expect(world.calls[2]?.[0]).toMatchObject({ quantity: 8 });
    expect(world.calls[2]?.[0]).not.toHaveProperty('previous');
    expect(await world.listing()).toMatchObject({ offer: { published: 8 } });
    expect((await world.listing())?.offer?.uncertain).toBeUndefined();

    await world.record([availability('A', 3, 7)]);
    await world.lanes.take(
      { channelId: shop, lane: 'stock' },
      { by: 'dead', now: world.clock.now(), until: plusSeconds(world.clock.now(), 70) },
    );
    await world.settle(4);
    expect(world.calls.at(-1)?.[0]).toMatchObject({ quantity: 7 });
    expect(world.calls.at(-1)?.[0]).not.toHaveProperty('previous');
    await world.record([{ ...availability('A', 4, 6), time: world.clock.now() }]);
    await world.workAll();
    expect(world.calls.at(-1)?.[0]).toMatchObject({ quantity: 6, previous: 7 });
  });

  it('sends what came while a call was on its way, and measures each', async () => {
    const world = laneWorld();
    await world.record([{ ...availability('A', 1, 9), time: plusSeconds(now, -2) }]);
    let came = false;
    world.during(async () => {
      if (came) return;
      came = true;
      world.advance(1);
      await world.record([{ ...availability('A', 2, 3), time: world.clock.now() }]);
    });
    await world.workAll();
    expect(world.calls).toMatchObject([[{ quantity: 9 }], [{ quantity: 3, previous: 9 }]]);
    expect(world.lags).toEqual([
      { urgency: 'fall', milliseconds: 3_000 },
      { urgency: 'now', milliseconds: 1_000 },
    ]);
  });

  it('is over for what the channel refuses, until the quantity changes or somebody asks', async () => {
    const world = laneWorld();
    world.reacts(({ sku }) => (sku === 'A' ? 'refuse' : 'take'));
    await world.record([availability('A', 1, 9), availability('B', 1, 9)]);
    await world.settle(3);
    expect(world.calls).toHaveLength(1);
    const refused = { code: 'invalid-request', detail: 'The channel does not know this SKU: list it there.' };
    expect(await readOffer(world.ports)({ channelId: shop, sku: 'A' })).toMatchObject({
      value: { wanted: 9, refused },
    });
    expect(await readHealth(world.ports)(shop, world.clock.now())).toMatchObject({
      value: {
        lanes: [{ lane: 'stock', state: 'idle', failures: 0 }, {}, {}, {}],
        stock: { refused: { count: 1 }, refusals: [{ sku: 'A', ...refused }], waiting: { now: { count: 0 } } },
      },
    });
    await world.record([availability('A', 2, 9)]);
    await world.settle(2);
    expect(world.calls).toHaveLength(1);
    world.reacts(() => 'take');
    expect(await retryOffers(world.ports)({ channelId: shop, now: world.clock.now() })).toEqual({
      ok: true,
      value: { retried: 1, more: false, unknown: [] },
    });
    await world.workAll();
    expect((await world.listing())?.offer).toMatchObject({ published: 9 });
    expect((await world.listing())?.offer?.refused).toBeUndefined();
  });

  it('waits for a limit without counting it, and gives what was sent before as known', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    await world.workAll();
    world.reacts(() => (world.calls.length < 3 ? 'limit' : 'take'));
    await world.record([availability('A', 2, 8)]);
    await world.workAll();
    expect(world.lane()).toMatchObject({ breaker: { failures: 0 }, wakeAt: plusSeconds(world.clock.now(), 2) });
    await world.settle(2);
    expect(world.calls[2]).toMatchObject([{ quantity: 8, previous: 9 }]);
  });

  it('revises a listing no more than its channel allows, the urgent before the rest', async () => {
    const world = laneWorld({ availability: { revisionsPerDay: 10 } });
    for (let version = 1; version <= 40; version += 1) {
      await world.record([{ ...availability('A', version, 100 - version), time: world.clock.now() }]);
      await world.workAll();
    }
    // A quarter of the day’s goes at once.
    expect(world.calls.length).toBeLessThanOrEqual(3);
    await world.record([{ ...availability('A', 41, 0), time: world.clock.now() }]);
    await world.workAll();
    expect(world.calls.at(-1)).toMatchObject([{ quantity: 0 }]);
  });

  it('tells what each location has, again when goods move, and not when nothing is other', async () => {
    const world = laneWorld({
      channel: { stockByLocation: true, locations: { l1: 'boston', l2: 'austin' } },
      availability: { byLocation: true },
    });
    let atf = { boston: 6, austin: 3 };
    world.ports.positionsOf = () =>
      Promise.resolve(
        Object.entries(atf).map(([location, units]) => ({ location, pool: 'online', sku: 'A', atf: units }) as never),
      );
    const moved = (time: string) => ({
      ...availability('A', 1, 0),
      id: time,
      time,
      type: 'ShelfChanged.v1',
      data: { sku: 'A', pool: 'online', location: 'boston' },
    });
    await world.record([availability('A', 1, 9)]);
    await world.workAll();
    expect(world.calls).toMatchObject([[{ quantity: 9, locations: { l1: 6, l2: 3 } }]]);
    await world.record([moved(world.clock.now())]);
    await world.workAll();
    expect(world.calls).toHaveLength(1);
    expect((await world.listing())?.offer?.due).toBeUndefined();
    atf = { boston: 2, austin: 7 };
    await world.record([moved(world.clock.now())]);
    await world.workAll();
    expect(world.calls[1]).toMatchObject([
      { quantity: 9, locations: { l1: 2, l2: 7 }, previous: 9, previousLocations: { l1: 6, l2: 3 } },
    ]);
  });
});
