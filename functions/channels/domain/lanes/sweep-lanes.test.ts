import { describe, expect, it } from 'vitest';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { type Lateness } from '../../lane-ports.ts';

const other = 'other-shop';

/** A world that keeps what the sweeps have measured. */
function measuredWorld(...given: Parameters<typeof laneWorld>) {
  const world = laneWorld(...given);
  const measured: Record<string, Lateness[]> = {};
  world.ports.measureLateness = (channelId, lateness) => void (measured[channelId] ??= []).push(lateness);
  return { ...world, measured };
}

describe('the sweep of each minute', () => {
  it('sees that a channel has not acknowledged what is urgent, while it answers nothing at all', async () => {
    const world = measuredWorld({ others: [other] });
    await world.record([availability('A', 1, 9)]);
    await world.settle(1);
    world.reacts((_offer, channelId) => (channelId === shop ? 'down' : 'take'));
    await world.record([availability('A', 2, 0)]);
    const lags = world.lags.length;
    await world.settle(20);
    const mine = world.measured[shop] ?? [];
    expect(world.lags.slice(lags), 'only the other channel said yes').toHaveLength(1);
    expect(mine[0]).toEqual({ urgentMs: 0, failures: 0 });
    expect(mine.at(-1)?.urgentMs).toBeGreaterThan(19 * 60_000);
    expect(mine.at(-1)?.failures).toBeGreaterThan(10);
    expect(world.measured[other]).toEqual(Array.from({ length: 21 }, () => ({ urgentMs: 0, failures: 0 })));
    world.reacts(() => 'take');
    await world.settle(4);
    expect(world.measured[shop]?.at(-1)).toEqual({ urgentMs: 0, failures: 0 });
  });

  it('takes a rise that waits for nothing late', async () => {
    const world = measuredWorld();
    await world.record([availability('A', 1, 9)]);
    await world.settle(1);
    world.reacts(() => 'down');
    await world.record([availability('A', 2, 20)]);
    await world.settle(1);
    expect(world.measured[shop]?.at(-1)).toMatchObject({ urgentMs: 0 });
  });

  it('does not go on counting failures of a lane that has nothing to tell any more', async () => {
    const world = measuredWorld();
    await world.record([availability('A', 1, 9)]);
    await world.settle(1);
    world.reacts(() => 'down');
    await world.record([availability('A', 2, 0)]);
    await world.settle(10);
    expect(world.measured[shop]?.at(-1)?.failures).toBeGreaterThan(5);
    const { offer: _offer, ...unlisted } = (await world.listing('A')) ?? fail();
    world.store.given('listing', { ...unlisted, version: 99 });
    await world.settle(10);
    expect(world.lane()?.breaker?.failures).toBeGreaterThan(5);
    expect(world.measured[shop]?.at(-1)).toEqual({ urgentMs: 0, failures: 0 });
  });

  it('looks after all other channels where one cannot be looked at', async () => {
    const world = measuredWorld({ others: [other] });
    await world.record([availability('A', 1, 9)]);
    world.lanes.messages.length = 0;
    world.advance(60);
    const all = world.lanes.all.bind(world.lanes);
    world.lanes.all = (channelId) => (channelId === shop ? Promise.reject(new Error('broken item')) : all(channelId));
    await expect(world.sweep()).rejects.toThrow(`it failed for ${shop}`);
    expect(world.lanes.messages).toMatchObject([{ channelId: other, lane: 'stock' }]);
    world.lanes.all = all;
    await world.settle(2);
    expect(Object.fromEntries(world.shown)).toEqual({ A: 9 });
  });

  it('wakes nobody for a paused channel', async () => {
    const world = measuredWorld();
    await world.record([availability('A', 1, 0)]);
    world.lanes.messages.length = 0;
    world.store.given('channel', { ...((await world.ports.channel(shop)) ?? fail()), paused: true, version: 2 });
    world.advance(120);
    expect(await world.sweep()).toBe(0);
    expect(world.measured).toEqual({});
  });
});

function fail(): never {
  throw new Error('the channel is there');
}
