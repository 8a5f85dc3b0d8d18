import { bigCommerceHeaders } from '../../../../tests/sandboxes/bigcommerce.ts';
import { channelOf } from '../../fixtures/world.ts';
import { connectorContract } from '../../testing/connector-contract.ts';
import { bigcommerce } from './connector.ts';
import { bytes, documentOf, product, refund } from './fixtures/orders.ts';

const topic = 'store/order/updated';

connectorContract({
  connector: bigcommerce,
  channel: channelOf({ channelId: 'bc', type: 'bigcommerce' }),
  cases: [
    {
      name: 'a webhook',
      topic: 'store/order/message/created',
      body: bytes({ scope: topic, data: { id: 5120 } }),
      kind: 'ignored',
    },
    { name: 'an order', topic, body: bytes(documentOf()), kind: 'order' },
    {
      name: 'a refunded order',
      topic,
      body: bytes(documentOf({ status_id: 14 }, { refunds: { data: [refund()] } })),
      kind: 'order',
    },
    {
      name: 'an order with ids beyond 2^53',
      topic,
      body: Buffer.from(
        JSON.stringify(documentOf())
          .replace('"id":5120', '"id":820982911946154508')
          .replace('"id":7001', '"id":820982911946154509'),
      ),
      kind: 'order',
    },
    {
      name: 'digital goods alone',
      topic,
      body: bytes(documentOf({}, { products: [product({ type: 'digital' })] })),
      kind: 'ignored',
    },
    { name: 'an order without its products', topic, body: bytes(documentOf()['order']), kind: 'quarantined' },
  ],
  sign: (body, { secret, at }) => ({ headers: bigCommerceHeaders(secret, body.toString(), { id: 'msg_1', at }) }),
  expiresAfterSeconds: 300,
});
