import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Notice, noticeIdOf } from '../../../../shared/model/channels/notice.ts';
import { now } from '../../fixtures/now.ts';
import { market, noticeWorld, orderIdAt } from '../../fixtures/notice-world.ts';
import { dismissNotice, retryNotice } from './settle-notice.ts';

type World = ReturnType<typeof noticeWorld>;

const minutesAgo = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const facts = {
  fulfillmentOrderId: 'f',
  location: 'boston',
  carrier: 'UPS',
  trackingNumber: '1Z',
  shippedAt: now,
  lines: [],
};
const pending = (number: number, kind: 'acknowledged' | 'shipped', more: Partial<Notice> = {}): Notice => ({
  noticeId: noticeIdOf(orderIdAt(number), kind),
  ...{ channelId: market, orderId: orderIdAt(number), externalId: `M-${number}`, kind },
  facts: kind === 'shipped' ? facts : {},
  ...{ state: 'PENDING', happenedAt: minutesAgo(kind === 'shipped' ? 5 : 9), dueAt: now, tries: 0 },
  ...{ version: 1, updatedAt: now, events: [] },
  ...more,
});
const down = refuse('provider-unavailable', 'market answered 503. It is tried again.');
const told = ({ market: { tries } }: World) => tries.map(({ kind, notice }) => `${notice.externalId} ${kind}`);
const notice = (world: World, number: number, kind: 'acknowledged' | 'shipped') =>
  world.notices().find(({ noticeId }) => noticeId === noticeIdOf(orderIdAt(number), kind));

describe('what is due', () => {
  it('is told, in the order in which it happened to each order, and then known', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'shipped'), pending(1, 'acknowledged'), pending(2, 'acknowledged'));
    expect(await world.step()).toEqual({ answered: 3 });
    expect(told(world).toSorted()).toEqual(['M-1 acknowledged', 'M-1 shipped', 'M-2 acknowledged']);
    expect(told(world).indexOf('M-1 acknowledged')).toBeLessThan(told(world).indexOf('M-1 shipped'));
    expect(notice(world, 1, 'shipped')).toMatchObject({
      state: 'TOLD',
      toldAt: now,
      events: [{ type: 'ChannelNoticeTold.v1', data: { orderId: orderIdAt(1), kind: 'shipped' } }],
    });
    expect(await world.step()).toEqual({ answered: 0 });
  });

  it('is told a handful of orders at a time, or one where the channel failed lately', async () => {
    const world = noticeWorld();
    world.store.given('notice', ...Array.from({ length: 7 }, (_, index) => pending(index, 'acknowledged')));
    expect(await world.step(true)).toEqual({ answered: 1, next: now });
    expect(await world.step()).toEqual({ answered: 5, next: now });
    expect(await world.step()).toEqual({ answered: 1 });
  });

  it('is told with how often it was tried, counted before the call', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'acknowledged'));
    world.market.answer = () => Promise.reject(new Error('crash'));
    await expect(world.step()).rejects.toThrow('crash');
    world.market.answer = () => ok({});
    expect(await world.step()).toEqual({ answered: 0, next: minutesAgo(-0.5) });
    world.later(30);
    await world.step();
    expect(world.market.tries.map(({ notice: { tries } }) => tries)).toEqual([0, 1]);
  });

  it('is not lost and not told without end, wherever the process dies', async () => {
    for (const commits of [0, 1, 2, 3, 4]) {
      const world = noticeWorld();
      world.store.given('notice', pending(1, 'acknowledged'), pending(1, 'shipped'));
      world.crashAfter(commits);
      await world.step().catch(() => undefined);
      world.crashAfter();
      world.later(60);
      while ((await world.step()).answered > 0);
      expect(world.notices().map(({ state }) => state)).toEqual(['TOLD', 'TOLD']);
      expect(told(world).length).toBeLessThanOrEqual(3);
      const repeats = world.market.tries.filter(({ notice: { tries } }) => tries > 0);
      expect(repeats.length).toBe(told(world).length - new Set(told(world)).size);
    }
  });
});

