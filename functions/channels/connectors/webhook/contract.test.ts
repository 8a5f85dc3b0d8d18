import { channelOf } from '../../fixtures/world.ts';
import { connectorContract } from '../../testing/connector-contract.ts';
import { webhook } from './connector.ts';
import { signed } from './signature.ts';

const channel = channelOf({ channelId: 'partner', type: 'webhook' });
const usd = (amount: number) => ({ amount, currency: 'USD' });
const line = {
  externalLineId: '820982911946154508',
  sku: 'MUG',
  quantity: 3,
  unitPrice: usd(450),
  discount: usd(50),
  tax: usd(77),
};
const order = {
  externalId: '9007199254740993',
  currency: 'USD',
  shipTo: { country: 'US' },
  lines: [line],
  shipping: { price: usd(500), tax: usd(40) },
  charges: [{ kind: 'tip', price: usd(100) }],
  channelTotal: usd(2017),
};
const bodyOf = (value: unknown) => Buffer.from(JSON.stringify(value));

connectorContract({
  connector: webhook,
  channel,
  cases: [
    { name: 'an order', topic: 'orders/create', body: bodyOf(order), kind: 'order' },
    { name: 'a snapshot', topic: 'orders/create', body: bodyOf({ asOf: '3', state: 'closed', order }), kind: 'order' },
    { name: 'a change', topic: 'orders/create', body: bodyOf({ kind: 'cancel', externalId: 'P-1' }), kind: 'change' },
  ],
  sign: (body, { secret, at }) => ({ headers: signed(secret, 'msg_1', at, body.toString()) }),
  expiresAfterSeconds: 300,
});
