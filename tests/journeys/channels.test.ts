import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shopifyLine, shopifyOrderBody } from '../../functions/channels/fixtures/shopify-order.ts';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as channels from '../../shared/contracts/channels/apis.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import {
  type ShopifyCall,
  type ShopifySandbox,
  sendShopifyWebhook,
  startShopifySandbox,
} from '../sandboxes/shopify.ts';
import { type WebhookReceiver, startWebhookReceiver } from '../sandboxes/webhook-receiver.ts';
import { type App, startApp } from '../testing/app.ts';
import { atMost } from '../testing/http.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';
import { dumpOf } from '../testing/tables.ts';

const shopifySecret = 'shpss_0123456789abcdef';
const accessToken = 'shpat_0123456789abcdef';
const webhookSecret = `whsec_${Buffer.from('a secret of 24 bytes or more').toString('base64')}`;
const locationId = '7001';

let shopify: ShopifySandbox;
let receiver: WebhookReceiver;
let app: App;
let steps: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  shopify = await startShopifySandbox({ accessToken });
  receiver = await startWebhookReceiver({ secret: webhookSecret });
  app = await startApp({ redeliverySeconds: 4 });
  steps = stepsOf(app.api);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  await app.stop();
  await Promise.all([shopify.stop(), receiver.stop()]);
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
  expect(shopify.calls.flatMap(offensesOf), 'what Shopify does not take').toEqual([]);
  expect(receiver.refused.count, 'signatures that are not good').toBe(0);
});

/** What is wrong with a call; a quantity that somebody else changed is not. */
const offensesOf = ({ outcome }: ShopifyCall): string[] => {
  if (outcome === 'throttled') return [];
  if (outcome.kind === 'error') return [outcome.message];
  return outcome.userErrors.map(({ code }) => code).filter((code) => code !== 'CHANGE_FROM_QUANTITY_STALE');
};

const channelOf = {
  shopify: (buffer = 0) =>
    ({
      type: 'shopify',
      buffer,
      onShortage: 'backorder',
      endpoint: { kind: 'shopify', url: shopify.url, locationId },
      secrets: { signing: shopifySecret, accessToken },
    }) as const,
  webhook: (buffer = 0) =>
    ({
      type: 'webhook',
      buffer,
      onShortage: 'backorder',
      endpoint: { kind: 'webhook', url: receiver.url },
      secrets: { signing: webhookSecret },
    }) as const,
};

/** A pool with one location that both a Shopify shop and somebody's own shop sell from. */
async function market(buffers: { readonly shopify?: number; readonly webhook?: number } = {}) {
  const { given } = steps;
  const [pool, sku] = [unique('pool'), unique('SKU')];
  const location = await given.location(pool, '02108');
  const [shop, other] = [
    await given.channel(pool, channelOf.shopify(buffers.shopify)),
    await given.channel(pool, channelOf.webhook(buffers.webhook)),
  ];
  const inventoryItemId = unique('').replace(/\D/g, '');
  shopify.inventory.stock(itemGid(inventoryItemId), locationGid, 0);
  const list = (ids: { readonly variantId?: string; readonly inventoryItemId?: string }, channelId = shop) =>
    app.api(network.putListing, { params: { channelId, sku }, body: ids }).then(mustSucceed);
  await list({ inventoryItemId });
  return { pool, sku, location, shop, other, inventoryItemId, list };
}

const itemGid = (id: string) => `gid://shopify/InventoryItem/${id}`;
const locationGid = `gid://shopify/Location/${locationId}`;
type Market = Awaited<ReturnType<typeof market>>;

/** What both shops show of the SKU. */
const shown = ({ inventoryItemId, sku }: Pick<Market, 'inventoryItemId' | 'sku'>) => ({
  shopify: shopify.inventory.available(itemGid(inventoryItemId), locationGid),
  webhook: receiver.shown(sku),
});

const untilShown = (at: Market, wanted: ReturnType<typeof shown>) =>
  eventually(() => (JSON.stringify(shown(at)) === JSON.stringify(wanted) ? true : undefined), {
    what: `${at.sku} at ${JSON.stringify(wanted)}`,
    deadlineMs: 20_000,
  }).catch((cause: unknown) => {
    throw new Error(`the shops show ${JSON.stringify(shown(at))} of ${at.sku}`, { cause });
  });

/** Calls about one item that Shopify got. */
const callsAbout = (inventoryItemId: string) =>
  shopify.calls.filter(({ variables }) => JSON.stringify(variables).includes(`"${itemGid(inventoryItemId)}"`));
