import { signedHeaders } from '../../../../tests/sandboxes/walmart.ts';
import { channelOf } from '../../fixtures/world.ts';
import { type ContractCase, connectorContract } from '../../testing/connector-contract.ts';
import { walmart } from './connector.ts';
import { created, refunded, split, walmartOrder, walmartReturn } from './fixtures/orders.ts';

const channel = channelOf({ channelId: 'walmart-us', type: 'walmart' });
const of = (name: string, kind: ContractCase['kind'], json: unknown): ContractCase => ({
  name,
  topic: 'order',
  kind,
  body: Buffer.from(JSON.stringify(json)),
});

connectorContract({
  connector: walmart,
  channel,
  cases: [
    of('an event', 'ignored', created),
    of('an order', 'order', { order: walmartOrder }),
    of('an order with units in three states', 'order', split),
    of('an order with a refund', 'order', refunded),
    of('a return that is refunded', 'change', { returnOrders: [walmartReturn(2)] }),
    of('a call of a seller', 'ignored', { orderCancellation: { orderLines: {} } }),
  ],
  sign: (body, { secret, at }) => ({ headers: signedHeaders(body, { path: '/webhooks/walmart-us', secret, at }) }),
  expiresAfterSeconds: 300,
});
