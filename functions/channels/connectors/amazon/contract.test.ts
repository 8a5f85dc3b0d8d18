import { channelOf } from '../../fixtures/world.ts';
import { type ContractCase, connectorContract } from '../../testing/connector-contract.ts';
import { amazon } from './connector.ts';
import { orderChangeOf } from './fixtures/notifications.ts';
import { documentV0Of, itemV0 } from './fixtures/orders-v0.ts';
import { documentOf, inStatus, order2026, order2026With } from './fixtures/orders.ts';
import { purchase } from './fixtures/purchase-orders.ts';

const bytes = (value: object) => Buffer.from(JSON.stringify(value));
const yen = { CurrencyCode: 'JPY', Amount: '25.99' };

const cases: readonly ContractCase[] = [
  { name: 'order 2026-01-01', topic: 'ORDER_CHANGE', body: documentOf(order2026), kind: 'order' },
  { name: 'shipped', topic: 'ORDER_CHANGE', body: documentOf(inStatus('SHIPPED')), kind: 'order' },
  { name: 'order v0', topic: 'ORDER_CHANGE', body: documentV0Of(), kind: 'order' },
  { name: 'a notification', topic: 'ORDER_CHANGE', body: bytes(orderChangeOf('1')), kind: 'ignored' },
  {
    name: 'a cancellation',
    topic: 'ORDER_CHANGE',
    body: bytes(orderChangeOf('1', { status: 'Canceled' })),
    kind: 'change',
  },
  {
    name: 'no items',
    topic: 'ORDER_CHANGE',
    body: documentOf(order2026With({ orderItems: [] })),
    kind: 'quarantined',
  },
  {
    name: 'a hundredth of a yen',
    topic: 'ORDER_CHANGE',
    body: documentV0Of({ OrderTotal: yen }, { ...itemV0, ItemPrice: yen }),
    kind: 'quarantined',
  },
];

connectorContract({
  connector: amazon,
  channel: channelOf({ channelId: 'amazon-us', type: 'amazon' }),
  cases,
});
connectorContract({
  connector: amazon,
  channel: channelOf({ channelId: 'amazon-vendor', type: 'amazon', settings: { program: 'vendor' } }),
  cases: [{ name: 'a purchase order', topic: 'purchase-order', body: bytes(purchase), kind: 'order' }],
});
