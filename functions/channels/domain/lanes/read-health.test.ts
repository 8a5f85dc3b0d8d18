import { expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { laneNames } from '../../../../shared/model/channels/lane.ts';
import { type Notice } from '../../../../shared/model/channels/notice.ts';
import { laneWorld, shop } from '../../fixtures/lane-world.ts';
import { now } from '../../fixtures/now.ts';
import { availability } from '../../fixtures/world.ts';
import { readOffer } from '../availability/read-offer.ts';
import { retryOffers } from '../availability/retry-offers.ts';
import { readHealth } from './read-health.ts';

it('health names a SKU that fails while others are taken, how often and why', async () => {
  const world = laneWorld();
  world.reacts(({ sku }) => (sku === 'A' ? 'down' : 'take'));
  await world.record([availability('A', 1, 50), availability('B', 1, 3)]);
  for (let second = 0; second < 60; second += 1) {
    await world.workAll();
    world.advance(1);
  }
  const tries = world.calls.filter((call) => call.some(({ sku }) => sku === 'A')).length;
  expect(tries).toBeGreaterThan(2);
  const failing = { since: now, tries, reason: 'The channel is down.' };
  const health = await readHealth(world.ports)(shop, world.clock.now());
  expect(health).toMatchObject({ value: { stock: { failing: [{ sku: 'A', ...failing }] } } });
  expect(await readOffer(world.ports)({ channelId: shop, sku: 'A' })).toMatchObject({ value: { failing } });
  world.reacts(() => 'take');
  await world.settle(5);
  expect(await readHealth(world.ports)(shop, world.clock.now())).toMatchObject({ value: { stock: { failing: [] } } });
});

it('health names the oldest change and the SKUs that fail, wherever among a thousand they stand', async () => {
  const world = laneWorld();
  const offer = { wanted: 3, wantedVersion: 1, wantedPool: 'online', wantedAt: now };
  const waiting = (number: number) => {
    const sku = `SKU-${String(number).padStart(4, '0')}`;
    return {
      channelId: shop,
      sku,
      version: 1,
      offer: { ...offer, due: { urgency: 'fall' as const, at: now, since: now } },
    };
  };
  const [old, failed] = [plusSeconds(now, -600), plusSeconds(now, -60)];
  world.store.given('listing', ...Array.from({ length: 998 }, (_, number) => waiting(number)));
  const late = { urgency: 'fall' as const, at: plusSeconds(now, 60), since: old };
  const unanswered = { since: failed, among: 1, alone: 4, tries: 4, reason: 'The channel is down.' };
  world.store.given('listing', { ...waiting(998), offer: { ...offer, due: late } });
  world.store.given('listing', { ...waiting(999), offer: { ...offer, due: { ...late, since: now }, unanswered } });
  const failing = [{ sku: 'SKU-0999', since: failed, tries: 4, reason: 'The channel is down.' }];
  const seen = { oldestDueSince: old, failing };
  expect(await readHealth(world.ports)(shop, now)).toMatchObject({
    value: { stock: { waiting: { fall: { count: 1000, more: false } }, ...seen } },
  });
  world.store.given('listing', ...Array.from({ length: 2_000 }, (_, number) => waiting(2_000 + number)));
  expect(await readHealth(world.ports)(shop, now)).toMatchObject({
    value: { stock: { waiting: { fall: { count: 1000, more: true } }, ...seen } },
  });
});

it('health counts notices that wait or were refused, and publications that were rejected', async () => {
  const world = laneWorld();
  const notice = (number: number, state: Notice['state']): Notice => ({
    noticeId: `ord_1-acknowledged-${number}`,
    ...{ channelId: shop, orderId: 'ord_1', externalId: '1', kind: 'acknowledged', facts: {}, state, tries: 0 },
    ...{ happenedAt: now, dueAt: now, version: 1, updatedAt: now, events: [] },
  });
  world.store.given('notice', notice(1, 'PENDING'), notice(2, 'REFUSED'), notice(3, 'REFUSED'), notice(4, 'TOLD'));
  const publication = { channelId: shop, intent: 'published', version: 1, updatedAt: now } as const;
  world.store.given(
    'publication',
    { ...publication, sku: 'A', state: 'REJECTED' },
    { ...publication, sku: 'B', state: 'LIVE' },
  );
  expect(await readHealth(world.ports)(shop, now)).toMatchObject({
    value: {
      orders: { pending: { count: 1, more: false }, refused: { count: 2, more: false } },
      listings: { rejected: { count: 1, more: false } },
    },
  });
});

it('having offers told again names SKUs that are not listed', async () => {
  const world = laneWorld();
  world.reacts(() => 'refuse');
  await world.record([availability('A', 1, 50)]);
  await world.workAll();
  const skus = ['A', 'TYPO', 'TYPO'];
  expect(await retryOffers(world.ports)({ channelId: shop, skus, now })).toEqual({
    ok: true,
    value: { retried: 1, more: false, unknown: ['TYPO'] },
  });
});

it('health of a channel that was never told anything is idle, with all of its calls left', async () => {
  const world = laneWorld({ connector: { limits: { stock: { perSecond: 2, burst: 40 } } } });
  const health = await readHealth(world.ports)(shop, now);
  const none = { count: 0, more: false };
  expect(health).toEqual({
    ok: true,
    value: {
      channelId: shop,
      paused: false,
      lanes: laneNames.map((lane) => ({ lane, state: 'idle', failures: 0 })),
      stock: { waiting: { now: none, fall: none, rise: none }, failing: [], refused: none, refusals: [] },
      orders: { pending: none, refused: none },
      listings: { rejected: none },
      callsLeft: { stock: 40 },
    },
  });
});