/** Quantities of one SKU that the other shop took, in order of arrival. */
const takenOf = (sku: string) =>
  receiver.taken.flatMap(({ quantities }) =>
    quantities.filter((one) => one.sku === sku).map(({ quantity }) => quantity),
  );

const receive = (location: string, sku: string, quantity: number) => steps.given.stock(location, sku, quantity);
const adjust = async (location: string, sku: string, delta: number) =>
  mustSucceed(
    await app.api(stock.adjustStock, {
      body: { location, reference: unique('count'), reason: 'recount', lines: [{ sku, delta }] },
    }),
  );

/** A Shopify order of some units of what is listed under a variant, as the body of its webhook. */
const shopifyBody = (id: string, variant: string, quantity = 1) => {
  const total = `${quantity * 20 + 5}.00`;
  const money = { amount: total, currency_code: 'USD' };
  const body = shopifyOrderBody({
    id: '@order@',
    total_price: total,
    total_price_set: { shop_money: money, presentment_money: money },
    line_items: [{ ...shopifyLine({ sku: '', quantity }), id: '@line@', variant_id: '@variant@' }],
  });
  // Numbers beyond 2^53, as Shopify writes them: no JSON library of JavaScript would.
  const numbers = { '"@order@"': id, '"@line@"': `${id}7`, '"@variant@"': variant };
  return Object.entries(numbers).reduce((text, [mark, digits]) => text.replace(mark, digits), JSON.stringify(body));
};

const deliver = (channelId: string, body: string, webhookId?: string, secret = shopifySecret) =>
  sendShopifyWebhook({ url: app.url, channelId, secret }, body, webhookId === undefined ? {} : { webhookId });

/** Delivers an order of the webhook channel, signed by Standard Webhooks' own library. */
async function deliverSigned(channelId: string, id: string, order: object) {
  const [at, body] = [new Date(), JSON.stringify(order)];
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(webhookSecret).sign(id, at, body),
  };
  return fetch(`${app.url}/webhooks/${channelId}`, { method: 'POST', headers, body });
}

const ordersOf = async (channelId: string) =>
  mustSucceed(await app.api(orders.listOrders, { query: { channelId } })).orders;

/** The one order of a channel, once there is one. */
const theOrderOf = (channelId: string) =>
  eventually(
    async () => {
      const [first, ...others] = await ordersOf(channelId);
      expect(others).toEqual([]);
      return first && steps.then.order(first.orderId);
    },
    { what: `an order of ${channelId}`, deadlineMs: 20_000 },
  );

const quarantineOf = async (channelId: string) =>
  mustSucceed(await app.api(channels.listQuarantine, { params: { channelId } })).messages;

const big = () => `8209829119461545${unique('').replace(/\D/g, '').slice(-9)}`;

