import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as products from '../../shared/contracts/network/product-apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as returns from '../../shared/contracts/returns/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type WebhookReceiver, startWebhookReceiver } from '../sandboxes/webhook-receiver.ts';
import { type App, startApp } from '../testing/app.ts';
import { webhookSecret } from '../testing/shops.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';

let app: App;
let receiver: WebhookReceiver;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  receiver = await startWebhookReceiver({ secret: webhookSecret });
  app = await startApp();
  steps = stepsOf(app.api);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  await app.stop();
  await receiver.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
});

/** A tea shop: pots and cups in a warehouse, and a set of a pot and four cups. */
async function teaShop() {
  const { given } = steps;
  const [pool, pot, cup, set] = [unique('pool'), unique('POT'), unique('CUP'), unique('SET')];
  const location = await given.location(pool, '07102', 'warehouse');
  const channelId = await given.channel(pool, {
    type: 'webhook',
    endpoint: { kind: 'webhook', url: receiver.url },
    secrets: { signing: webhookSecret },
  });
  await given.stock(location, pot, 3);
  await given.stock(location, cup, 9);
  const components = [
    { sku: pot, quantity: 1, priceWeight: 3 },
    { sku: cup, quantity: 4, priceWeight: 1 },
  ];
  const put = (sku: string, body: object) => app.api(products.putProduct, { params: { sku }, body });
  mustSucceed(await put(set, { title: 'Tea set', components }));
  const available = async () =>
    mustSucceed(await app.api(stock.readAvailability, { params: { channelId, sku: set } })).available;
  const untilShown = (quantity: number) =>
    eventually(() => (receiver.shown(set) === quantity ? true : undefined), {
      what: `${quantity} of ${set} shown`,
      deadlineMs: 20_000,
    });
  return { pool, pot, cup, set, location, channelId, put, available, untilShown };
}

describe('a kit', () => {
  it('is sold as its components, routed, shipped, and refunded by the part', async () => {
    const { pot, cup, set, location, channelId, available, untilShown } = await teaShop();
    expect(await available()).toBe(2);
    await untilShown(2);

    const lines = [
      { sku: set, quantity: 1, unitPrice: usd(5000), tax: usd(401), externalLineId: '77' },
      { sku: cup, quantity: 1, unitPrice: usd(300) },
    ];
    const payments = [{ provider: 'recorded' as const, amount: usd(5701) }];
    const captured = mustSucceed(await steps.when.ordered(channelId, [], { lines, payments, total: usd(5701) }));
    const { orderId } = captured;
    expect(captured.lines).toMatchObject([
      { lineId: '1.1', sku: pot, quantity: 1, kit: { sku: set, lineId: '1', quantity: 1, perKit: 1 } },
      { lineId: '1.2', sku: cup, quantity: 4, kit: { sku: set, title: 'Tea set', perKit: 4 } },
      { lineId: '2', sku: cup, quantity: 1 },
    ]);
    expect(await available()).toBe(1);
    await untilShown(1);

    const [work] = await steps.then.fulfillmentOrders(orderId, 'RELEASED');
    await steps.when.shipped(work?.fulfillmentOrderId ?? '');
    const created = mustSucceed(
      await app.api(returns.createReturn, {
        params: { orderId },
        body: { location, lines: [{ lineId: '1.2', quantity: 2, reason: 'chipped' }] },
      }),
    );
    const params = { returnId: created.returnId };
    mustSucceed(await app.api(returns.receiveReturn, { params }));
    const judged = { lineId: '1.2', quantity: 2, disposition: 'restock' as const };
    mustSucceed(await app.api(returns.inspectReturn, { params, body: { lines: [judged] } }));
    await steps.then.settled(created.returnId);
    // Four cups are a quarter of the set's price and of its tax: 1250 + 100; two of them half of that.
    const order = await steps.then.order(orderId);
    expect(order.refunds).toMatchObject([{ amount: usd(675), state: 'succeeded' }]);
    expect(order.totalMinor).toBe(5701);
    expect((await steps.then.stock(cup)).pools).toMatchObject([{ ats: 6, reserved: 0 }]);
  });

  it('is refused when a component is short, and given back whole by a cancel', async () => {
    const { pot, cup, set, channelId, available } = await teaShop();
    const refused = await steps.when.ordered(channelId, [[set, 3]]);
    expect(refused).toMatchObject({
      ok: false,
      status: 409,
      problem: {
        code: 'insufficient-stock',
        short: [{ sku: cup, wanted: 12, left: 9 }],
        errors: [{ pointer: '/lines/0/quantity' }],
      },
    });
    const { orderId } = mustSucceed(await steps.when.ordered(channelId, [[set, 2]]));
    expect(await available()).toBe(0);
    const params = { orderId };
    mustSucceed(await app.api(orders.cancelOrder, { params, body: { reason: 'changed their mind' } }));
    for (const [sku, ats] of [
      [pot, 3],
      [cup, 9],
    ] as const)
      // prettier-ignore
      expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats, reserved: 0 }]);
    expect(await available()).toBe(2);
  });

  it('has no stock of its own and no kits in it; what is known of it can be read', async () => {
    const { cup, set, put } = await teaShop();
    expect(await put(cup, { components: [{ sku: set, quantity: 1 }] })).toMatchObject({
      ok: false,
      problem: { code: 'state-conflict', errors: [{ pointer: '/components' }] },
    });
    expect(await put(unique('BIG'), { components: [{ sku: set, quantity: 1 }] })).toMatchObject({
      ok: false,
      problem: { code: 'state-conflict', errors: [{ pointer: '/components/0/sku' }] },
    });
    expect(mustSucceed(await app.api(products.readProduct, { params: { sku: set } }))).toMatchObject({
      title: 'Tea set',
      version: 1,
      components: [{ priceWeight: 3 }, { sku: cup }],
    });
  });
});
