import { squareEvent, squareHeaders } from '../../../../tests/sandboxes/square.ts';
import { channelOf } from '../../fixtures/world.ts';
import { connectorContract } from '../../testing/connector-contract.ts';
import { square } from './connector.ts';
import { location, onlineOrder, returnOrder, tillSale, variation } from './fixtures/orders.ts';

const notificationUrl = 'https://oms.example.com/webhooks/square-us?seller=1';
const event = squareEvent('order.created', { order_created: { order_id: 'ORDER1' } }, 'event-1');
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

connectorContract({
  connector: square,
  channel: channelOf({ channelId: 'square-us', type: 'square', settings: { notificationUrl } }),
  sign: (body, { secret }) => ({ headers: squareHeaders(secret, notificationUrl, body) }),
  cases: [
    {
      name: 'an event that could not be asked about',
      topic: 'order.created',
      body: Buffer.from(event),
      kind: 'quarantined',
    },
    {
      name: 'a sale at a till',
      topic: 'order.updated',
      body: bytes({ order: tillSale(), location, variations: [variation] }),
      kind: 'order',
    },
    { name: 'an online order', topic: 'order.polled', body: bytes({ order: onlineOrder(), location }), kind: 'order' },
    {
      name: 'a return',
      topic: 'order.created',
      body: bytes({ order: returnOrder(), source: tillSale() }),
      kind: 'change',
    },
    { name: 'stock was counted', topic: 'inventory.count.updated', body: bytes({ data: {} }), kind: 'ignored' },
  ],
});
