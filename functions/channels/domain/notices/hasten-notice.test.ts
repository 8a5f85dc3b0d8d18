import { expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Notice } from '../../../../shared/model/channels/notice.ts';
import { market, noticeWorld, orderIdAt } from '../../fixtures/notice-world.ts';
import { now } from '../../fixtures/now.ts';
import { dismissNotice, retryNotice } from './settle-notice.ts';
import { viewOf } from './view.ts';

const orderId = orderIdAt(1);
const noticeOf = (happened: number, more: Partial<Notice> = {}): Notice => ({
  noticeId: `${orderId}-ready-f${happened}`,
  ...{ channelId: market, orderId, externalId: 'M-1', kind: 'ready', state: 'PENDING', tries: 3 },
  facts: { fulfillmentOrderId: `${orderId}-f${happened}`, location: 'store', lines: [] },
  happenedAt: plusSeconds(now, happened - 60),
  dueAt: plusSeconds(now, 3600),
  reason: 'The channel is down.',
  ...{ version: 4, updatedAt: now, events: [] },
  ...more,
});
const call = { channelId: market, noticeId: noticeOf(2).noticeId, now, actor: 'ada' };

it('a notice that waits is told at once on request, after what happened before it, and nothing else is hastened', async () => {
  const world = noticeWorld();
  world.givenOrder(1);
  world.store.given('notice', noticeOf(1), noticeOf(2), noticeOf(3));
  expect(await world.step()).toMatchObject({ answered: 0 });
  const once = { key: 'hasten', requestHash: 'h' };
  for (let times = 0; times < 2; times += 1)
    expect(await retryNotice(world.ports)({ ...call, once })).toMatchObject({
      value: { state: 'PENDING', dueAt: now, reason: 'The channel is down.', version: 5 },
    });
  expect(world.wakes).toEqual([`${market} orders`, `${market} orders`]);
  await world.step();
  expect(world.market.tries.map(({ notice }) => notice.noticeId)).toEqual([noticeOf(1).noticeId, noticeOf(2).noticeId]);
  expect(world.notices().find(({ noticeId }) => noticeId === noticeOf(3).noticeId)).toMatchObject({ state: 'PENDING' });
});

it('what waits cannot be dismissed, and the refusal says what can be done', async () => {
  const world = noticeWorld();
  world.store.given('notice', noticeOf(2));
  expect(await dismissNotice(world.ports)({ ...call, reason: 'by hand' })).toMatchObject({
    refusal: {
      code: 'state-conflict',
      detail: expect.stringMatching(/is PENDING, and cannot be dismissed.*retry/) as unknown,
      facts: { state: 'PENDING', allowed: ['retry'] },
    },
  });
});

it.each(['TOLD', 'REFUSED', 'DISMISSED'] as const)('what is %s is due at no time', (state) => {
  expect(viewOf(noticeOf(1, { state }))).not.toHaveProperty('dueAt');
});

it('what is not there says where those that are there are listed', async () => {
  const world = noticeWorld();
  const list = expect.stringContaining(`GET /v1/channels/${market}/notices lists`) as unknown;
  expect(await retryNotice(world.ports)({ ...call, noticeId: 'nope' })).toMatchObject({
    refusal: { code: 'not-found', detail: list },
  });
});
