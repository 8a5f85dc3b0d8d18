import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Notice, noticeIdOf } from '../../../../shared/model/channels/notice.ts';
import { now } from '../../fixtures/now.ts';
import { market, noticeWorld, orderIdAt } from '../../fixtures/notice-world.ts';
import { retryNotice } from './settle-notice.ts';

type World = ReturnType<typeof noticeWorld>;

const pending = (number: number, more: Partial<Notice> = {}): Notice => ({
  noticeId: noticeIdOf(orderIdAt(number), 'acknowledged'),
  ...{ channelId: market, orderId: orderIdAt(number), externalId: `M-${number}`, kind: 'acknowledged', facts: {} },
  ...{ state: 'PENDING', happenedAt: now, dueAt: now, tries: 0, version: 1, updatedAt: now, events: [] },
  ...more,
});
const noticeOf = (world: World, number: number) =>
  world.notices().find(({ noticeId }) => noticeId === noticeIdOf(orderIdAt(number), 'acknowledged'));
const down = refuse('provider-unavailable', 'market answered 500. It is tried again.');
const daySeconds = 86_400;

/** Works the lane off every so many seconds. */
async function pass(world: World, seconds: number, every = 5): Promise<void> {
  for (let passed = 0; passed < seconds; passed += every) {
    await world.work();
    world.later(every);
  }
}

describe('a notice that the channel stumbles over', () => {
  const poisoned = () => {
    const world = noticeWorld();
    world.market.answer = ({ notice: { externalId } }) => (externalId === 'M-0' ? down : ok({}));
    world.store.given('notice', pending(0));
    return world;
  };

  it('keeps no other waiting, once the channel has taken one since', async () => {
    const world = poisoned();
    await pass(world, 600);
    world.store.given('notice', pending(1, { dueAt: world.clock.now() }));
    await pass(world, 125);
    expect(noticeOf(world, 1)).toMatchObject({ state: 'TOLD' });
    await pass(world, 2 * daySeconds, 300);
    for (let number = 2; number < 6; number += 1) {
      // Right after it has failed again, and often in a row.
      const dueAt = noticeOf(world, 0)?.dueAt ?? '';
      world.later((Date.parse(dueAt) - Date.parse(world.clock.now())) / 1000);
      await world.work();
      world.later(1);
      const before = world.clock.now();
      world.store.given('notice', pending(number, { dueAt: before }));
      await world.work();
      expect(noticeOf(world, number)).toMatchObject({ state: 'TOLD', toldAt: before });
      await pass(world, daySeconds, 600);
    }
    expect(noticeOf(world, 0)?.tries).toBeGreaterThan(10);
  });

  it('is the channel’s failure as long as nothing else got through to it', async () => {
    const world = noticeWorld();
    world.market.answer = () => down;
    world.store.given('notice', ...[0, 1, 2].map((number) => pending(number)));
    await pass(world, 3_600);
    expect(world.lane()?.breaker?.failures).toBeGreaterThan(5);
  });

  it.each(['channel', 'connector'])(
    'ends with a person after two weeks of tries, whoever fails: the %s',
    async (who) => {
      const world = noticeWorld();
      world.market.answer = () => (who === 'channel' ? down : Promise.reject(new RangeError('1.005 is no amount')));
      world.store.given('notice', pending(0));
      let days = 0;
      for (; days < 30 && noticeOf(world, 0)?.state === 'PENDING'; days += 0.25) {
        await world.work().catch(() => undefined);
        world.later(daySeconds / 4);
      }
      expect(days).toBeGreaterThanOrEqual(14);
      expect(days).toBeLessThan(15);
      expect(noticeOf(world, 0)).toMatchObject({
        state: 'REFUSED',
        reason: expect.stringMatching(/^It was tried for 14 days/) as unknown,
      });
    },
  );

  it('by which a connector breaks off is said so, and breaks no worker off once the channel is known to be well', async () => {
    const world = noticeWorld();
    world.market.answer = ({ notice: { externalId } }) =>
      externalId === 'M-0' ? Promise.reject(new RangeError('a secret')) : ok({});
    world.store.given('notice', pending(0));
    await expect(world.work()).rejects.toThrow('a secret');
    expect(noticeOf(world, 0)).toMatchObject({
      state: 'PENDING',
      tries: 1,
      reason: expect.stringMatching(/broke off/) as unknown,
    });
    world.later(5);
    world.store.given('notice', pending(1, { dueAt: world.clock.now() }));
    await world.work();
    expect(noticeOf(world, 1)).toMatchObject({ state: 'TOLD' });
    await pass(world, daySeconds, 600);
    expect(noticeOf(world, 0)?.tries).toBeGreaterThan(5);
    expect(world.lane()?.breaker).toBeUndefined();
  });
});

