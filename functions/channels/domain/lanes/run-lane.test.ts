import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability } from '../../fixtures/world.ts';
import { readHealth } from './read-health.ts';
import { wakeLane } from './wake-lane.ts';

const id = { channelId: shop, lane: 'stock' } as const;

describe('a lane', () => {
  it('is worked off by one worker at a time; whoever asks meanwhile is heard', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    let second: unknown = 'nobody';
    world.during(async () => {
      if (second !== 'nobody') return;
      second = await world.lanes.take(id, { by: 'other', now: world.clock.now(), until: '9' });
      await world.record([availability('B', 1, 0)]);
    });
    await world.workAll();
    expect(second).toBeUndefined();
    expect(world.calls.flat().map(({ sku }) => sku)).toEqual(['A', 'B']);
    expect(world.lanes.messages).toEqual([]);
  });

  it('hands on to the next worker when its time is up', async () => {
    const world = laneWorld({ availability: { batch: 1 } });
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 1, 9)));
    const [message] = world.lanes.messages.splice(0, 1);
    await world.work(message?.id ?? '', -1);
    expect(world.calls).toEqual([]);
    expect(world.lane()?.lease).toBeUndefined();
    expect(world.lanes.messages).toHaveLength(1);
    await world.workAll();
    expect(world.calls).toHaveLength(3);
  });

  it('opens its breaker, tries with one SKU, and then catches up by urgency', async () => {
    const world = laneWorld();
    world.reacts(() => 'down');
    await world.record([availability('A', 1, 9), availability('B', 1, 9)]);
    for (let count = 0; count < 6 && world.lane()?.breaker?.failures !== 5; count += 1) {
      await world.workAll();
      world.advance(15);
    }
    expect(world.lane()).toMatchObject({ breaker: { failures: 5 }, lastError: { detail: 'The channel is down.' } });
    expect(await readHealth(world.ports)(shop, world.clock.now())).toMatchObject({
      value: {
        lanes: [{ state: 'open', failures: 5 }, {}, {}, {}],
        stock: { waiting: { fall: { count: 2, more: false } } },
      },
    });
    await world.record([availability('C', 1, 0)]);
    const before = world.calls.length;
    world.reacts(() => 'take');
    await world.settle(2);
    expect(world.calls.slice(before).map((offers) => offers.map(({ sku }) => sku).sort())).toEqual([
      ['C'],
      ['A'],
      ['B'],
    ]);
    expect(world.lane()?.breaker).toBeUndefined();
  });

  it('goes on with the others where one SKU alone finds no answer', async () => {
    const world = laneWorld({ availability: { batch: 1 } });
    world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
    await world.record([availability('A', 1, 0)]);
    await world.workAll();
    await world.record(['B', 'C'].map((sku) => availability(sku, 1, 50)));
    await world.settle(10);
    expect([...world.shown.keys()].sort()).toEqual(['B', 'C']);
    expect((await world.listing('A'))?.offer?.due).toBeDefined();
  });

  it('rests while its channel is paused, and goes on when it is woken after that', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    const [channel] = world.store.all('channel');
    if (channel === undefined) throw new Error('no channel');
    world.store.given('channel', { ...channel, paused: true });
    await world.workAll();
    await world.settle(2);
    expect(world.calls).toEqual([]);
    world.store.given('channel', channel);
    await wakeLane(world.ports, channel, 'stock', { now: world.clock.now() });
    await world.workAll();
    expect(world.shown.get('A')).toBe(9);
  });

  it('is one with the others where the channel takes one call at a time', async () => {
    const world = laneWorld({ connector: { oneAtATime: true } });
    const [channel] = world.store.all('channel');
    if (channel === undefined) throw new Error('no channel');
    await wakeLane(world.ports, channel, 'orders', { now });
    expect(world.lane()).toMatchObject({ lane: 'stock', asked: 1 });
    expect(world.lanes.messages).toMatchObject([{ lane: 'stock' }]);
  });

  it('is not sent for twice before its time', async () => {
    const world = laneWorld();
    const [channel] = world.store.all('channel');
    if (channel === undefined) throw new Error('no channel');
    const at = plusSeconds(now, 20);
    for (let count = 0; count < 3; count += 1) await wakeLane(world.ports, channel, 'stock', { now, at });
    expect(world.lanes.messages).toMatchObject([{ at }]);
    await wakeLane(world.ports, channel, 'stock', { now });
    expect(world.lanes.messages).toHaveLength(2);
  });

  it('is swept up when its worker died, and when a message was lost', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    world.lanes.messages.length = 0;
    await world.lanes.take(id, { by: 'dead', now, until: plusSeconds(now, 70) });
    expect(await world.sweep()).toBe(0);
    world.advance(71);
    expect(await world.sweep()).toBe(1);
    await world.workAll();
    expect(world.shown.get('A')).toBe(9);
    expect(await world.sweep()).toBe(0);
  });
});
