import { shopifyHeaders } from '../../../../tests/sandboxes/shopify.ts';
import { channelOf } from '../../fixtures/world.ts';
import { shopifyLine, shopifyOrderBody } from '../../fixtures/shopify-order.ts';
import { connectorContract } from '../../testing/connector-contract.ts';
import { shopify } from './connector.ts';
import { cashOrder, refundBody, taxedOrder } from './fixtures/orders.ts';
import { graphqlOrderNode } from './fixtures/graphql-order.ts';

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const order = 'orders/updated';

connectorContract({
  connector: shopify,
  channel: channelOf({ channelId: 'shopify-us', type: 'shopify' }),
  sign: (body, { secret }) => ({ headers: shopifyHeaders(secret, body, { webhookId: 'w1' }) }),
  cases: [
    { name: 'an order', topic: 'orders/create', body: bytes(shopifyOrderBody()), kind: 'order' },
    { name: 'taxes in the price, discounts, digital lines', topic: order, body: bytes(taxedOrder()), kind: 'order' },
    { name: 'a sale at a till', topic: order, body: bytes(cashOrder()), kind: 'order' },
    {
      name: 'an answer of the API',
      topic: 'orders/polled',
      body: bytes({ data: { order: graphqlOrderNode() } }),
      kind: 'order',
    },
    { name: 'a refund', topic: 'refunds/create', body: bytes(refundBody()), kind: 'change' },
    {
      name: 'gift cards alone',
      topic: order,
      body: bytes(shopifyOrderBody({ line_items: [shopifyLine({ giftCard: true })] })),
      kind: 'ignored',
    },
    {
      name: 'no address',
      topic: order,
      body: bytes(shopifyOrderBody({ shipping_address: null })),
      kind: 'quarantined',
    },
    { name: 'the app was taken out', topic: 'app/uninstalled', body: bytes({ id: 1 }), kind: 'ignored' },
  ],
});
