import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf, worldOf } from '../../fixtures/world.ts';
import { type PollWindow, type PolledPage } from '../connector.ts';
import { announcePolls } from './announce-polls.ts';
import { readBackfill, startBackfill, stopBackfill } from './backfill.ts';
import { pollOrders } from './poll-orders.ts';

const everySeconds = 120;
const overlapSeconds = 60;
const later = (seconds: number) => plusSeconds(now, seconds);

/** A shop that is asked for its orders: each with the time it changed, two to a page. */
function world(orders: readonly { readonly id: string; readonly at: string }[] = []) {
  const { store, ports: plain } = worldOf(
    channelOf({ channelId: 'adobe-eu', type: 'adobe' }),
    channelOf({ channelId: 'webshop', type: 'api' }),
  );
  const asked: PollWindow[] = [];
  const broken: unknown[] = [];
  const answers: Result<PolledPage>[] = [];
  const page = (window: PollWindow): Promise<Result<PolledPage>> => {
    asked.push(window);
    const planned = answers.shift();
    if (planned !== undefined) return Promise.resolve(planned);
    const all = orders.filter(({ at }) => at >= window.from && at < window.to);
    const start = Number(window.cursor ?? 0);
    const deliveries = all.slice(start, start + 2).map(({ id, at }) => ({
      deliveryId: `${id}@${at}`,
      topic: 'order',
      body: Buffer.from(JSON.stringify({ id, at })),
    }));
    return Promise.resolve(ok({ deliveries, ...(start + 2 < all.length && { cursor: String(start + 2) }) }));
  };
  const ports: typeof plain = {
    ...plain,
    connectorOf: (type) => (type === 'adobe' ? { poll: { everySeconds, overlapSeconds, page } } : {}),
  };
  const poll = (at: string, isOut = () => false) =>
    pollOrders(ports)({ pollId: 'adobe-eu', now: () => at, isOut, broke: (error) => broken.push(error) });
  const inbox = () => store.all('inboxMessage').map(({ deliveryId }) => deliveryId.split('@')[0]);
  const live = () => store.get('orderPoll', { pollId: 'adobe-eu' });
  return { store, ports, asked, broken, answers, poll, inbox, live };
}

describe('asking a channel for its orders', () => {
  it('begins once, for channels that are asked, and is announced when it is due', async () => {
    const { ports, store, poll, live } = world();
    expect(await announcePolls(ports)(now)).toBe(1);
    expect(await announcePolls(ports)(now)).toBe(0);
    expect(store.all('orderPoll').map(({ pollId }) => pollId)).toEqual(['adobe-eu']);
    expect(await live()).toMatchObject({ version: 2, events: [{ type: 'OrdersPollDue.v1' }] });
    await poll(later(1));
    expect(await live()).toMatchObject({ dueAt: later(1 + everySeconds), events: [] });
    expect(await announcePolls(ports)(later(everySeconds))).toBe(0);
    expect(await announcePolls(ports)(later(1 + everySeconds))).toBe(1);
  });

  it('stores every order of a window once, page by page, and begins the next a little before its end', async () => {
    const orders = ['a', 'b', 'c', 'd', 'e'].map((id, index) => ({ id, at: later(index) }));
    const { ports, poll, inbox, live, asked } = world(orders);
    await announcePolls(ports)(now);
    await poll(later(100));
    expect(inbox().sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '2', '4']);
    expect(await live()).toMatchObject({ from: later(40), found: 5, stored: 5, pages: 3 });
    expect((await live())?.to).toBeUndefined();
  });

  it('finds what came into the overlap late, and takes nothing twice', async () => {
    const orders = [{ id: 'a', at: later(50) }];
    const { ports, poll, inbox, live } = world(orders);
    await announcePolls(ports)(now);
    await poll(later(100));
    orders.push({ id: 'late', at: later(60) });
    await poll(later(200));
    expect(inbox().sort()).toEqual(['a', 'late']);
    expect(await live()).toMatchObject({ found: 3, stored: 2 });
  });

  it('goes on where it was after running out of time, or after a crash between storing and its place', async () => {
    const orders = ['a', 'b', 'c', 'd', 'e'].map((id, index) => ({ id, at: later(index) }));
    const { ports, poll, inbox, live } = world(orders);
    await announcePolls(ports)(now);
    await poll(later(100), () => true);
    expect(inbox().sort()).toEqual(['a', 'b']);
    expect(await live()).toMatchObject({ cursor: '2', to: later(100) });
    const crashes = {
      ...ports,
      commit: (...call: Parameters<typeof ports.commit>) =>
        call[0].some((one) => one.kind === 'put' && one.entity === 'orderPoll')
          ? Promise.reject(new Error('killed'))
          : ports.commit(...call),
    };
    await expect(
      pollOrders(crashes)({ pollId: 'adobe-eu', now: () => later(110), isOut: () => false, broke: () => undefined }),
    ).rejects.toThrow('killed');
    await poll(later(120));
    expect(inbox().sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect((await live())?.from).toBe(later(40));
  });

  it('tries again later and later while the channel does not answer, and no sooner than it asks for', async () => {
    const { ports, poll, live, answers } = world();
    await announcePolls(ports)(now);
    const down = (seconds: number) =>
      refuse('provider-unavailable', 'it is down', { facts: { retryAfterSeconds: seconds } });
    answers.push(down(0), down(0), down(3600));
    for (const [failures, wait] of [
      [1, 30],
      [2, 60],
      [3, 3600],
    ] as const) {
      await poll(now);
      expect(await live()).toMatchObject({ failures, error: 'it is down', dueAt: later(wait), from: now });
    }
    await poll(later(3600));
    expect(await live()).toMatchObject({ failures: 0 });
    expect((await live())?.error).toBeUndefined();
  });

  it('waits while the channel is paused, and stops when there is none', async () => {
    const { ports, store, poll, live, asked } = world();
    await announcePolls(ports)(now);
    store.given('channel', channelOf({ channelId: 'adobe-eu', type: 'adobe', paused: true }));
    await poll(now);
    expect(await live()).toMatchObject({ state: 'RUNNING', dueAt: later(300) });
    store.given('channel', channelOf({ channelId: 'adobe-eu', type: 'api' }));
    await poll(now);
    expect(await live()).toMatchObject({ state: 'STOPPED' });
    expect(asked).toHaveLength(0);
  });
});

