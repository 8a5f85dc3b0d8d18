import { describe, expect, it } from 'vitest';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { mendLanes } from './mend-lanes.ts';

/** A channel that has been down for long: its breaker is open. */
async function downWorld() {
  const world = laneWorld();
  world.reacts(() => 'down');
  await world.record(Array.from('ABCDEFGHIJKLMNO', (sku) => availability(sku, 1, 9)));
  await world.settle(5);
  await world.workAll();
  expect(world.lane()?.breaker?.openUntil?.localeCompare(world.clock.now())).toBe(1);
  return world;
}

describe('a channel whose cause of failing is mended', () => {
  it('is told at once, and not when its breaker would have closed', async () => {
    const world = await downWorld();
    world.reacts(() => 'take');
    await world.workAll();
    expect(world.shown.size, 'nobody comes before the breaker closes').toBe(0);
    const before = world.clock.now();
    await mendLanes(world.ports, shop);
    await world.workAll();
    expect(world.shown.size).toBeGreaterThan(10);
    expect(Date.parse(world.clock.now()) - Date.parse(before)).toBeLessThan(2_000);
    expect(world.lane()?.breaker).toBeUndefined();
  });

  it('is told at once also where a worker fails by it while it is mended', async () => {
    const world = laneWorld();
    world.reacts(() => (world.calls.length === 1 ? 'limit' : 'take'));
    world.during(() => (world.calls.length === 1 ? mendLanes(world.ports, shop) : Promise.resolve()));
    await world.record([availability('A', 1, 9)]);
    const before = world.clock.now();
    await world.workAll();
    expect(Object.fromEntries(world.shown)).toEqual({ A: 9 });
    expect(Date.parse(world.clock.now()) - Date.parse(before)).toBeLessThan(2_000);
    expect(world.calls).toHaveLength(2);
  });

  it('was never told anything: then there is nothing to mend', async () => {
    const world = laneWorld();
    await mendLanes(world.ports, shop);
    expect(await world.ports.lanes.all(shop)).toEqual([]);
  });
});