describe('what was long in coming', () => {
  it('is not given up at its first try: a channel may have been paused for weeks', async () => {
    const world = noticeWorld();
    const happenedAt = plusSeconds(now, -30 * daySeconds);
    world.store.given('notice', pending(0, { happenedAt }));
    world.market.answer = () => down;
    await world.step();
    expect(noticeOf(world, 0)).toMatchObject({ state: 'PENDING', tries: 1, untoldSince: now });
  });

  it('is tried for two weeks again where a person wants it', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(0, { untoldSince: plusSeconds(now, -15 * daySeconds), tries: 90 }));
    world.market.answer = () => down;
    await world.step();
    expect(noticeOf(world, 0)).toMatchObject({ state: 'REFUSED' });
    const { noticeId } = pending(0);
    await retryNotice(world.ports)({ channelId: market, noticeId, now, actor: 'ada' });
    await world.step();
    expect(noticeOf(world, 0)).toMatchObject({ state: 'PENDING', tries: 92, untoldSince: now });
  });
});

describe('a limit', () => {
  const limited = (facts: object) =>
    refuse('provider-unavailable', 'Full.', { facts: { limit: true, retryAfterSeconds: 120, ...facts } });

  it('of one operation holds up what needs it, and others for seconds at most', async () => {
    const world = noticeWorld();
    world.market.answer = ({ notice: { externalId } }) =>
      externalId === 'M-0' ? limited({ operation: 'createFeed' }) : ok({});
    world.store.given('notice', pending(0));
    await world.work();
    expect(noticeOf(world, 0)).toMatchObject({ state: 'PENDING', tries: 0, dueAt: plusSeconds(now, 120) });
    world.later(5);
    world.store.given('notice', pending(1, { dueAt: world.clock.now() }));
    await world.work();
    expect(noticeOf(world, 1)).toMatchObject({ state: 'TOLD' });
  });

  it('of the channel as a whole holds up all of it', async () => {
    const world = noticeWorld();
    world.market.answer = () => limited({ status: 429 });
    world.store.given('notice', pending(0));
    await world.work();
    world.later(60);
    world.store.given('notice', pending(1, { dueAt: world.clock.now() }));
    await world.work();
    expect(world.market.tries).toHaveLength(1);
    world.later(60);
    world.market.answer = () => ok({});
    await world.work();
    expect(world.notices().map(({ state }) => state)).toEqual(['TOLD', 'TOLD']);
  });
});

describe('an answer', () => {
  const hastening = (world: World) =>
    retryNotice(world.ports)({ channelId: market, noticeId: pending(0).noticeId, now, actor: 'ada' });

  it('is not lost where a person had it told at once while it was being told', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(0));
    world.market.answer = async () => {
      await hastening(world);
      return refuse('provider-unavailable', 'It works on it.', {
        facts: { reference: 'feed-1', retryAfterSeconds: 60 },
      });
    };
    await world.step();
    expect(noticeOf(world, 0)).toMatchObject({ state: 'PENDING', reference: 'feed-1' });
    world.later(60);
    world.market.answer = async () => {
      await hastening(world);
      return ok({});
    };
    await world.step();
    expect(noticeOf(world, 0)).toMatchObject({ state: 'TOLD', reference: 'feed-1' });
    expect(world.market.tries).toHaveLength(2);
  });

  it('of a worker that was thought dead does not undo what another has learned', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(0));
    world.market.answer = async () => {
      world.later(30);
      world.market.answer = () => ok({ reference: 'second' });
      await world.step();
      return down;
    };
    await world.step();
    expect(noticeOf(world, 0)).toMatchObject({ state: 'TOLD', reference: 'second' });
  });
});

it('a connector knows what the channel made of the order’s other notices', async () => {
  const world = noticeWorld();
  const told: Partial<Notice> = { state: 'TOLD', kind: 'shipped', reference: 'parcel-1 parcel-2' };
  world.store.given(
    'notice',
    pending(0, { noticeId: noticeIdOf(orderIdAt(0), 'shipped', 'f1'), ...told }),
    pending(0),
    pending(0, { noticeId: noticeIdOf(orderIdAt(0), 'ready', 'f2'), kind: 'ready', happenedAt: plusSeconds(now, 1) }),
  );
  world.market.answer = ({ kind }) => ok({ reference: kind });
  await world.step();
  expect(world.market.tries.map(({ notice: { others } }) => others)).toEqual([
    ['parcel-1', 'parcel-2'],
    expect.arrayContaining(['parcel-1', 'parcel-2', 'acknowledged']),
  ]);
});
