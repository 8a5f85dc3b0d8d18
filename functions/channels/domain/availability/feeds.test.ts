import { describe, expect, it } from 'vitest';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { laneWorld } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { type Acknowledgements, type Offer } from '../connector.ts';

/** A channel that takes feeds of three and more, and works through them when it is told to. */
function feedWorld() {
  const feeds: Offer[][] = [];
  let outcome: Result<'pending' | Acknowledgements> = ok('pending' as const);
  const world = laneWorld({
    availability: {
      batch: 2,
      feed: {
        from: 3,
        most: 100,
        submit: (_connection, offers) => Promise.resolve(ok({ feedId: `f${feeds.push([...offers])}` })),
        outcome: () => Promise.resolve(outcome),
      },
    },
  });
  return { ...world, feeds, finish: (how: typeof outcome = ok(new Map())) => void (outcome = how) };
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
    expect(world.feeds.length).toBeGreaterThan(1);
    expect(world.lane()).toMatchObject({ lastError: { detail: 'The file cannot be read.' } });
    world.finish();
    await world.settle(8);
    expect((await world.listing())?.offer).toMatchObject({ published: 50 });
  });

  it('whose worker dies after it was submitted is submitted again', async () => {
    const world = feedWorld();
    const keepFeeds = world.lanes.keepFeeds.bind(world.lanes);
    world.lanes.keepFeeds = () => Promise.reject(new Error('crash'));
    await world.record(all(1, 50));
    await expect(world.workAll()).rejects.toThrow('crash');
    world.lanes.keepFeeds = keepFeeds;
    world.finish();
    await world.settle(10);
    expect(world.feeds).toHaveLength(2);
    expect((await world.listing())?.offer).toMatchObject({ published: 50 });
  });
});
