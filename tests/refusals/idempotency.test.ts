import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiInput, mustSucceed } from '../../shared/contracts/api-client.ts';
import { type ApiContract } from '../../shared/contracts/define-api.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as returns from '../../shared/contracts/returns/apis.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';
import { dumpOf } from '../testing/tables.ts';

let app: App;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  app = await startApp();
  steps = stepsOf(app.api);
});

afterAll(async () => {
  expect(mustSucceed(await app.api(auditStock))).toMatchObject({ holds: true, oversold: 0 });
  await app.stop();
});

async function shop() {
  const { given } = steps;
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const location = await given.location(pool, '02108');
  await given.stock(location, sku, 10);
  return { pool, sku, location, channelId: await given.channel(pool) };
}

/** Sends one call five times at once and once more after that, all under one key: every answer must be the first. */
async function repeated<C extends ApiContract>(contract: C, input: ApiInput<C>) {
  const key = unique('key');
  const call = () => app.api(contract, { ...input, key });
  const answers = [...(await Promise.all([call(), call(), call(), call(), call()])), await call()];
  const [first] = answers;
  expect(first).toMatchObject({ ok: true, status: contract.status });
  for (const answer of answers) expect(answer).toEqual(first);
  return key;
}

/** The same key with something else is refused. */
async function refusedAnew<C extends ApiContract>(contract: C, input: ApiInput<C>): Promise<void> {
  const answer = await app.api(contract, input);
  expect(answer).toMatchObject({
    status: 422,
    problem: { code: 'idempotency-key-reused', errors: [{ pointer: '#header/idempotency-key' }] },
  });
}

const orderOf = (channelId: string, sku: string, more: object = {}) => ({
  channelId,
  externalId: unique('external'),
  currency: 'USD',
  shipTo: { country: 'US', postalCode: '02108' },
  lines: [{ sku, quantity: 2, unitPrice: usd(1000) }],
  payments: [{ provider: 'recorded' as const, amount: usd(2000) }],
  ...more,
});

describe('done once however often it is asked, at once or one after the other:', () => {
  it('goods that come in, and counts that are corrected', async () => {
    const { sku, location } = await shop();
    const receipt = { location, reference: 'PO-2', lines: [{ sku, quantity: 5 }] };
    const received = await repeated(stock.receiveStock, { body: receipt });
    await refusedAnew(stock.receiveStock, { body: { ...receipt, reference: 'PO-3' }, key: received });
    const count = { location, reference: 'count', reason: 'found', lines: [{ sku, delta: -3 }] };
    const adjusted = await repeated(stock.adjustStock, { body: count });
    await refusedAnew(stock.adjustStock, { body: { ...count, lines: [{ sku, delta: -4 }] }, key: adjusted });
    expect((await steps.then.stock(sku)).positions).toMatchObject([{ onHand: 12, atf: 12 }]);
  });

  it('an order, by its key and by its external id', async () => {
    const { sku, channelId } = await shop();
    const body = orderOf(channelId, sku);
    const key = await repeated(orders.captureOrder, { body });
    await refusedAnew(orders.captureOrder, { body: orderOf(channelId, sku), key });
    await repeated(orders.captureOrder, { body });
    const other = await app.api(orders.captureOrder, { body: { ...body, note: 'other content' } });
    expect(other).toMatchObject({ status: 409, problem: { code: 'order-differs' } });
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 8 }]);
    const listed = mustSucceed(await app.api(orders.listOrders, { query: { channelId } }));
    expect(listed.orders).toHaveLength(1);
  });

  it('every answer of a location, and every step of a return', async () => {
    const { sku, location, channelId } = await shop();
    const { orderId } = mustSucceed(await app.api(orders.captureOrder, { body: orderOf(channelId, sku) }));
    const [part] = await steps.then.fulfillmentOrders(orderId, 'RELEASED');
    const params = { fulfillmentOrderId: part?.fulfillmentOrderId ?? '' };
    await repeated(fulfillment.acceptFulfillmentOrder, { params });
    await repeated(fulfillment.pickFulfillmentOrder, { params });
    await repeated(fulfillment.packFulfillmentOrder, { params });
    const body = { carrier: 'UPS', trackingNumber: '1Z999AA10123456784' };
    const key = await repeated(fulfillment.shipFulfillmentOrder, { params, body });
    await refusedAnew(fulfillment.shipFulfillmentOrder, { params, body: { ...body, carrier: 'DHL' }, key });
    await repeated(fulfillment.deliverFulfillmentOrder, { params });
    expect((await steps.then.stock(sku)).positions).toMatchObject([{ onHand: 8, allocated: 0, atf: 8 }]);

    const lines = [{ lineId: '1', quantity: 1, reason: 'too small' }];
    const back = await repeated(returns.createReturn, { params: { orderId }, body: { location, lines } });
    await refusedAnew(returns.createReturn, {
      params: { orderId },
      body: { location, lines: [{ lineId: '1', quantity: 2, reason: 'too small' }] },
      key: back,
    });
    const made = (await steps.then.order(orderId)).returns;
    expect(made).toHaveLength(1);
    const returnId = made[0]?.returnId ?? '';
    await repeated(returns.receiveReturn, { params: { returnId } });
    const judged = { lines: [{ lineId: '1', quantity: 1, disposition: 'restock' as const }] };
    await repeated(returns.inspectReturn, { params: { returnId }, body: judged });
    await eventually(
      async () => ((await steps.then.order(orderId)).refunds[0]?.['state'] === 'succeeded' ? true : undefined),
      { what: 'the refund', deadlineMs: 30_000 },
    );
    await app.twin.idle();
    expect((await steps.then.order(orderId)).refunds).toMatchObject([{ amount: usd(1000) }]);
    expect((await steps.then.stock(sku)).positions).toMatchObject([{ onHand: 9, atf: 9 }]);
  });

  it('a cancellation and a hold', async () => {
    const { sku, channelId } = await shop();
    const held = mustSucceed(
      await app.api(orders.captureOrder, { body: orderOf(channelId, sku, { holds: [{ reason: 'to be checked' }] }) }),
    );
    const params = { orderId: held.orderId };
    await repeated(orders.holdOrder, { params, body: { reason: 'fraud' } });
    expect((await steps.then.order(held.orderId)).holds).toHaveLength(2);
    await repeated(orders.releaseHold, { params: { ...params, holdId: 'hold_2' } });
    await repeated(orders.cancelOrder, { params, body: { reason: 'changed my mind' } });
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 10, reserved: 0 }]);
  });
});

