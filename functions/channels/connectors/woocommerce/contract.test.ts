import { createHmac } from 'node:crypto';
import { channelOf } from '../../fixtures/world.ts';
import { connectorContract } from '../../testing/connector-contract.ts';
import { woocommerce } from './connector.ts';
import { bytes, order, refund } from './fixtures/order.ts';

connectorContract({
  connector: woocommerce,
  channel: channelOf({ channelId: 'woo-de', type: 'woocommerce', currency: 'EUR' }),
  cases: [
    { name: 'an order', topic: 'order.created', body: bytes(order()), kind: 'order' },
    {
      name: 'an order with a refund',
      topic: 'order.updated',
      body: bytes({ order: order({ refunds: [{ id: 1250, total: '-12.85' }] }), refunds: [refund()] }),
      kind: 'order',
    },
    { name: 'an order that is gone for good', topic: 'order.deleted', body: bytes({ id: 1207 }), kind: 'change' },
    { name: 'a product', topic: 'product.updated', body: bytes({ id: 7 }), kind: 'ignored' },
  ],
  sign: (body, { secret }) => ({
    headers: {
      'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
      'x-wc-webhook-delivery-id': 'd41d8',
      'x-wc-webhook-topic': 'order.created',
    },
  }),
});
