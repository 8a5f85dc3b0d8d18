import { describe, expect, it } from 'vitest';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { retryOffers } from '../availability/retry-offers.ts';
import { readHealth } from './read-health.ts';

const other = 'other-shop';
type World = ReturnType<typeof laneWorld>;

const offerOf = async (world: World, sku: string) => (await world.listing(sku))?.offer;
describe('while a channel is down for an hour', () => {
  it('others are told at once, it is called rarely, and then it catches up: the newest only, by urgency', async () => {
    const world = laneWorld({ others: [other], availability: { batch: 5 } });
    // Of fifteen, five sell out minute by minute, five fall and five rise.
    const skus = Array.from('ABCDEFGHIJKLMNO');
    const atsOf = (index: number, minute: number) => [60 - minute, 100 - minute, 100 + minute][index % 3] ?? 0;
    const changed = (minute: number) =>
      world.record(skus.map((sku, index) => availability(sku, 1 + minute, atsOf(index, minute))));
    const all = (minute: number) => Object.fromEntries(skus.map((sku, index) => [sku, atsOf(index, minute)]));
    await changed(0);
    await world.settle(1);
    world.reacts((_offer, channelId) => (channelId === shop ? 'down' : 'take'));
    const before = world.calls.length;
    for (let minute = 1; minute <= 60; minute += 1) {
      await changed(minute);
      await world.settle(1);
      expect(Object.fromEntries(world.shownBy(other))).toEqual(all(minute));
    }
    expect(Object.fromEntries(world.shown)).toEqual(all(0));
    const meanwhile = world.calls.slice(before);
    expect(meanwhile.length, 'calls for 900 changes').toBeLessThan(90);
    expect(meanwhile.slice(-10).map(({ length }) => length)).toEqual(Array.from({ length: 10 }, () => 1));
    expect(await readHealth(world.ports)(other, world.clock.now())).toMatchObject({
      value: { lanes: [{ state: 'idle', failures: 0 }, {}, {}, {}] },
    });

    world.reacts(() => 'take');
    const down = world.calls.length;
    await world.settle(10);
    expect(Object.fromEntries(world.shown)).toEqual(all(60));
    const told = world.calls.slice(down).flat();
    expect(told).toHaveLength(skus.length);
    // The first one found out that the channel is there again.
    const ranks = told.slice(1).map(({ quantity }) => (quantity === 0 ? 0 : 1));
    expect(ranks).toEqual(ranks.toSorted());
    expect(world.lane()?.breaker).toBeUndefined();
    expect(await world.ports.offers.waits(shop)).toBe(false);
  });
});

describe('a storm of 429', () => {
  it('only delays: nothing is called before its time, no breaker opens, and what the channel shows stays certain', async () => {
    const world = laneWorld({ others: [other] });
    await world.record([availability('A', 1, 9)]);
    await world.workAll();
    let storm = 30;
    const at: number[] = [];
    world.reacts((_offer, channelId) => {
      if (channelId === shop) at.push(Date.parse(world.clock.now()));
      storm -= channelId === shop ? 1 : 0;
      return storm >= 0 && channelId === shop ? 'limit' : 'take';
    });
    await world.record([availability('A', 2, 5)]);
    await world.workAll();
    expect(world.shownBy(other).get('A')).toBe(5);
    expect(world.lane()?.breaker?.failures).toBe(0);
    for (let second = 0; second < 90; second += 1) {
      await world.workAll();
      world.advance(1);
    }
    expect(world.shown.get('A')).toBe(5);
    expect(at).toHaveLength(31);
    at.slice(1).forEach((time, index) => expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(2_000));
    expect(world.calls.at(-1)).toMatchObject([{ quantity: 5, previous: 9 }]);
    expect(world.lane()?.lastError).toBeUndefined();
  });
});

