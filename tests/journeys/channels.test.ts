import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as channels from '../../shared/contracts/channels/apis.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type App, startApp } from '../testing/app.ts';
import { bigId, deliveriesTo, receiptOf, shopifyOrderText } from '../testing/deliveries.ts';
import { atMost } from '../../shared/kernel/at-most.ts';
import { type Shops, openMarket, startShops } from '../testing/shops.ts';
import { stepsOf, usd } from '../testing/steps.ts';
import { dumpOf } from '../testing/tables.ts';

let shops: Shops;
let app: App;
let steps: ReturnType<typeof stepsOf>;
let deliver: ReturnType<typeof deliveriesTo>;

beforeAll(async () => {
  shops = await startShops();
  app = await startApp({ redeliverySeconds: 4 });
  steps = stepsOf(app.api);
  deliver = deliveriesTo(app.url);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  await app.stop();
  await shops.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
  expect(shops.offenses(), 'calls that are not as the contract has them').toEqual([]);
});

/** A market whose location has some units. */
async function market(quantity: number, buffers?: { readonly shopify: number; readonly webhook: number }) {
  const at = await openMarket(app, steps, shops, buffers);
  await at.receive(quantity);
  return at;
}

const ordersOf = async (channelId: string) =>
  mustSucceed(await app.api(orders.listOrders, { query: { channelId } })).orders;

/** The one order of a channel, once there is one. */
const theOrderOf = (channelId: string) =>
  eventually(
    async () => {
      const [first] = await ordersOf(channelId);
      return first && steps.then.order(first.orderId);
    },
    { what: `an order of ${channelId}`, deadlineMs: 20_000 },
  );

const quarantineOf = async (channelId: string) =>
  mustSucceed(await app.api(channels.listQuarantine, { params: { channelId } })).messages;

/** Everything that followed has happened, and there is one order, and two of seven units are with their location. */
async function expectOneOrderOfTwo(channelId: string, sku: string) {
  await app.twin.idle();
  const [only, ...others] = await ordersOf(channelId);
  expect(others).toEqual([]);
  await steps.then.fulfillmentOrders(only?.orderId ?? '', 'RELEASED');
  expect((await steps.then.stock(sku)).pools).toMatchObject([{ ats: 5, reserved: 0 }]);
}

/** What a channel is to show, as it is recorded. */
const wantedOf = async (channelId: string, sku: string): Promise<number | undefined> =>
  mustSucceed(await app.api(network.readListing, { params: { channelId, sku } })).wanted;