describe('what cannot be told now', () => {
  it('is told later and later, and holds up the rest of its order alone', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'acknowledged'), pending(1, 'shipped'), pending(2, 'shipped'));
    world.market.answer = ({ notice: { externalId } }) => (externalId === 'M-1' ? down : ok({}));
    const due = () => [notice(world, 1, 'acknowledged')?.dueAt, notice(world, 1, 'shipped')?.dueAt];
    expect(await world.step()).toEqual({ answered: 1, next: minutesAgo(-0.5) });
    expect(due()).toEqual([minutesAgo(-0.5), minutesAgo(-0.5)]);
    world.later(30);
    expect(await world.step()).toEqual({ answered: 0, next: minutesAgo(-1.5), failure: down.refusal });
    expect(due()).toEqual([minutesAgo(-1.5), minutesAgo(-1.5)]);
    expect(notice(world, 1, 'acknowledged')).toMatchObject({ state: 'PENDING', tries: 2, reason: down.refusal.detail });
    world.market.answer = () => ok({});
    world.later(60);
    expect(await world.step()).toEqual({ answered: 2 });
    expect(told(world).slice(-2)).toEqual(['M-1 acknowledged', 'M-1 shipped']);
    expect(notice(world, 1, 'acknowledged')?.reason).toBeUndefined();
  });

  it('for a limit, is no failed try, and told when there is room', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'acknowledged'), pending(2, 'acknowledged'));
    const full = refuse('provider-unavailable', 'The limit is used up.', {
      facts: { limit: true, retryAfterSeconds: 90 },
    });
    world.market.answer = ({ notice: { externalId } }) => (externalId === 'M-1' ? full : ok({}));
    expect(await world.step()).toEqual({ answered: 1, next: minutesAgo(-1.5), failure: full.refusal });
    expect(notice(world, 1, 'acknowledged')).toMatchObject({ tries: 0, dueAt: minutesAgo(-1.5) });
  });

  it('for a limit, is never given up', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'acknowledged', { happenedAt: minutesAgo(15 * 24 * 60) }));
    world.market.answer = () => refuse('provider-unavailable', 'Full.', { facts: { limit: true } });
    await world.step();
    expect(notice(world, 1, 'acknowledged')).toMatchObject({ state: 'PENDING', tries: 0 });
  });

  it('as the channel works on it, is asked for by what the channel calls it: no failure, and no failed try', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'acknowledged'), pending(1, 'shipped'));
    const works = refuse('provider-unavailable', 'It works on it.', {
      facts: { reference: 'feed-1', retryAfterSeconds: 60 },
    });
    world.market.answer = () => works;
    for (let time = 0; time < 5; time += 1, world.later(60)) {
      expect(await world.step()).toEqual({ answered: 0, next: minutesAgo(-1 - time) });
      expect(notice(world, 1, 'acknowledged')).toMatchObject({ state: 'PENDING', tries: 0, reference: 'feed-1' });
    }
    expect(world.market.tries.map(({ notice: told }) => told.reference)).toEqual([
      undefined,
      ...Array.from({ length: 4 }, () => 'feed-1'),
    ]);
    world.market.answer = () => down;
    await world.step();
    expect(notice(world, 1, 'acknowledged')).toMatchObject({ tries: 1, reference: 'feed-1' });
    world.market.answer = () => ok({});
    world.later(60);
    expect(await world.step()).toEqual({ answered: 2 });
    expect(notice(world, 1, 'acknowledged')).toMatchObject({ state: 'TOLD', reference: 'feed-1' });
  });

  it('that the channel worked on and refused is told anew on request', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'shipped', { reference: 'feed-1' }));
    world.market.answer = () => refuse('state-conflict', 'The feed was rejected.');
    await world.step();
    await retryNotice(world.ports)({
      channelId: market,
      noticeId: noticeIdOf(orderIdAt(1), 'shipped'),
      now,
      actor: 'ada',
    });
    await world.step();
    expect(world.market.tries.map(({ notice: told }) => told.reference)).toEqual(['feed-1', undefined]);
  });

  it('for two weeks, needs a person', async () => {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'acknowledged'));
    world.market.answer = () => down;
    let steps = 0;
    for (; steps < 200 && notice(world, 1, 'acknowledged')?.state === 'PENDING'; steps += 1) {
      world.later((Date.parse(notice(world, 1, 'acknowledged')?.dueAt ?? now) - Date.parse(world.clock.now())) / 1000);
      await world.step();
    }
    expect(steps).toBeGreaterThan(80);
    expect(notice(world, 1, 'acknowledged')).toMatchObject({
      state: 'REFUSED',
      reason: expect.stringMatching(/^It was tried for 14 days/) as string,
    });
  });
});

