import { createHmac } from 'node:crypto';
import { channelOf } from '../../fixtures/world.ts';
import { connectorContract } from '../../testing/connector-contract.ts';
import { tiktok } from './connector.ts';
import { bytes, cancellation, orderWebhook, returned, usOrder, vnOrder } from './fixtures/order.ts';

const appKey = 'app-key-1';

connectorContract({
  connector: tiktok,
  channel: channelOf({ channelId: 'tiktok-us', type: 'tiktok', settings: { appKey, shopCipher: 'ROW_abc' } }),
  cases: [
    { name: 'an order', topic: 'ORDER_STATUS_CHANGE', body: bytes({ order: usOrder() }), kind: 'order' },
    {
      name: 'an order with a cancellation and a return',
      topic: 'RETURN_STATUS_CHANGE',
      body: bytes({ order: usOrder(), cancellations: [cancellation()], returns: [returned()], toldAt: 1_764_400_000 }),
      kind: 'order',
    },
    { name: 'dong, and a hidden address', topic: 'ORDER_POLLED', body: bytes({ order: vnOrder() }), kind: 'order' },
    {
      name: 'a message that only names an order',
      topic: 'ORDER_STATUS_CHANGE',
      body: bytes(orderWebhook()),
      kind: 'quarantined',
    },
    { name: 'a message about a product', topic: 'TYPE_5', body: bytes({ type: 5 }), kind: 'ignored' },
  ],
  sign: (body, { secret }) => ({
    headers: { authorization: createHmac('sha256', secret).update(appKey).update(body).digest('hex') },
  }),
});
