import { describe, expect, it } from 'vitest';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { readOrder, readTimeline } from '../domain/read-order.ts';
import { holdOrder } from '../domain/hold-order.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { visibleTo } from './visible-to.ts';

describe('a key that is bound to a channel', () => {
  const store = memoryStore();
  const order = anOrder({ channelId: 'webshop' });
  store.given('order', order);
  const seenBy = (channelId?: string) =>
    visibleTo(
      { id: 'key', name: 'key', scopes: ['*'], ...(channelId !== undefined && { channelId }) },
      memoryPorts(store),
    );
  const call = { orderId: order.orderId, now: order.placedAt, actor: 'key', reason: 'check' };

  it('sees and changes the orders of its channel', async () => {
    expect(await readOrder(seenBy('webshop'))(order.orderId)).toMatchObject({ ok: true });
    expect(await readOrder(seenBy())(order.orderId)).toMatchObject({ ok: true });
  });

  it('neither sees nor changes those of another', async () => {
    const foreign = seenBy('marketplace');
    const notFound = { ok: false, refusal: { code: 'not-found' } };
    expect(await readOrder(foreign)(order.orderId)).toMatchObject(notFound);
    expect(await readTimeline(foreign)(order.orderId)).toMatchObject(notFound);
    expect(await holdOrder(foreign)(call)).toMatchObject(notFound);
    expect(await store.get('order', order)).toEqual(order);
  });
});
