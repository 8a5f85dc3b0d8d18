import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability } from '../../fixtures/world.ts';

const at = (message: ReturnType<typeof availability>, seconds: number) => ({
  ...message,
  time: plusSeconds(now, seconds),
});
/** A channel that shows 10 of A. */
async function told(over: Parameters<typeof laneWorld>[0] = {}) {
  const world = laneWorld(over);
  await world.record([availability('A', 1, 10)]);
  await world.workAll();
  return world;
}

describe('what a channel must be told', () => {
  it('is the newest of a batch, since the oldest of it', async () => {
    const world = await told();
    await world.record([
      at(availability('A', 4, 7), -1),
      at(availability('A', 2, 9), -3),
      at(availability('A', 3, 8), -2),
    ]);
    expect((await world.listing())?.offer).toMatchObject({
      wanted: 7,
      wantedVersion: 4,
      wantedAt: plusSeconds(now, -1),
      due: { urgency: 'fall', since: plusSeconds(now, -3) },
    });
  });

  it('is not changed by an older version or a repeat, which are not written', async () => {
    const world = await told();
    await world.record([availability('A', 3, 8)]);
    const before = await world.listing();
    await world.record([availability('A', 2, 1), availability('A', 3, 8)]);
    expect(await world.listing()).toEqual(before);
  });

  it.each([
    [0, 'now'],
    [4, 'now'],
    [5, 'fall'],
    [12, 'rise'],
  ])('%i in the place of 10 is urgent as %s', async (ats, urgency) => {
    const world = await told();
    await world.record([availability('A', 2, ats)]);
    const due = (await world.listing())?.offer?.due;
    expect(due).toMatchObject({
      urgency,
      at: urgency === 'rise' ? plusSeconds(world.clock.now(), 1) : world.clock.now(),
    });
  });

  it('is urgent by the channel’s own threshold', async () => {
    const world = await told({ channel: { lowStock: 10 } });
    await world.record([availability('A', 2, 9)]);
    expect((await world.listing())?.offer?.due?.urgency).toBe('now');
  });

  it('waits a moment when it rises, never longer for more, and not for a fall', async () => {
    const world = await told();
    await world.record([availability('A', 2, 12)]);
    const first = (await world.listing())?.offer?.due?.at;
    world.advance(0.5);
    await world.record([availability('A', 3, 13)]);
    expect((await world.listing())?.offer?.due?.at).toBe(first);
    await world.record([availability('A', 4, 6)]);
    expect((await world.listing())?.offer?.due).toMatchObject({ urgency: 'fall', at: world.clock.now(), since: now });
  });

  it('is nothing where the channel shows it already', async () => {
    const world = await told();
    await world.record([availability('A', 2, 8)]);
    await world.record([availability('A', 3, 10)]);
    expect((await world.listing())?.offer).toMatchObject({ wanted: 10, wantedVersion: 3 });
    expect((await world.listing())?.offer?.due).toBeUndefined();
    expect(await world.workAll()).toBeLessThan(3);
    expect(world.calls).toHaveLength(1);
  });

  it('is nothing for a day of what the channel does not know, whatever its quantity; what it refuses otherwise is due with the next', async () => {
    const world = await told();
    const refuses = async (code: string) => {
      const listing = await world.listing();
      if (listing?.offer === undefined) throw new Error('nothing was recorded');
      const { due: _due, ...offer } = listing.offer;
      const refused = { at: now, code, detail: 'No.' };
      world.store.given('listing', { ...listing, offer: { ...offer, refused } });
    };
    await refuses('not-found');
    await world.record([availability('A', 2, 8)]);
    expect((await world.listing())?.offer).toMatchObject({ wanted: 8, refused: { code: 'not-found' } });
    expect((await world.listing())?.offer).not.toHaveProperty('due');
    world.advance(86_400);
    await world.record([availability('A', 3, 7)]);
    expect((await world.listing())?.offer).toMatchObject({ wanted: 7, due: { urgency: 'fall' } });
    expect((await world.listing())?.offer).not.toHaveProperty('refused');
    await refuses('invalid-request');
    await world.record([availability('A', 4, 6)]);
    expect((await world.listing())?.offer?.due).toBeDefined();
  });

  it('follows the channel’s buffer, terms and ring-fence, and is nothing for another pool', async () => {
    const world = laneWorld({ channel: { buffer: 3 } });
    const rule = { buffer: 0, sharePercent: 50, rules: ['half'] };
    const message = availability('B', 1, 9);
    await world.record([availability('A', 1, 10), { ...message, data: { ...message.data, terms: { [shop]: rule } } }]);
    await world.record([availability('C', 1, 10, 'elsewhere')]);
    expect((await world.listing('A'))?.offer?.wanted).toBe(7);
    expect((await world.listing('B'))?.offer?.wanted).toBe(4);
    expect(await world.listing('C')).toBeUndefined();
  });

  it('wakes the lane once for a batch', async () => {
    const world = laneWorld();
    await world.record(['A', 'B', 'C'].map((sku) => availability(sku, 1, 5)));
    expect(world.lane()).toMatchObject({ asked: 1 });
    expect(world.lanes.messages).toHaveLength(1);
  });

  it('is nothing while the channel is paused; a channel that is not active is told so once', async () => {
    const paused = laneWorld({ channel: { paused: true } });
    await paused.record([availability('A', 1, 5)]);
    expect(await paused.listing()).toBeUndefined();
    const closed = laneWorld({ channel: { active: false } });
    await closed.record([availability('A', 1, 5)]);
    expect(await closed.listing()).toBeUndefined();
  });

  it('of a write that fails comes again, the others are recorded', async () => {
    const world = laneWorld();
    const broken = {
      ...world.ports,
      commit: (...[changes]: Parameters<typeof world.ports.commit>) =>
        JSON.stringify(changes).includes('"sku":"B"')
          ? Promise.reject(new Error('the table is gone'))
          : world.ports.commit(changes),
    };
    const { recordOffers } = await import('./record-offers.ts');
    const failures = await recordOffers(broken, world.clock)([availability('A', 1, 5), availability('B', 1, 5)]);
    expect(failures).toMatchObject([{ eventIds: ['B:online:1'], sku: 'B' }]);
    expect((await world.listing('A'))?.offer?.due).toBeDefined();
  });
});
