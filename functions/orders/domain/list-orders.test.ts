import { expect, it } from 'vitest';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { aChannel } from '../../../shared/testing/world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { listOrders } from './list-orders.ts';

const page = { limit: 50 };
const order = anOrder({ orderId: orderIdOf('webshop', '#1001/a'), channelId: 'webshop', externalId: '#1001/a' });
const { orderId, placedAt } = order;

function world() {
  const store = memoryStore();
  store.given('order', order, anOrder({ orderId: orderIdOf('webshop', '1002'), channelId: 'webshop' }));
  for (const channelId of ['webshop', 'other']) store.given('channel', aChannel(channelId));
  return listOrders(memoryPorts(store));
}

it('an order is found by its channel’s own id of it', async () => {
  const asked = { channelId: 'webshop', externalId: '#1001/a', ...page };
  expect(await world()(asked)).toEqual({
    ok: true,
    value: { orders: [{ orderId, placedAt, externalId: '#1001/a' }] },
  });
});

it.each([
  ['webshop', '1003'],
  ['webshop', '#1001/A'],
  ['other', '#1001/a'],
])('on %s, %s is nobody’s', async (channelId, externalId) => {
  expect(await world()({ channelId, externalId, ...page })).toEqual({ ok: true, value: { orders: [] } });
});

it('all of a channel are listed without one', async () => {
  expect(await world()({ channelId: 'webshop', ...page })).toMatchObject({ value: { orders: [{ orderId }, {}] } });
});

it.each([undefined, '1001'])('a channel that is none has no orders', async (externalId) => {
  expect(await world()({ channelId: 'nowhere', externalId, ...page })).toMatchObject({
    refusal: { code: 'not-found', detail: expect.stringContaining('no channel nowhere') as unknown },
  });
});