describe('a channel that cannot be connected to', () => {
  it('has carried nothing out: what it shows is as certain as before, and more to sell is no fall', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 50)]);
    await world.workAll();
    world.reacts(() => 'unsent');
    await world.record([availability('A', 2, 60)]);
    world.advance(1);
    await world.workAll();
    expect(await offerOf(world, 'A')).toMatchObject({
      published: 50,
      unanswered: { tries: expect.any(Number) as number },
    });
    expect(await offerOf(world, 'A')).not.toHaveProperty('uncertain');
    await world.record([availability('A', 3, 70)]);
    expect(await offerOf(world, 'A')).toMatchObject({ due: { urgency: 'rise' } });
    world.reacts(() => 'take');
    await world.settle(5);
    expect(world.calls.at(-1)).toMatchObject([{ quantity: 70, previous: 50 }]);
    expect(await offerOf(world, 'A')).not.toHaveProperty('unanswered');
  });
});

describe('a batch of which the channel did a part', () => {
  it('is told again where it did not answer, without saying what it showed before; the others are done', async () => {
    const world = laneWorld();
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 1, 9)));
    await world.workAll();
    let answers = 0;
    world.reacts(({ sku }) => {
      answers += 1;
      if (answers > 3 || sku === 'A') return 'take';
      return sku === 'B' ? 'down-but-taken' : 'down';
    });
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 2, 6)));
    await world.workAll();
    expect(world.shown).toEqual(
      new Map([
        ['A', 6],
        ['B', 6],
        ['C', 6],
      ]),
    );
    const again = world.calls.slice(2).flat();
    expect(again.map(({ sku }) => sku).toSorted()).toEqual(['B', 'C']);
    for (const offer of again) expect(offer).not.toHaveProperty('previous');
    for (const sku of 'ABC') expect(await offerOf(world, sku)).toMatchObject({ published: 6, wanted: 6 });
    for (const sku of 'ABC') expect(await offerOf(world, sku)).not.toHaveProperty('uncertain');
  });

  it('is told again as a whole where its connector broke in the middle', async () => {
    let breaks = true;
    const shown = new Map<string, number>();
    const world = laneWorld({
      availability: {
        publish: (_connection, offers) => {
          for (const [index, { sku, quantity }] of offers.entries()) {
            if (breaks && index === 1) return Promise.reject(new Error('Unexpected token < in JSON'));
            shown.set(sku, quantity);
          }
          return Promise.resolve(new Map(offers.map(({ sku }) => [sku, ok(true as const)])));
        },
      },
    });
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 1, 9)));
    const [message] = world.lanes.messages.splice(0, 1);
    await world.work(message?.id ?? '', 0);
    expect(await offerOf(world, 'A')).toMatchObject({ uncertain: true, due: { urgency: 'fall' } });
    expect(world.lane()).toMatchObject({
      breaker: { failures: 1 },
      lastError: { detail: 'Unexpected token < in JSON' },
    });
    breaks = false;
    await world.settle(2);
    expect(shown).toEqual(
      new Map([
        ['A', 9],
        ['B', 9],
        ['C', 9],
      ]),
    );
    expect(await world.ports.offers.waits(shop)).toBe(false);
  });
});

describe('what a channel refused', () => {
  it('is told again by the API, once what was wrong is mended; others were not held up by it', async () => {
    const world = laneWorld({ availability: { batch: 2 } });
    let mended = false;
    world.reacts(({ sku }) => (mended || sku === 'C' ? 'take' : 'refuse'));
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 1, 9)));
    await world.settle(3);
    expect(Object.fromEntries(world.shown)).toEqual({ C: 9 });
    const health = await readHealth(world.ports)(shop, world.clock.now());
    expect(health).toMatchObject({ value: { stock: { refused: { count: 2 } } } });
    mended = true;
    // What changed meanwhile is told, not what was refused.
    await world.record([availability('B', 2, 7)]);
    const call = { channelId: shop, now: world.clock.now() };
    expect(await retryOffers(world.ports)(call)).toEqual({ ok: true, value: { retried: 1, more: false, unknown: [] } });
    expect(await retryOffers(world.ports)(call)).toEqual({ ok: true, value: { retried: 0, more: false, unknown: [] } });
    await world.settle(1);
    expect(Object.fromEntries(world.shown)).toEqual({ A: 9, B: 7, C: 9 });
  });
});