describe('a delivery', () => {
  it('of Shopify is captured once, to the digit, however often it comes', async () => {
    const { then } = steps;
    const { sku, shop, location, list, inventoryItemId } = await market();
    await receive(location, sku, 7);
    const [id, variant] = [big(), big()];
    await list({ variantId: variant, inventoryItemId });
    const body = shopifyBody(id, variant, 2);

    const answers = await Promise.all(['w1', 'w1', 'w1'].map((webhookId) => deliver(shop, body, webhookId)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const receipts = (await Promise.all(answers.map((answer) => answer.json()))) as {
      inboxId: string;
      duplicate: boolean;
    }[];
    expect(new Set(receipts.map(({ inboxId }) => inboxId)).size).toBe(1);
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);

    const order = await theOrderOf(shop);
    expect(order).toMatchObject({
      externalId: id,
      totalMinor: 4500,
      paymentStatus: 'paid',
      lines: [{ sku, quantity: 2, externalLineId: `${id}7` }],
    });
    // Later, and under another delivery id: the same order, and no more stock.
    expect((await deliver(shop, body, 'w1')).status).toBe(202);
    expect((await deliver(shop, body, 'w2')).status).toBe(202);
    await then.fulfillmentOrders(order.orderId, 'RELEASED');
    await app.twin.idle();
    expect(await ordersOf(shop)).toHaveLength(1);
    expect((await then.stock(sku)).pools).toMatchObject([{ ats: 5, reserved: 0 }]);
  });

  it('of a shop that signs Standard Webhooks likewise', async () => {
    const { then } = steps;
    const { sku, other, location } = await market();
    await receive(location, sku, 7);
    const externalId = big();
    const order = {
      externalId,
      currency: 'USD',
      shipTo: { country: 'US', postalCode: '02108' },
      lines: [{ sku, quantity: 2, unitPrice: usd(1000), externalLineId: `${externalId}7` }],
      payments: [{ provider: 'recorded', amount: usd(2000) }],
    };
    const answers = await Promise.all(['m1', 'm1', 'm1', 'm2'].map((id) => deliverSigned(other, id, order)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    const { orderId, ...captured } = await theOrderOf(other);
    expect(captured).toMatchObject({ externalId, lines: [{ externalLineId: `${externalId}7` }] });
    await then.fulfillmentOrders(orderId, 'RELEASED');
    await app.twin.idle();
    expect(await ordersOf(other)).toHaveLength(1);
    expect((await then.stock(sku)).pools).toMatchObject([{ ats: 5, reserved: 0 }]);
  });

  it('with a bad signature, or to no channel, leaves no trace', async () => {
    const { given } = steps;
    const { shop, other, pool } = await market();
    const silent = await given.channel(pool);
    await app.twin.idle();
    const before = await dumpOf(app.twin.dynamoDbUrl);
    const body = shopifyBody(big(), big());
    const refused = await Promise.all([
      deliver(shop, body, 'w1', 'another secret'),
      deliver(shop, body, 'w1', ''),
      deliver(other, body, 'w1'),
      deliver(silent, body, 'w1'),
      deliver('nowhere', body, 'w1'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 404, 404]);
    for (const answer of refused) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    await app.twin.idle();
    expect(await dumpOf(app.twin.dynamoDbUrl)).toEqual(before);
  });

  it('that names no SKU of ours waits with its remedy, and is captured once that was done', async () => {
    const { sku, shop, location, list } = await market();
    await receive(location, sku, 7);
    const [id, variant] = [big(), big()];
    const receipt = (await (await deliver(shop, shopifyBody(id, variant))).json()) as { readonly inboxId: string };
    const [waiting] = await eventually(
      async () => {
        const found = await quarantineOf(shop);
        return found.length > 0 ? found : undefined;
      },
      { what: 'the quarantine', deadlineMs: 20_000 },
    );
    expect(waiting).toMatchObject({ inboxId: receipt.inboxId, state: 'QUARANTINED', topic: 'orders/create' });
    expect(waiting?.reason).toContain(`No SKU is listed for variant ${variant}`);
    expect(waiting?.reason).toContain(
      `PUT /v1/channels/${shop}/listings/{sku} with variantId "${variant}", then retry`,
    );
    expect(await ordersOf(shop)).toEqual([]);

    await list({ variantId: variant });
    const params = { inboxId: receipt.inboxId };
    mustSucceed(await app.api(channels.retryWebhook, { params }));
    expect(await theOrderOf(shop)).toMatchObject({ externalId: id, lines: [{ sku, quantity: 1 }] });
    expect(await quarantineOf(shop)).toEqual([]);
    const again = await app.api(channels.retryWebhook, { params });
    expect(again).toMatchObject({ status: 409, problem: { code: 'state-conflict' } });
  });

  it('that a channel sold without stock is a backorder, and the shops show nothing', async () => {
    const { then } = steps;
    const at = await market();
    await receive(at.location, at.sku, 2);
    await untilShown(at, { shopify: 2, webhook: 2 });
    const variant = big();
    await at.list({ variantId: variant, inventoryItemId: at.inventoryItemId });
    await deliver(at.shop, shopifyBody(big(), variant, 3));
    const order = await theOrderOf(at.shop);
    expect(order).toMatchObject({ status: 'BACKORDERED', lines: [{ units: { backordered: 3, reserved: 0 } }] });
    await receive(at.location, at.sku, 2);
    await then.fulfillmentOrders(order.orderId, 'RELEASED');
    await untilShown(at, { shopify: 1, webhook: 1 });
  });
});

describe('what can be sold', () => {
  it('reaches every channel after each thing that changes it, less its buffer and never below zero', async () => {
    const { given, when, then } = steps;
    const at = await market({ shopify: 1, webhook: 2 });
    const { sku, pool, location, other } = at;
    await receive(location, sku, 7);
    await untilShown(at, { shopify: 6, webhook: 5 });

    const { orderId } = mustSucceed(await when.ordered(other, [[sku, 2]]));
    await untilShown(at, { shopify: 4, webhook: 3 });

    // The location cannot find the two, and has none that it can promise any more; another one sends them.
    const [part] = await then.fulfillmentOrders(orderId, 'RELEASED');
    const elsewhere = await given.location(pool, '07102', 'warehouse');
    await receive(elsewhere, sku, 3);
    await untilShown(at, { shopify: 7, webhook: 6 });
    const params = { fulfillmentOrderId: part?.fulfillmentOrderId ?? '' };
    mustSucceed(await app.api(fulfillment.rejectFulfillmentOrder, { params, body: { reason: 'not-found' } }));
    const sellable = (await then.stock(sku)).pools[0]?.ats ?? Number.NaN;
    expect(sellable).toBeLessThan(8);
    await untilShown(at, { shopify: Math.max(0, sellable - 1), webhook: Math.max(0, sellable - 2) });

    const [again] = await then.fulfillmentOrders(orderId, 'RELEASED');
    await when.shipped(again?.fulfillmentOrderId ?? '');
    await then.settled(await when.returned(orderId, elsewhere, { restock: 1, damaged: 1 }));
    await untilShown(at, { shopify: sellable, webhook: sellable - 1 });

    // A third channel without a buffer sells the last one: what the others would show is below zero.
    const third = await given.channel(pool);
    mustSucceed(await when.ordered(third, [[sku, sellable + 1]]));
    expect((await then.stock(sku)).pools).toMatchObject([{ ats: 0 }]);
    await untilShown(at, { shopify: 0, webhook: 0 });
    const { published, wanted } = mustSucceed(
      await app.api(network.readListing, { params: { channelId: other, sku } }),
    );
    expect({ published, wanted }).toEqual({ published: 0, wanted: 0 });
  });

  it('is told to a channel that was down as it is now, not as it was', async () => {
    const at = await market();
    await receive(at.location, at.sku, 5);
    await untilShown(at, { shopify: 5, webhook: 5 });
    const [before, takenBefore] = [callsAbout(at.inventoryItemId).length, takenOf(at.sku).length];
    shopify.fail(1000);
    receiver.fail(1000);
    for (const delta of [1, 1, -3]) {
      await adjust(at.location, at.sku, delta);
      await app.twin.idle();
    }
    expect(shown(at)).toEqual({ shopify: 5, webhook: 5 });
    shopify.fail(0);
    receiver.fail(0);
    // Nothing more happens to the SKU: what failed comes again by itself.
    await untilShown(at, { shopify: 4, webhook: 4 });
    await app.twin.idle();
    expect(callsAbout(at.inventoryItemId)).toHaveLength(before + 1);
    expect(takenOf(at.sku).slice(takenBefore)).toEqual([4]);
  });

  it('is set right at Shopify where somebody else changed it', async () => {
    const at = await market();
    await receive(at.location, at.sku, 5);
    await untilShown(at, { shopify: 5, webhook: 5 });
    shopify.inventory.stock(itemGid(at.inventoryItemId), locationGid, 99);
    const before = callsAbout(at.inventoryItemId).length;
    await receive(at.location, at.sku, 3);
    await untilShown(at, { shopify: 8, webhook: 8 });
    expect(callsAbout(at.inventoryItemId).slice(before)).toMatchObject([
      { outcome: { userErrors: [{ code: 'CHANGE_FROM_QUANTITY_STALE' }] } },
      { outcome: { userErrors: [] } },
    ]);
  });

  it('costs a channel fewer calls than it changes, and ends at the last quantity', async () => {
    const at = await market({ webhook: 3 });
    await receive(at.location, at.sku, 50);
    await untilShown(at, { shopify: 50, webhook: 47 });
    const [before, takenBefore] = [callsAbout(at.inventoryItemId).length, takenOf(at.sku).length];
    // Slow shops: changes come while a call is on its way.
    for (const shop of [shopify, receiver]) shop.delay(() => 30);
    const deltas = Array.from({ length: 50 }, (_, index) => (index % 5 === 0 ? -3 : 1));
    await atMost(10, deltas, (delta) => adjust(at.location, at.sku, delta));
    await untilShown(at, { shopify: 60, webhook: 57 });
    await app.twin.idle();
    for (const shop of [shopify, receiver]) shop.delay(() => 0);
    const costs = {
      shopify: callsAbout(at.inventoryItemId).length - before,
      webhook: takenOf(at.sku).length - takenBefore,
    };
    expect(costs.shopify).toBeLessThan(25);
    expect(costs.webhook).toBeLessThan(25);
    expect(shown(at)).toEqual({ shopify: 60, webhook: 57 });
    expect(takenOf(at.sku).at(-1)).toBe(57);
    const listing = await app.api(network.readListing, { params: { channelId: at.shop, sku: at.sku } });
    expect(mustSucceed(listing)).toMatchObject({ wanted: 60, published: 60 });
  });
});
