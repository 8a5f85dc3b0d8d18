import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { type Offer } from '../availability-connector.ts';
import { laneSteps } from './lane-steps.ts';
import { runLane } from './run-lane.ts';

const other = 'other-shop';
type World = ReturnType<typeof laneWorld>;

const offerOf = async (world: World, sku: string) => (await world.listing(sku))?.offer;
const quantities = (calls: readonly (readonly Offer[])[]) =>
  calls.map((offers) => offers.map(({ sku, quantity }) => `${sku}=${quantity}`).toSorted());

describe('a worker that dies in the middle of a batch', () => {
  /** It is stopped after the channel's answer, when some of it is recorded: nothing that it does after that comes about. */
  const dying = async (world: World, commits: number) => {
    let left = commits;
    const at = world.lanes.messages.findIndex(({ channelId }) => channelId === shop);
    const [message] = world.lanes.messages.splice(at, 1);
    const stopped = () => Promise.reject(new Error('the function ran out of time'));
    const ports: World['ports'] = {
      ...world.ports,
      lanes: { ...world.lanes, leave: stopped, send: stopped },
      commit: (...given) => {
        left -= 1;
        return left < 0 ? stopped() : world.ports.commit(...given);
      },
    };
    const run = { channelId: shop, lane: 'stock' as const, by: message?.id ?? '', isOut: () => false };
    const died = runLane(ports, world.clock, laneSteps)({ ...run, pause: () => Promise.resolve(), chance: () => 0.5 });
    await expect(died).rejects.toThrow('ran out of time');
  };

  it.each([0, 1, 2])(
    'does not hold up others, and is followed within two minutes; %i answers were recorded',
    async (commits) => {
      const world = laneWorld({ others: [other] });
      const skus = ['A', 'B', 'C'];
      await world.record(skus.map((sku) => availability(sku, 1, 9)));
      await dying(world, commits);
      expect(world.lane()?.lease).toBeDefined();
      await world.workAll();
      expect(Object.fromEntries(world.shownBy(other))).toEqual({ A: 9, B: 9, C: 9 });
      const before = world.calls.length;
      await world.settle(3);
      const told = world.calls.slice(before).flat();
      expect(told).toHaveLength(skus.length - commits);
      for (const offer of told) expect(offer).not.toHaveProperty('previous');
      for (const sku of skus) expect(await offerOf(world, sku)).toMatchObject({ published: 9, wanted: 9 });
      expect(world.lane()?.lease).toBeUndefined();
    },
  );

  it('is followed by one who tells first what came meanwhile', async () => {
    const world = laneWorld({ availability: { batch: 2 } });
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 1, 9)));
    await dying(world, 1);
    await world.record([availability('D', 1, 0)]);
    const before = world.calls.length;
    await world.settle(3);
    expect(world.calls[before]?.map(({ sku }) => sku)).toContain('D');
    expect(Object.fromEntries(world.shown)).toEqual({ A: 9, B: 9, C: 9, D: 0 });
    for (const offer of world.calls.slice(before).flat()) expect(offer).not.toHaveProperty('previous');
  });
});

describe('a worker whose lease is over, and who does not know it', () => {
  it('cannot leave an old quantity behind: what it said is told anew', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    let isFirst = true;
    world.during(async () => {
      if (!isFirst) return;
      isFirst = false;
      // Its call hangs for longer than its lease; another worker tells what came since.
      world.advance(71);
      await world.record([availability('A', 2, 4)]);
      await world.workAll();
      expect(world.shown.get('A')).toBe(4);
    });
    const [message] = world.lanes.messages.splice(0, 1);
    await world.work(message?.id ?? '');
    await world.settle(2);
    expect(quantities(world.calls)).toEqual([['A=9'], ['A=4'], ['A=4']]);
    expect(world.shown.get('A')).toBe(4);
    expect(await offerOf(world, 'A')).toMatchObject({ published: 4, wanted: 4 });
    expect(world.lane()?.lease).toBeUndefined();
  });

  it('does not take the lane from who has it, nor its message', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    const [message] = world.lanes.messages.splice(0, 1);
    let isFirst = true;
    world.during(async () => {
      if (!isFirst) return;
      isFirst = false;
      world.advance(71);
      const { lanes, clock } = world;
      const until = new Date(Date.parse(clock.now()) + 70_000).toISOString();
      await lanes.take({ channelId: shop, lane: 'stock' }, { by: 'its heir', now: clock.now(), until });
    });
    await world.work(message?.id ?? '');
    expect(world.lane()?.lease).toMatchObject({ by: 'its heir' });
  });
});

describe('the lease of a lane', () => {
  it('is held on to by a worker whose call takes long, and by nobody who is gone', async () => {
    const world = laneWorld();
    await world.record([availability('A', 1, 9)]);
    const [message] = world.lanes.messages.splice(0, 1);
    let renew: () => Promise<unknown> = () => Promise.resolve();
    world.during(async () => {
      for (let seconds = 0; seconds < 50; seconds += 5) {
        world.advance(5);
        await renew();
      }
      await world.work('a second one');
      expect(world.calls, 'nobody else calls meanwhile').toHaveLength(1);
    });
    await world.work(message?.id ?? '', 50, 'stock', shop, (what) => {
      renew = what;
      return () => void (renew = () => Promise.reject(new Error('it was to end with the run')));
    });
    expect(world.lane()?.lease).toBeUndefined();
    await expect(renew()).rejects.toThrow('end with the run');
    expect(world.shown.get('A')).toBe(9);
  });

  it('is over soon after its worker was killed: the next change brings another at once', async () => {
    const world = laneWorld();
    const { clock, lanes } = world;
    const id = { channelId: shop, lane: 'stock' as const };
    await world.record([availability('A', 1, 9)]);
    lanes.messages.length = 0;
    const until = new Date(Date.parse(clock.now()) + 20_000).toISOString();
    await lanes.take(id, { by: 'who is killed', now: clock.now(), until });
    world.advance(21);
    await world.record([availability('B', 1, 0)]);
    await world.workAll();
    expect(Object.fromEntries(world.shown)).toEqual({ A: 9, B: 0 });
    expect(await lanes.renew(id, { by: 'who is killed', until })).toBe(false);
  });
});

describe('workers who break off each time, and whose messages the queue brings again', () => {
  it('do not grow in number', async () => {
    const world = laneWorld();
    const { lanes, clock } = world;
    await world.record([availability('A', 1, 9)]);
    world.ports.commit = () => Promise.reject(new Error('the table is gone'));
    const tries = new Map<string, number>();
    const come = async (message: (typeof lanes.messages)[number]) => {
      const times = (tries.get(message.id) ?? 0) + 1;
      tries.set(message.id, times);
      // The queue's visibility, and after ten takings its dead letters.
      const again = { ...message, at: plusSeconds(clock.now(), 360) };
      await world.work(`${message.id} ${times}`).catch(() => times < 10 && lanes.messages.push(again));
    };
    const hours = [0, 0, 0];
    for (let second = 0; second < hours.length * 3_600; second += 1) {
      for (const message of lanes.messages.filter(({ at = '' }) => at <= clock.now())) {
        lanes.messages.splice(lanes.messages.indexOf(message), 1);
        hours[Math.floor(second / 3_600)] = (hours[Math.floor(second / 3_600)] ?? 0) + 1;
        await come(message);
      }
      world.advance(1);
      if (second % 60 === 0) await world.sweep();
    }
    for (const workers of hours.slice(1)) expect(workers).toBeLessThan(70);
    expect(lanes.messages.length).toBeLessThan(10);
  });
});
