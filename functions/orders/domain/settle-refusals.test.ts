import { describe, expect, it } from 'vitest';
import { type Notice, type NoticeState, noticeIdOf } from '../../../shared/model/channels/notice.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { outlivesCancel } from './outlives-cancel.ts';
import { settleRefusals } from './settle-refusals.ts';

const now = '2026-11-22T10:00:00.000Z';
const order = anOrder();
const { orderId } = order;
const words = 'The order is closed at the channel.';
/** What an exception says: the channel's words, and both ways out. */
const told = (reason = words, kind = 'shipped') => {
  const notice = `POST /v1/channels/${order.channelId}/notices/${orderId}-${kind}-f1`;
  return `${order.channelId} refused to be told "${kind}": ${reason} Mend that and have ${order.channelId} told again (${notice}/retry); or, if it knows by now, dismiss it (${notice}/dismiss).`;
};

function world() {
  const store = memoryStore();
  store.given('order', order);
  const settle = () => settleRefusals(memoryPorts(store))(orderId, now);
  return {
    store,
    settle,
    /** The notice of a shipment becomes so, and its event comes. */
    is: async (state: NoticeState, reason = words, kind: 'shipped' | 'cancelled' = 'shipped') => {
      const noticeId = noticeIdOf(orderId, kind, 'f1');
      const notice = { noticeId, orderId, channelId: order.channelId, kind, state, reason } as Notice;
      store.given('notice', notice);
      await settle();
    },
    order: async () => (await store.get('order', { orderId })) ?? order,
    open: async () =>
      ((await store.get('order', { orderId }))?.exceptions ?? [])
        .filter(({ resolvedAt }) => resolvedAt === undefined)
        .map(({ detail }) => detail),
  };
}

describe('what a channel refuses to be told', () => {
  it('is an exception in its words, once, until the channel has taken it', async () => {
    const one = world();
    for (let time = 0; time < 3; time += 1) await one.is('REFUSED');
    expect(await one.order()).toMatchObject({
      version: 2,
      exceptions: [{ code: 'channel-refused', detail: told(), facts: { kind: 'shipped' }, raisedAt: now }],
      events: [{ type: 'OrderExceptionRaised.v1', data: { code: 'channel-refused', detail: told() } }],
    });
    await one.is('PENDING');
    expect(await one.open()).toEqual([told()]);
    await one.is('TOLD');
    expect(await one.open()).toEqual([]);
    await one.settle();
    expect((await one.order()).version).toBe(3);
  });

  it('is over when a person dismisses it', async () => {
    const one = world();
    await one.is('REFUSED');
    await one.is('DISMISSED');
    expect(await one.open()).toEqual([]);
  });

  it('is told by what is so, whichever message comes last', async () => {
    const one = world();
    await one.is('TOLD');
    await one.settle();
    expect(await one.open()).toEqual([]);
  });

  it('is one for each thing, and anew in other words', async () => {
    const one = world();
    await one.is('REFUSED');
    await one.is('REFUSED', 'too late', 'cancelled');
    await one.is('REFUSED', 'The tracking number is none of UPS.');
    expect(await one.open()).toEqual([told('too late.', 'cancelled'), told('The tracking number is none of UPS.')]);
  });

  it('is not raised again when a person has resolved it, and is by the channel when it comes back after that was told', async () => {
    const one = world();
    await one.is('REFUSED');
    const raised = await one.order();
    one.store.given('order', {
      ...raised,
      exceptions: raised.exceptions.map((each) => ({ ...each, resolvedAt: now })),
    });
    await one.settle();
    expect(await one.open()).toEqual([]);
  });

  it('outlives the cancellation of its order: the channel still does not know', () => {
    expect(outlivesCancel({ code: 'channel-refused' })).toBe(true);
  });

  it('of an order that is not there is nothing', async () => {
    const store = memoryStore();
    await expect(settleRefusals(memoryPorts(store))(orderId, now)).resolves.toBeUndefined();
  });
});