describe('a delivery', () => {
  it('of Shopify is captured once, to the digit, however often it comes', async () => {
    const { sku, shop, list } = await market(7);
    const [id, variantId] = [bigId(), bigId()];
    await list({ variantId });
    const body = shopifyOrderText(id, variantId, 2);

    const answers = await Promise.all(['w1', 'w1', 'w1'].map((webhookId) => deliver.shopify(shop, body, webhookId)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const receipts = await Promise.all(answers.map(receiptOf));
    expect(new Set(receipts.map(({ inboxId }) => inboxId)).size).toBe(1);
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);

    expect(await theOrderOf(shop)).toMatchObject({
      externalId: id,
      totalMinor: 4500,
      paymentStatus: 'paid',
      lines: [{ sku, quantity: 2, externalLineId: `${id}7` }],
    });
    // Later, and under another delivery id: the same order, and no more stock.
    expect(await receiptOf(await deliver.shopify(shop, body, 'w1'))).toMatchObject({ duplicate: true });
    expect(await receiptOf(await deliver.shopify(shop, body, 'w2'))).toMatchObject({ duplicate: false });
    await expectOneOrderOfTwo(shop, sku);
  });

  it('of a shop that signs Standard Webhooks likewise', async () => {
    const { sku, other } = await market(7);
    const externalId = bigId();
    const order = {
      externalId,
      currency: 'USD',
      shipTo: { country: 'US', postalCode: '02108' },
      lines: [{ sku, quantity: 2, unitPrice: usd(1000), externalLineId: `${externalId}7` }],
      payments: [{ provider: 'recorded', amount: usd(2000) }],
    };
    const answers = await Promise.all(['m1', 'm1', 'm1', 'm2'].map((id) => deliver.signed(other, order, id)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(await theOrderOf(other)).toMatchObject({ externalId, lines: [{ externalLineId: `${externalId}7` }] });
    await expectOneOrderOfTwo(other, sku);
  });

  it('with a bad signature, or to no channel, leaves no trace', async () => {
    const { shop, other, pool } = await market(1);
    const silent = await steps.given.channel(pool);
    await app.twin.idle();
    const before = await dumpOf(app.twin.dynamoDbUrl);
    const body = shopifyOrderText(bigId(), bigId());
    const refused = await Promise.all([
      deliver.shopify(shop, body, 'w1', 'another secret'),
      deliver.shopify(shop, body, 'w1', ''),
      deliver.shopify(other, body, 'w1'),
      deliver.shopify(silent, body, 'w1'),
      deliver.shopify('nowhere', body, 'w1'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 404, 404]);
    for (const answer of refused) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    await app.twin.idle();
    expect(await dumpOf(app.twin.dynamoDbUrl)).toEqual(before);
  });

  it('that names no SKU of ours waits with its remedy, and is captured once that was done', async () => {
    const { sku, shop, list } = await market(7);
    const [id, variantId] = [bigId(), bigId()];
    const { inboxId } = await receiptOf(await deliver.shopify(shop, shopifyOrderText(id, variantId), 'w1'));
    const waiting = await eventually(async () => (await quarantineOf(shop))[0], { what: 'the quarantine' });
    expect(waiting).toMatchObject({ inboxId, state: 'QUARANTINED', topic: 'orders/create' });
    expect(waiting).toMatchObject({ code: 'unknown-sku' });
    expect(waiting.reason).toContain(
      `PUT /v1/channels/${shop}/listings/{sku} with variantId "${variantId}" for the SKU of yours that it is, then retry`,
    );
    expect(await ordersOf(shop)).toEqual([]);

    await list({ variantId });
    // By hand, unless the schedule was first.
    await app.api(channels.retryWebhook, { params: { inboxId } });
    expect(await theOrderOf(shop)).toMatchObject({ externalId: id, lines: [{ sku, quantity: 1 }] });
    expect(await quarantineOf(shop)).toEqual([]);
    const again = await app.api(channels.retryWebhook, { params: { inboxId } });
    expect(again).toMatchObject({ status: 409, problem: { code: 'state-conflict' } });
  });

  it('of more than there is becomes a backorder, which is filled when stock comes', async () => {
    const at = await market(2);
    const variantId = bigId();
    await at.list({ variantId });
    await deliver.shopify(at.shop, shopifyOrderText(bigId(), variantId, 3), 'w1');
    const order = await theOrderOf(at.shop);
    expect(order).toMatchObject({ status: 'BACKORDERED', lines: [{ units: { backordered: 3, reserved: 0 } }] });
    await at.untilShown({ shopify: 2, webhook: 2 });
    await at.receive(2);
    await steps.then.fulfillmentOrders(order.orderId, 'RELEASED');
    await at.untilShown({ shopify: 1, webhook: 1 });
  });
});

describe('what can be sold', () => {
  it('reaches every channel after each thing that changes it, less its buffer and never below zero', async () => {
    const { given, when, then } = steps;
    const at = await market(7, { shopify: 1, webhook: 2 });
    await at.untilShown({ shopify: 6, webhook: 5 });
    const { orderId } = mustSucceed(await when.ordered(at.other, [[at.sku, 2]]));
    await at.untilShown({ shopify: 4, webhook: 3 });

    // The location does not find the two, so they are not sold any more; another location sends two of its own.
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    const elsewhere = await given.location(at.pool, '07102', 'warehouse');
    await given.stock(elsewhere, at.sku, 3);
    await at.untilShown({ shopify: 7, webhook: 6 });
    const params = { fulfillmentOrderId: part?.fulfillmentOrderId ?? '' };
    mustSucceed(await app.api(fulfillment.rejectFulfillmentOrder, { params, body: { reason: 'not-found' } }));
    await at.untilShown({ shopify: 5, webhook: 4 });

    const [again] = await then.fulfillmentOrders(orderId, 'RELEASED');
    await when.shipped(again?.fulfillmentOrderId ?? '');
    await then.settled(await when.returned(orderId, elsewhere, { restock: 1, damaged: 1 }));
    await at.untilShown({ shopify: 6, webhook: 5 });

    // A third channel without a buffer sells the last one: what the others would show is below zero.
    mustSucceed(await when.ordered(await given.channel(at.pool), [[at.sku, 7]]));
    await at.untilShown({ shopify: 0, webhook: 0 });
    expect((await then.stock(at.sku)).pools).toMatchObject([{ ats: 0 }]);
  });

  it('is told to a channel that was down as it is now, not as it was', async () => {
    const { shopify, receiver } = shops;
    const at = await market(5);
    await at.untilShown({ shopify: 5, webhook: 5 });
    const told = { calls: at.calls().length, taken: at.taken().length };
    for (const shop of [shopify, receiver]) shop.fail(1000);
    const failed = { shopify: shopify.failed.count, receiver: receiver.failed.count };
    await at.adjust(1);
    const tried = () => shopify.failed.count > failed.shopify && receiver.failed.count > failed.receiver;
    await eventually(() => tried() || undefined, { what: 'calls that fail', deadlineMs: 30_000 });
    // A channel that fails is tried less and less: what happens meanwhile is only recorded.
    for (const delta of [1, -3]) await at.adjust(delta);
    for (const channelId of [at.shop, at.other])
      await eventually(async () => (await wantedOf(channelId, at.sku)) === 4 || undefined, {
        what: 'what is recorded',
      });
    expect(at.shown()).toEqual({ shopify: 5, webhook: 5 });
    for (const shop of [shopify, receiver]) shop.fail(0);
    // Nothing more happens to the SKU: what failed comes again by itself.
    await at.untilShown({ shopify: 4, webhook: 4 });
    await app.twin.idle();
    expect(at.calls()).toHaveLength(told.calls + 1);
    expect(at.taken().slice(told.taken)).toEqual([4]);
  });

  it('is set right at Shopify where somebody else changed it, also while it throttles', async () => {
    const at = await market(5);
    await at.untilShown({ shopify: 5, webhook: 5 });
    const before = at.calls().length;
    at.tamper(99);
    shops.shopify.throttle(1);
    await at.receive(3);
    await at.untilShown({ shopify: 8, webhook: 8 });
    expect(at.calls().slice(before)).toMatchObject([
      { outcome: 'throttled' },
      { outcome: { userErrors: [{ code: 'CHANGE_FROM_QUANTITY_STALE' }] } },
      { outcome: { userErrors: [] } },
    ]);
  });

  it('costs a channel fewer calls than it changes, and ends at the last quantity', async () => {
    const { shopify, receiver } = shops;
    const at = await market(50, { shopify: 0, webhook: 3 });
    await at.untilShown({ shopify: 50, webhook: 47 });
    const told = { calls: at.calls().length, taken: at.taken().length };
    // Slow shops: half of the changes come while the first calls are on their way.
    let underWay = 0;
    for (const shop of [shopify, receiver]) shop.delay(() => ((underWay += 1), 700));
    const deltas = Array.from({ length: 25 }, (_, index) => (index % 5 === 0 ? -3 : 1));
    await atMost(4, deltas, at.adjust);
    await eventually(() => underWay >= 2 || undefined, { what: 'calls on their way' });
    await atMost(4, deltas, at.adjust);
    await at.untilShown({ shopify: 60, webhook: 57 });
    await app.twin.idle();
    for (const shop of [shopify, receiver]) shop.delay(() => 0);
    expect(at.taken().at(-1)).toBe(57);
    for (const cost of [at.calls().length - told.calls, at.taken().length - told.taken]) {
      expect(cost).toBeGreaterThan(1);
      expect(cost).toBeLessThan(25);
    }
    const params = { channelId: at.shop, sku: at.sku };
    expect(mustSucceed(await app.api(network.readListing, { params }))).toMatchObject({ wanted: 60, published: 60 });
  });
});
