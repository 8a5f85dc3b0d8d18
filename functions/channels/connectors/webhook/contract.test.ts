import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WebhookReceiver, startWebhookReceiver } from '../../../../tests/sandboxes/webhook-receiver.ts';
import { connectionOf } from '../../fixtures/connection.ts';
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

describe('a test of the connection', () => {
  let receiver: WebhookReceiver;
  beforeAll(async () => void (receiver = await startWebhookReceiver({ secret: 'a-secret' })));
  afterAll(() => receiver.stop());
  const faulty = async (url?: string) => {
    const told = url === undefined ? channel : { ...channel, endpoint: { kind: 'webhook' as const, url } };
    const checks = await webhook.check?.(connectionOf(told));
    return checks?.filter(({ ok }) => !ok).map(({ name }) => name);
  };

  it('is good with an endpoint that answers, or none', async () => {
    expect(await faulty(receiver.url)).toEqual([]);
    expect(await faulty()).toEqual([]);
  });

  it('names an endpoint that does not answer', async () => {
    expect(await faulty('http://127.0.0.1:1')).toEqual(['endpoint']);
  });
});