describe('what the channel refuses', () => {
  const no = refuse('state-conflict', 'The order is closed at the channel.');
  const call = { channelId: market, noticeId: noticeIdOf(orderIdAt(1), 'shipped'), now, actor: 'ada' };
  async function refusedWorld() {
    const world = noticeWorld();
    world.store.given('notice', pending(1, 'shipped'), pending(1, 'acknowledged'));
    world.market.answer = ({ kind }) => (kind === 'shipped' ? no : ok({}));
    expect(await world.step()).toEqual({ answered: 2 });
    return world;
  }

  it('is kept with its words, and said once', async () => {
    const world = await refusedWorld();
    expect(notice(world, 1, 'shipped')).toMatchObject({
      state: 'REFUSED',
      reason: no.refusal.detail,
      events: [{ type: 'ChannelNoticeRefused.v1', data: { kind: 'shipped', reason: no.refusal.detail } }],
    });
    expect(await world.step()).toEqual({ answered: 0 });
  });

  it('is told again on request, once for each request', async () => {
    const world = await refusedWorld();
    world.market.answer = () => ok({ reference: 'parcel-9' });
    expect(await retryNotice(world.ports)(call)).toMatchObject({ ok: true, value: { state: 'PENDING' } });
    expect(world.wakes).toEqual([`${market} orders`]);
    await world.step();
    expect(notice(world, 1, 'shipped')).toMatchObject({ state: 'TOLD', reference: 'parcel-9' });
    expect(await retryNotice(world.ports)(call)).toMatchObject({
      refusal: {
        code: 'state-conflict',
        detail: expect.stringContaining('TOLD, and cannot be told again. That is final.') as unknown,
        facts: { allowed: [] },
      },
    });
  });

  it('is left when a person says so', async () => {
    const world = await refusedWorld();
    expect(await dismissNotice(world.ports)({ ...call, reason: 'entered by hand' })).toMatchObject({
      value: { state: 'DISMISSED', dismissed: { by: 'ada', at: now, reason: 'entered by hand' } },
    });
    expect(notice(world, 1, 'shipped')?.events).toMatchObject([{ type: 'ChannelNoticeDismissed.v1' }]);
    expect(await retryNotice(world.ports)(call)).toMatchObject({ refusal: { code: 'state-conflict' } });
  });

  it('is found under its own channel alone', async () => {
    const world = await refusedWorld();
    for (const other of [{ channelId: 'other' }, { noticeId: `${orderIdAt(1)}-shipped-f9` }])
      expect(await retryNotice(world.ports)({ ...call, ...other })).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

it('a connector that cannot tell a kind any more says so to a person', async () => {
  const world = noticeWorld({ tell: {} });
  world.store.given('notice', pending(1, 'shipped'));
  await world.step();
  expect(notice(world, 1, 'shipped')).toMatchObject({
    state: 'REFUSED',
    reason: expect.stringContaining('by hand') as string,
  });
});

it('numbers of messages go up by one with each, and stay with it at every try', async () => {
  const world = noticeWorld({ numbered: true });
  world.store.given('notice', ...[1, 2, 3].map((number) => pending(number, 'acknowledged')));
  world.market.answer = () => down;
  for (let step = 0; step < 8; step += 1, world.later(60)) await world.step();
  const numbers = new Map([1, 2, 3].map((one) => [one, new Set<number | undefined>()]));
  for (const { notice: told } of world.market.tries) numbers.get(Number(told.externalId.slice(2)))?.add(told.number);
  expect([...numbers.values()].flatMap((one) => [...one]).toSorted()).toEqual([1, 2, 3]);
  expect(world.store.all('messageCounter')).toMatchObject([{ channelId: market, last: 3 }]);
});
