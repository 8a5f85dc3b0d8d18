import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { laneWorld } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability } from '../../fixtures/world.ts';
import { type Acknowledgements, type Offer } from '../availability-connector.ts';

const letters = 'A B C D E F G H I J'.split(' ');
const down = refuse('provider-unavailable', 'The channel is down.');

/** Lets time pass second by second. */
async function pass(world: ReturnType<typeof laneWorld>, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await world.workAll();
    world.advance(1);
  }
  await world.workAll();
}

describe('a SKU that the channel stumbles over', () => {
  it('does not keep others waiting, once the channel has taken one of them', async () => {
    const world = laneWorld();
    world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
    await world.record([availability('A', 1, 50)]);
    await pass(world, 600);
    const tries = world.calls.length;
    expect(tries).toBeLessThan(16);
    await world.record([availability('B', 1, 3)]);
    await pass(world, 125);
    expect(world.shown.get('B')).toBe(3);
    for (let version = 2; version < 5; version += 1) {
      await pass(world, 300);
      await world.record([availability('B', version, 5 - version)]);
      await world.workAll();
      expect(world.shown.get('B')).toBe(5 - version);
    }
    expect(world.calls.length - tries).toBeLessThan(30);
    world.reacts(() => 'take');
    await pass(world, 130);
    expect(world.shown.get('A')).toBe(50);
    expect((await world.listing('A'))?.offer).not.toHaveProperty('unanswered');
  });

  it('is found among those of one call, which are told without it', async () => {
    const shown = new Map<string, number>();
    const calls: (readonly Offer[])[] = [];
    const world = laneWorld({
      availability: {
        publish: (_connection, offers): Promise<Acknowledgements> => {
          calls.push(offers);
          const isPoisoned = offers.some(({ sku }) => sku === 'D');
          if (!isPoisoned) for (const { sku, quantity } of offers) shown.set(sku, quantity);
          return Promise.resolve(new Map(offers.map(({ sku }) => [sku, isPoisoned ? down : ok(true as const)])));
        },
      },
    });
    await world.record(letters.map((sku) => availability(sku, 1, 9)));
    await pass(world, 30);
    expect([...shown.keys()].toSorted()).toEqual(letters.filter((sku) => sku !== 'D'));
    expect(calls.length).toBeLessThan(25);
    await world.record(letters.map((sku) => availability(sku, 2, 8)));
    await pass(world, 5);
    expect([...shown.values()]).toEqual(letters.slice(1).map(() => 8));
  });
});

describe('a channel that is down', () => {
  it('is tried no more often for many SKUs than for one, and has all within minutes of its return', async () => {
    const world = laneWorld({ availability: { batch: 2 } });
    world.reacts(() => 'down');
    await world.record(letters.map((sku) => availability(sku, 1, 9)));
    await pass(world, 3_600);
    expect(world.lane()?.breaker?.failures).toBeGreaterThan(20);
    expect(world.calls.length).toBeLessThan(60);
    world.reacts(() => 'take');
    await pass(world, 160);
    expect(world.shown.size).toBe(letters.length);
  });

  it('is thought to show anything after a call without an answer: less is a fall', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 6)]);
    await world.workAll();
    await world.record([availability('A', 2, 20)]);
    world.reacts(() => 'down-but-taken');
    await pass(world, 2);
    await world.record([availability('A', 3, 7)]);
    await world.record([availability('A', 4, 9)]);
    expect((await world.listing())?.offer?.due?.urgency).toBe('fall');
  });
});

describe('a worker that breaks off', () => {
  it('is followed by another within seconds, which takes nothing for certain', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    await world.workAll();
    const { commit } = world.ports;
    await world.record([availability('A', 2, 8)]);
    world.ports.commit = () => Promise.reject(new Error('the table is gone'));
    await expect(world.workAll()).rejects.toThrow('the table is gone');
    world.ports.commit = commit;
    expect(world.lane()).toMatchObject({ breaker: { failures: 1 }, lastError: { code: 'provider-unavailable' } });
    await pass(world, 3);
    expect(world.calls).toHaveLength(3);
    expect(world.calls[2]?.[0]).not.toHaveProperty('previous');
    expect((await world.listing())?.offer).toMatchObject({ published: 8 });
  });

  it('brings the next one even where it does not hear that it has left', async () => {
    const world = laneWorld();
    world.reacts(() => (world.calls.length < 2 ? 'limit' : 'take'));
    await world.record([availability('A', 1, 9)]);
    const leave = world.lanes.leave.bind(world.lanes);
    world.lanes.leave = async (...given) => (await leave(...given), 'lost');
    await world.workAll();
    expect(world.lane()?.wakeAt).toBe(plusSeconds(now, 2));
    expect(world.lanes.messages).toMatchObject([{ at: plusSeconds(now, 2) }]);
  });
});
