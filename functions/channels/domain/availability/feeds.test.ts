import { describe, expect, it } from 'vitest';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { laneWorld } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { type Acknowledgements, type Offer } from '../availability-connector.ts';

/** A channel that takes feeds of three and more, and works through them when it is told to. */
function feedWorld() {
  const feeds: Offer[][] = [];
  let submissions = 0;
  let refusal: Result<never> | undefined;
  let outcome: Result<'pending' | Acknowledgements> = ok('pending' as const);
  const world = laneWorld({
    availability: {
      batch: 2,
      feed: {
        from: 3,
        most: 100,
        submit: (_connection, offers) => {
          submissions += 1;
          return Promise.resolve(refusal ?? ok({ feedId: `f${feeds.push([...offers])}` }));
        },
        outcome: () => Promise.resolve(outcome),
      },
    },
  });
  return {
    ...world,
    feeds,
    submissions: () => submissions,
    refuseFeeds: (how: typeof refusal) => void (refusal = how),
    finish: (how: typeof outcome = ok(new Map())) => void (outcome = how),
  };
}

const skus = ['A', 'B', 'C', 'D'];
const all = (version: number, ats: number) => skus.map((sku) => availability(sku, version, ats));

describe('a feed', () => {
  it('carries what is not urgent, where enough has gathered, and is asked for until it is done', async () => {
    const world = feedWorld();
    await world.record(all(1, 50));
    await world.workAll();
    expect(world.feeds.map((offers) => offers.length)).toEqual([4]);
    expect(world.calls).toEqual([]);
    expect((await world.listing())?.offer).toMatchObject({ feed: { feedId: 'f1', quantity: 50 } });
    expect((await world.listing())?.offer?.due).toBeUndefined();
    expect(world.lane()).toMatchObject({ feeds: [{ feedId: 'f1' }] });
    await world.settle(2);
    expect((await world.listing())?.offer?.published).toBeUndefined();
    world.finish(ok(new Map([['B', refuse('invalid-request', 'It is no listing of yours.')]])));
    await world.settle(6);
    expect((await world.listing('A'))?.offer).toMatchObject({ published: 50 });
    expect((await world.listing('A'))?.offer?.feed).toBeUndefined();
    expect((await world.listing('B'))?.offer).toMatchObject({ refused: { detail: 'It is no listing of yours.' } });
    expect(world.lane()?.feeds).toEqual([]);
    expect(world.feeds).toHaveLength(1);
  });

  it('does not hold up what is urgent, which is told at once and again when the feed is done', async () => {
    const world = feedWorld();
    await world.record(all(1, 50));
    await world.workAll();
    await world.record([availability('A', 2, 0)]);
    await world.workAll();
    expect(world.calls).toMatchObject([[{ sku: 'A', quantity: 0 }]]);
    expect(world.calls[0]?.[0]).not.toHaveProperty('previous');
    world.finish();
    await world.settle(6);
    expect(world.calls).toMatchObject([[{ quantity: 0 }], [{ quantity: 0 }]]);
    expect((await world.listing())?.offer).toMatchObject({ published: 0 });
    expect((await world.listing())?.offer?.due).toBeUndefined();
  });

  it('that the channel gives up is told again', async () => {
    const world = feedWorld();
    await world.record(all(1, 50));
    await world.workAll();
    world.finish(refuse('invalid-request', 'The file cannot be read.'));
    await world.settle(3);
    const again = world.calls.flat().concat(...world.feeds.slice(1));
    expect(new Set(again.map(({ sku }) => sku))).toEqual(new Set(skus));
    expect(world.lane()).toMatchObject({ lastError: { detail: 'The file cannot be read.' } });
    world.finish();
    await world.settle(8);
    expect((await world.listing())?.offer).toMatchObject({ published: 50 });
  });

  it('keeps what is not urgent of what it carries waiting for its end, so that nothing older comes after something newer', async () => {
    const world = feedWorld();
    await world.record(all(1, 50));
    await world.workAll();
    await world.record(all(2, 40));
    await world.workAll();
    expect(world.feeds).toHaveLength(1);
    expect(world.calls).toEqual([]);
    world.finish();
    await world.settle(8);
    const told = world.calls.flat().concat(...world.feeds.slice(1));
    expect(told.map(({ quantity }) => quantity)).toEqual([40, 40, 40, 40]);
    expect((await world.listing())?.offer).toMatchObject({ published: 40 });
  });

  it('of which there is no room now, or whose outcome cannot be asked for, keeps nothing else waiting', async () => {
    const limit = refuse('provider-unavailable', 'Ten an hour.', { facts: { limit: true, retryAfterSeconds: 360 } });
    const world = feedWorld();
    world.refuseFeeds(limit);
    await world.record(all(1, 50));
    await world.workAll();
    expect(world.calls.flat()).toHaveLength(4);
    expect(world.submissions()).toBe(1);
    world.refuseFeeds(undefined);
    world.advance(400);
    await world.record(all(2, 40));
    await world.settle(1);
    expect(world.feeds).toHaveLength(1);
    world.finish(limit);
    await world.record([availability('A', 3, 0)]);
    await world.workAll();
    expect(world.calls.at(-1)).toMatchObject([{ sku: 'A', quantity: 0 }]);
    world.finish();
    await world.settle(20);
    expect((await world.listing())?.offer).toMatchObject({ published: 0 });
    expect((await world.listing('B'))?.offer).toMatchObject({ published: 40 });
    expect(world.lane()?.feeds).toEqual([]);
  });

  it('goes out although something urgent is due at every look', async () => {
    const world = feedWorld();
    await world.record(all(1, 50));
    let version = 1;
    world.during(async () => {
      if (version < 30) await world.record([availability('U', (version += 1), version % 2)]);
    });
    await world.record([availability('U', 1, 1)]);
    await world.workAll();
    expect(world.feeds).toMatchObject([[{ quantity: 50 }, {}, {}, {}]]);
    expect(world.calls[0]).toMatchObject([{ sku: 'U' }]);
  });

  it.each(['after it was submitted', 'before it was marked', 'while what it carries was marked'])(
    'whose worker dies %s does not undo what is told after it',
    async (when) => {
      const world = feedWorld();
      const { commit } = world.ports;
      const keepFeeds = world.lanes.keepFeeds.bind(world.lanes);
      let crashed = false;
      const crash = () => ((crashed = true), Promise.reject(new Error('crash')));
      world.lanes.keepFeeds = (...given) =>
        !crashed && when === 'after it was submitted' && world.feeds.length > 0 ? crash() : keepFeeds(...given);
      let marked = 0;
      world.ports.commit = (...given) => {
        const isMark = JSON.stringify(given[0]).includes('"feedId"');
        if (!crashed && isMark && (when === 'before it was marked' || (when.startsWith('while') && (marked += 1) > 2)))
          return crash();
        return commit(...given);
      };
      await world.record(all(1, 50));
      await expect(world.workAll()).rejects.toThrow('crash');
      world.advance(80);
      await world.sweep();
      await world.workAll();
      await world.record(['A', 'D'].map((sku) => availability(sku, 2, 0)));
      await world.workAll();
      expect(world.shown.get('D')).toBe(0);
      for (const { sku, quantity } of world.feeds[0] ?? []) world.shown.set(sku, quantity);
      world.finish();
      world.advance(3_600);
      await world.settle(6);
      expect([world.shown.get('A'), world.shown.get('D')]).toEqual([0, 0]);
      expect(world.lane()?.feeds).toEqual([]);
    },
  );
});
