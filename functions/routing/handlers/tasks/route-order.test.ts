import type { Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import { aNetwork, paidOrder, portsOn } from '../../testing/paid-orders.ts';
import { build } from './route-order.ts';

it('answers by its contract, and refuses by an error name that the state machine catches', async () => {
  const store = await aNetwork({ boston: { postalCode: '02108', stock: { TEE: 2 } } });
  const order = await paidOrder(store, 1, [{ sku: 'TEE', quantity: 2 }], {
    rejectedBy: [{ location: 'boston', sku: 'TEE', reason: 'closed' }],
  });
  const call = (orderId: string) => build(portsOn(store))({ orderId }, {} as Context);
  await expect(call(order.orderId)).rejects.toMatchObject({ name: 'no-plan' });
  await expect(call('ord_none')).rejects.toMatchObject({ name: 'not-found' });
  const next = await paidOrder(await aNetwork({}), 2, []);
  store.given('order', next);
  expect(await call(next.orderId)).toEqual({ orderId: next.orderId, fulfillmentOrders: 0 });
});
