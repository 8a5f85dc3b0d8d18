import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { driftWorld } from '../../fixtures/drift-world.ts';
import { shop } from '../../fixtures/lane-world.ts';
import { availability } from '../../fixtures/world.ts';
import { driftStep } from './drift-step.ts';
import { readDrift } from './read-drift.ts';

describe('comparing what a channel shows with what it was told', () => {
  it('goes over all of its listings, a call after the other, and finds that they are the same', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 0, C: 4, D: 7, E: 1 });
    const calls = world.calls.length;
    expect(await world.compared()).toMatchObject({
      state: 'DONE',
      compared: 5,
      drifted: 0,
      causes: {},
      differences: [],
    });
    expect(world.asked).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
    expect(world.calls).toHaveLength(calls);
    expect(world.measured).toEqual([0]);
    expect(world.lanes.lane(shop, 'drift')?.lease).toBeUndefined();
  });

  it('has what shows too much told again at once, compared with what is there', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 5, C: 4 });
    world.shown.set('B', 8);
    const calls = world.calls.length;
    const run = await world.compared();
    expect(run).toMatchObject({
      state: 'DONE',
      compared: 3,
      drifted: 1,
      repaired: 1,
      causes: { 'changed-at-channel': 1 },
    });
    expect(run.differences).toMatchObject([{ sku: 'B', cause: 'changed-at-channel', ours: 5, theirs: 8 }]);
    expect(world.shown.get('B')).toBe(5);
    expect(world.calls.slice(calls)).toMatchObject([[{ sku: 'B', quantity: 5, previous: 8 }]]);
    expect(world.lags.at(-1)).toMatchObject({ urgency: 'now' });
    expect(world.measured).toEqual([100 / 3]);
    expect(await world.compared()).toMatchObject({ number: 2, drifted: 0 });
  });

  it('waits with what shows less, as a sale there may be on its way; then it is told again', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.shown.set('A', 7);
    const { number } = await world.start();
    await world.workAll();
    const run = await readDrift(world.ports)({ channelId: shop, number });
    expect(run).toMatchObject({ value: { state: 'RUNNING', compared: 0, lookedAtAgain: 1, drifted: 0 } });
    const { looksAgainAt = '', startedAt = '' } = run.ok ? run.value : {};
    expect(looksAgainAt >= plusSeconds(startedAt, 60) && looksAgainAt <= plusSeconds(world.clock.now(), 60)).toBe(true);
    await world.settle(5);
    expect(await readDrift(world.ports)({ channelId: shop, number })).toMatchObject({
      value: { state: 'DONE', compared: 1, lookedAtAgain: 0, causes: { 'changed-at-channel': 1 } },
    });
    expect(await readDrift(world.ports)({ channelId: shop, number })).not.toHaveProperty('value.looksAgainAt');
    expect(world.shown.get('A')).toBe(9);
  });

  it('takes it for a sale there when what can be sold falls meanwhile', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.shown.set('A', 7);
    const { number } = await world.start();
    await world.workAll();
    await world.record([availability('A', 2, 7)]);
    await world.settle(5);
    const run = await readDrift(world.ports)({ channelId: shop, number });
    expect(run).toMatchObject({ value: { compared: 1, drifted: 0, repaired: 0, causes: { 'sold-there': 1 } } });
    expect(world.shown.get('A')).toBe(7);
  });

  it('knows what was never told, what is not known there, and what the channel refused', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 5 });
    world.reacts(({ sku }) => (sku === 'C' ? 'refuse' : 'take'));
    await world.told({ C: 3 });
    world.store.given('listing', { channelId: shop, sku: 'NEW', version: 1 });
    world.shown.delete('A');
    world.shown.set('C', 1);
    const run = await world.compared();
    expect(run).toMatchObject({ compared: 3, drifted: 2, repaired: 1, causes: { 'unknown-there': 1, refused: 1 } });
    expect(run.differences.map(({ sku, cause }) => [sku, cause])).toEqual([
      ['A', 'unknown-there'],
      ['C', 'refused'],
    ]);
    expect(run.differences[0]).not.toHaveProperty('theirs');
    expect(world.shown.get('A')).toBe(9);
    expect((await world.listing('C'))?.offer?.refused).toBeDefined();
  });

  it('tells a call that was lost, and one that is still to be made', async () => {
    const world = driftWorld();
    await world.told({ A: 9, B: 9 });
    world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
    await world.record([availability('A', 2, 20)]);
    await world.workAll();
    world.advance(1);
    await world.workAll();
    world.shown.set('B', 6);
    world.whileAsked(async () => {
      await world.record([availability('B', 2, 30)]);
      world.lanes.messages.length = 0;
    });
    const { number } = await world.start();
    await driftStep({
      ...{
        ports: world.ports,
        clock: world.clock,
        probing: false,
        beginning: true,
        connector: world.ports.connectorOf('webhook'),
      },
      ...{ channel: (await world.ports.channel(shop)) ?? fail(), connection: fail },
    });
    const run = await readDrift(world.ports)({ channelId: shop, number });
    expect(run).toMatchObject({ value: { drifted: 1, repaired: 0, causes: { 'call-lost': 1, 'not-told-yet': 1 } } });
  });

  it('never puts back what was read: only what should be shown by then is told', async () => {
    const world = driftWorld();
    await world.told({ A: 9 });
    world.shown.set('A', 12);
    // A sale comes between the reading and the comparison, and is told.
    world.whileAsked(async () => {
      world.whileAsked(() => Promise.resolve());
      await world.record([availability('A', 2, 3)]);
      const at = world.lanes.messages.findIndex(({ lane }) => lane === 'stock');
      await world.work(world.lanes.messages.splice(at, 1)[0]?.id ?? '');
    });
    const calls = world.calls.length;
    expect(await world.compared()).toMatchObject({ drifted: 0, repaired: 0, causes: { 'not-told-yet': 1 } });
    expect(
      world.calls
        .slice(calls)
        .flat()
        .map(({ quantity }) => quantity),
    ).toEqual([3]);
    expect(world.shown.get('A')).toBe(3);
  });

  it('sees that the parts of a total lie elsewhere', async () => {
    const world = driftWorld({
      channel: { stockByLocation: true, locations: { l1: 'boston', l2: 'austin' } },
      availability: { byLocation: true },
    });
    world.ports.positionsOf = () =>
      Promise.resolve([
        { location: 'boston', pool: 'online', sku: 'A', atf: 6 } as never,
        { location: 'austin', pool: 'online', sku: 'A', atf: 3 } as never,
      ]);
    await world.told({ A: 9 });
    world.lies(() => ({ l1: 4, l2: 5 }));
    const calls = world.calls.length;
    expect(await world.compared()).toMatchObject({ drifted: 1, repaired: 1, causes: { 'locations-differ': 1 } });
    expect(world.calls.slice(calls)).toMatchObject([
      [{ quantity: 9, locations: { l1: 6, l2: 3 }, previousLocations: { l1: 4, l2: 5 } }],
    ]);
  });
});

function fail(): never {
  throw new Error('not needed here');
}
