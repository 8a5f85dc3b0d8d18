import { channelOf } from '../../fixtures/world.ts';
import { connectorContract } from '../../testing/connector-contract.ts';
import { adobe } from './connector.ts';
import { bytes, creditMemo, item, order } from './fixtures/orders.ts';
import { polledTopic as topic } from './poll.ts';

connectorContract({
  connector: adobe,
  channel: channelOf({ channelId: 'magento', type: 'adobe' }),
  cases: [
    { name: 'an order', topic, body: bytes(order()), kind: 'order' },
    {
      name: 'a refunded order',
      topic,
      body: bytes({ order: order({ base_total_refunded: 31.8 }), creditmemos: { items: [creditMemo()] } }),
      kind: 'order',
    },
    {
      name: 'an order with ids beyond 2^53',
      topic,
      body: Buffer.from(
        JSON.stringify(order())
          .replace('"entity_id":902', '"entity_id":820982911946154508')
          .replace('"item_id":41', '"item_id":820982911946154509'),
      ),
      kind: 'order',
    },
    {
      name: 'a virtual order',
      topic,
      body: bytes(order({ items: [item({ product_type: 'virtual', is_virtual: 1 })] })),
      kind: 'ignored',
    },
    {
      name: 'goods by weight',
      topic,
      body: bytes(order({ items: [item({ qty_ordered: 1.5 })] })),
      kind: 'quarantined',
    },
  ],
});