describe('an order that does not add up is refused:', () => {
  it.each([
    ['currency-mismatch', '/currency', { currency: 'EUR' }],
    [
      'currency-mismatch',
      '/payments/0/amount/currency',
      { payments: [{ provider: 'recorded', amount: { amount: 2000, currency: 'EUR' } }] },
    ],
    ['total-mismatch', '/total/amount', { total: usd(1) }],
    ['invalid-request', '/payments', { payments: [{ provider: 'recorded', amount: usd(2001) }] }],
    [
      'invalid-request',
      '/lines/0/discount/amount',
      { lines: [{ sku: 'A', quantity: 1, unitPrice: usd(1), discount: usd(2) }], payments: [] },
    ],
    ['unknown-channel', '/channelId', { channelId: 'no-such-channel' }],
  ])('%s at %s', async (code, pointer, more) => {
    const { sku, channelId } = await shop();
    const answer = await app.api(orders.captureOrder, { body: orderOf(channelId, sku, more) });
    expect(answer).toMatchObject({ status: 422, problem: { code } });
    const named = answer.ok ? [] : (answer.problem.errors ?? []).map((error) => error.pointer);
    expect(named).toContain(pointer);
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 10, reserved: 0 }]);
  });
});

describe('a webhook', () => {
  const secret = 'a-secret-of-the-shop';
  const sign = (id: string, at: Date, body: string) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(Buffer.from(secret), { format: 'raw' }).sign(id, at, body),
    'content-type': 'application/json',
  });
  const post = async (channelId: string, headers: Record<string, string>, body: string) => {
    const response = await fetch(`${app.url}/webhooks/${channelId}`, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as object };
  };

  async function webhookShop() {
    const { pool, sku } = await shop();
    const channelId = unique('hooks');
    const body = { name: channelId, type: 'webhook', pool, currency: 'USD', secrets: { signing: secret } } as const;
    mustSucceed(await app.api(network.putChannel, { params: { channelId }, body }));
    return { channelId, sku };
  }

  it('that comes again is taken in once', async () => {
    const { channelId, sku } = await webhookShop();
    const body = JSON.stringify(orderOf(channelId, sku));
    const [id, at] = [unique('msg'), new Date()];
    const deliver = () => post(channelId, sign(id, at, body), body);
    const answers = [...(await Promise.all([deliver(), deliver(), deliver()])), await deliver()];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(
      answers.filter(({ body: { duplicate } }: { body: { duplicate?: boolean } }) => duplicate === false),
    ).toHaveLength(1);
    await eventually(
      async () => {
        const [pool] = (await steps.then.stock(sku)).pools;
        return pool?.ats === 8 ? true : undefined;
      },
      { what: 'the order of the webhook', deadlineMs: 30_000 },
    );
    await app.twin.idle();
    expect(mustSucceed(await app.api(orders.listOrders, { query: { channelId } })).orders).toHaveLength(1);
    expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 8 }]);
  });

  it('that is forged, altered, too old or too new is refused, and nothing of it is kept', async () => {
    const { channelId, sku } = await webhookShop();
    await app.twin.idle();
    const before = await dumpOf(app.twin.dynamoDbUrl);
    const body = JSON.stringify(orderOf(channelId, sku));
    const [now, minutes] = [Date.now(), 60_000];
    const good = sign('a', new Date(now), body);
    const forged = [
      await post(channelId, { ...good, 'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }, body),
      await post(channelId, good, body.replace('"USD"', '"EUR"')),
      await post(channelId, { ...good, 'webhook-id': 'b' }, body),
      await post(channelId, sign('a', new Date(now - 6 * minutes), body), body),
      await post(channelId, sign('a', new Date(now + 6 * minutes), body), body),
    ];
    for (const answer of forged) expect(answer).toMatchObject({ status: 401, body: { code: 'invalid-signature' } });
    expect(await dumpOf(app.twin.dynamoDbUrl)).toEqual(before);
  });
});