describe('a channel that answers amiss', () => {
  const page = (id: string, cursor?: string): Result<PolledPage> =>
    ok({
      deliveries: [{ deliveryId: id, topic: 'order', body: Buffer.from(id) }],
      ...(cursor !== undefined && { cursor }),
    });

  it('is not asked for the same page for ever', async () => {
    const { ports, poll, live, answers, asked } = world();
    await announcePolls(ports)(now);
    answers.push(page('a', 'next'), page('b', 'next'), page('b', 'next'));
    await poll(now);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, 'next']);
    expect(await live()).toMatchObject({ failures: 1, cursor: 'next', dueAt: later(30) });
    expect((await live())?.error).toContain('the same page');
  });

  it('is asked for the window anew where it does not know its cursor any more', async () => {
    const { ports, poll, live, answers, asked } = world();
    await announcePolls(ports)(now);
    const over = refuse('provider-unavailable', 'this cursor is over');
    answers.push(page('a', 'next'), over, over, over, over, over, over);
    for (let time = 0; time < 6; time += 1) await poll(later(time * 1000));
    expect((await live())?.cursor).toBeUndefined();
    expect(await live()).toMatchObject({ from: now, to: now, failures: 6 });
    await poll(later(10_000));
    expect(asked.at(-1)).toMatchObject({ from: now, to: now });
    expect(asked.at(-1)?.cursor).toBeUndefined();
  });

  it('has an order that is too large to keep shown to a person, once', async () => {
    const { ports, poll, store, answers, live } = world();
    await announcePolls(ports)(now);
    const body = randomBytes(400 * 1024);
    const large = () => ok({ deliveries: [{ deliveryId: 'huge', topic: 'order', body }] });
    answers.push(large(), large());
    await poll(now);
    await poll(later(1000));
    expect(store.all('inboxMessage')).toMatchObject([
      { deliveryId: 'huge', state: 'QUARANTINED', code: 'too-large', events: [{ type: 'WebhookQuarantined.v1' }] },
    ]);
    expect(await live()).toMatchObject({ failures: 0, found: 2, stored: 1 });
  });

  it('is gone on with from where it was, once its channel is of a type again that is asked', async () => {
    const { ports, store, poll, live } = world();
    await announcePolls(ports)(now);
    const channel = (type: 'adobe' | 'api') => store.given('channel', channelOf({ channelId: 'adobe-eu', type }));
    channel('api');
    await poll(now);
    expect(await announcePolls(ports)(later(60))).toBe(0);
    channel('adobe');
    expect(await announcePolls(ports)(later(120))).toBe(1);
    expect(await live()).toMatchObject({ state: 'RUNNING', from: now });
  });
});

describe('a backfill', () => {
  const orders = ['a', 'b', 'c'].map((id, index) => ({ id, at: later(index - 1000) }));

  it('goes over its period once and says how far it is', async () => {
    const { ports, inbox } = world(orders);
    const begun = await startBackfill(ports)({ channelId: 'adobe-eu', from: later(-2000), now });
    if (!begun.ok) throw new Error(begun.refusal.detail);
    const key = { channelId: 'adobe-eu', backfillId: begun.value.backfillId };
    await announcePolls(ports)(now);
    await pollOrders(ports)({
      pollId: `adobe-eu#${key.backfillId}`,
      now: () => now,
      isOut: () => false,
      broke: () => undefined,
    });
    expect(inbox().sort()).toEqual(['a', 'b', 'c']);
    expect(await readBackfill(ports)(key)).toMatchObject({
      value: { state: 'DONE', pages: 2, found: 3, stored: 3, from: later(-2000), to: now },
    });
  });

  it('stops when it is told to', async () => {
    const { ports, asked } = world(orders);
    const begun = await startBackfill(ports)({ channelId: 'adobe-eu', from: later(-2000), now });
    if (!begun.ok) throw new Error(begun.refusal.detail);
    const key = { channelId: 'adobe-eu', backfillId: begun.value.backfillId };
    expect(await stopBackfill(ports)({ ...key, now })).toMatchObject({ value: { state: 'STOPPED' } });
    await pollOrders(ports)({
      pollId: `adobe-eu#${key.backfillId}`,
      now: () => now,
      isOut: () => false,
      broke: () => undefined,
    });
    expect(asked).toHaveLength(0);
  });

  it.each([
    ['not-found', { channelId: 'nowhere', from: later(-1) }],
    ['invalid-request', { channelId: 'webshop', from: later(-1) }],
    ['invalid-request', { channelId: 'adobe-eu', from: now, to: later(-1) }],
  ])('is refused as %s: %j', async (code, call) => {
    const { ports, store } = world();
    expect(await startBackfill(ports)({ ...call, now })).toMatchObject({ refusal: { code } });
    expect(store.all('orderPoll')).toHaveLength(0);
  });
});
