import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as channels from '../../shared/contracts/channels/apis.ts';
import { pauseChannel } from '../../shared/contracts/channels/management-apis.ts';
import * as quarantine from '../../shared/contracts/channels/quarantine-apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as listings from '../../shared/contracts/network/listing-apis.ts';
import { putProduct } from '../../shared/contracts/network/product-apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { shopifyOrderBody } from '../../functions/channels/fixtures/shopify-order.ts';
import { shopifyHeaders } from '../sandboxes/shopify.ts';
import { type App, startApp } from '../testing/app.ts';
import { bigId, deliveriesTo, receiptOf, shopifyOrderText } from '../testing/deliveries.ts';
import { closedShop, shopifySecret, webhookSecret } from '../testing/shops.ts';
import { stepsOf, unique, usd } from '../testing/steps.ts';

let app: App;
let steps: ReturnType<typeof stepsOf>;
let deliver: ReturnType<typeof deliveriesTo>;

beforeAll(async () => {
  app = await startApp({ redeliverySeconds: 4 });
  steps = stepsOf(app.api);
  deliver = deliveriesTo(app.url);
});

afterAll(async () => {
  const denied = [...app.twin.accessDenied];
  const audit = await steps.then.audit();
  await app.stop();
  expect(denied, 'every AWS call has its grant').toEqual([]);
  expect(audit).toMatchObject({ holds: true, findings: [] });
});

/** A shop at Shopify and one that speaks Standard Webhooks, which sell from one pool; and a SKU that has stock in it. */
async function market() {
  const [pool, sku] = [unique('pool'), `TEE-${unique('BLACK')}`.toUpperCase()];
  const location = await steps.given.location(pool, '02108');
  await steps.given.stock(location, sku, 100);
  const shop = await steps.given.channel(pool, {
    type: 'shopify',
    settings: { apiUrl: closedShop },
    onShortage: 'backorder',
    secrets: { signing: shopifySecret },
  });
  const other = await steps.given.channel(pool, {
    type: 'webhook',
    onShortage: 'backorder',
    secrets: { signing: webhookSecret },
  });
  return { pool, sku, location, shop, other };
}

const orderOf = (sku: string, over: object = {}, line: object = {}) => {
  const externalId = bigId();
  return {
    externalId,
    currency: 'USD',
    shipTo: { country: 'US', postalCode: '02108' },
    lines: [{ sku, quantity: 1, unitPrice: usd(1000), externalLineId: `${externalId}7`, ...line }],
    payments: [{ provider: 'recorded', amount: usd(1000) }],
    ...over,
  };
};

const read = async (inboxId: string) => mustSucceed(await app.api(quarantine.readDelivery, { params: { inboxId } }));

/** A delivery once it is in some state. */
const until = (inboxId: string, state: string) =>
  eventually(
    async () => {
      const found = await read(inboxId);
      return found.state === state ? found : undefined;
    },
    { what: `${inboxId} ${state}`, deadlineMs: 20_000 },
  );

const quarantineOf = async (channelId: string) =>
  mustSucceed(await app.api(channels.listQuarantine, { params: { channelId } })).messages;

/** The schedule's next run, now. */
const tick = async () => {
  const name = app.twin.functions.find((one) => one.name.endsWith('mend-quarantine'))?.name ?? '';
  expect(await app.twin.invoke(name, {})).toMatchObject({ payload: null });
};

const ordersOf = async (channelId: string) =>
  mustSucceed(await app.api(orders.listOrders, { query: { channelId } })).orders;

/** Delivers, and waits until it is in quarantine. */
async function setAside(channelId: string, order: object) {
  const { inboxId } = await receiptOf(await deliver.signed(channelId, order, unique('msg')));
  return until(inboxId, 'QUARANTINED');
}

describe('a delivery whose SKU is unknown', () => {
  it('names the SKU that it may be, and is captured by itself once that is listed under the id', async () => {
    const { sku, other } = await market();
    const mistyped = sku.toLowerCase().replaceAll('-', ' ');
    await app.api(network.putListing, { params: { channelId: other, sku }, body: {} });
    const order = orderOf(mistyped, {}, { listing: { variantId: 'V-1', barcode: '4006381333931' } });
    const waiting = await setAside(other, order);
    expect(waiting).toMatchObject({
      code: 'unknown-sku',
      suggestions: [{ line: `${order.externalId}7`, sku, why: 'it is the same but for case, blanks and signs' }],
      body: { encoding: 'utf8', data: JSON.stringify(order) },
    });
    expect(waiting.reason).toContain(`PUT /v1/channels/${other}/listings/{sku} with variantId "V-1"`);
    expect(await quarantineOf(other)).toMatchObject([{ inboxId: waiting.inboxId, suggestions: waiting.suggestions }]);

    mustSucceed(
      await app.api(network.putListing, { params: { channelId: other, sku }, body: { barcode: '04006381333931' } }),
    );
    await tick();
    const mapped = await until(waiting.inboxId, 'MAPPED');
    await steps.then.fulfillmentOrders(mapped.orderId ?? '', 'RELEASED');
    expect(await ordersOf(other)).toMatchObject([{ orderId: mapped.orderId }]);
    expect(await quarantineOf(other)).toEqual([]);
  });

  it('is captured once a product of its barcode is put, once its stock is received, and both in one call of listings', async () => {
    const { sku, other, location } = await market();
    const [barcode, received] = [String(Date.now()).padStart(13, '9'), unique('SKU')];
    const waiting = [
      await setAside(other, orderOf('A', {}, { listing: { barcode } })),
      await setAside(other, orderOf(received)),
      await setAside(other, orderOf('B', {}, { listing: { listingId: 'L-1' } })),
      await setAside(other, orderOf('C', {}, { listing: { variantId: 'V-1', listingId: 'L-2' } })),
    ];
    mustSucceed(await app.api(putProduct, { params: { sku }, body: { barcodes: [barcode] } }));
    await steps.given.stock(location, received, 5);
    const put = { listings: [{ sku, listingId: 'L-1', variantId: 'V-1' }, { sku: '' }] };
    expect(mustSucceed(await app.api(listings.putListings, { params: { channelId: other }, body: put }))).toMatchObject(
      { listed: 1, refused: 1, results: [{ status: 'listed' }, { status: 'refused' }] },
    );
    const query = { variantId: 'V-1' };
    expect(
      mustSucceed(await app.api(listings.findListings, { params: { channelId: other }, query })).listings,
    ).toMatchObject([{ channelId: other, sku, variantId: 'V-1', listingId: 'L-1' }]);
    await tick();
    for (const { inboxId } of waiting) await until(inboxId, 'MAPPED');
    await app.twin.idle();
    expect(await ordersOf(other)).toHaveLength(4);
  });

  it('of Shopify, which names variants only, is captured once its variant is moved to the right SKU', async () => {
    const { sku, shop } = await market();
    const [id, variantId, wrong] = [bigId(), bigId(), unique('WRONG')];
    const list = async (listed: string, body: object) =>
      mustSucceed(await app.api(network.putListing, { params: { channelId: shop, sku: listed }, body }));
    await list(wrong, { variantId });
    await list(sku, { variantId });
    const { inboxId } = await receiptOf(await deliver.shopify(shop, shopifyOrderText(id, variantId), unique('w')));
    expect((await until(inboxId, 'QUARANTINED')).suggestions?.map((one) => one.sku).sort()).toEqual(
      [sku, wrong].sort(),
    );
    await list(sku, { variantId, move: true });
    await tick();
    const { orderId = '' } = await until(inboxId, 'MAPPED');
    await app.twin.idle();
    expect(await steps.then.order(orderId)).toMatchObject({ externalId: id, lines: [{ sku }] });
  });
});

describe('a quarantine', () => {
  it('keeps what a listing does not mend; a correction of the channel or a retry of all has it tried again', async () => {
    const { sku, other, shop, pool, location } = await market();
    const currency = await setAside(other, orderOf(sku, { currency: 'EUR', lines: [eurLine(sku)] }));
    const unknown = await setAside(other, orderOf('NOBODY-KNOWS'));
    const nowhere = JSON.stringify(shopifyOrderBody({ shipping_address: { name: 'Ada Byron', country_code: 'NWH' } }));
    mustSucceed(await app.api(network.putListing, { params: { channelId: shop, sku }, body: { variantId: '2001' } }));
    const { inboxId } = await receiptOf(await deliver.shopify(shop, nowhere, unique('w')));
    const address = await until(inboxId, 'QUARANTINED');
    expect([currency.code, address.code]).toEqual(['currency', 'address']);
    await tick();
    expect(await read(currency.inboxId)).toEqual(currency);

    const body = { name: other, type: 'webhook' as const, pool, currency: 'USD', locations: { 'store-1': location } };
    mustSucceed(await app.api(network.putChannel, { params: { channelId: other }, body }));
    await tick();
    const again = await eventually(
      async () => {
        const found = await read(currency.inboxId);
        return found.version === currency.version + 2 ? found : undefined;
      },
      { what: 'the second try', deadlineMs: 20_000 },
    );
    expect(again).toMatchObject({ state: 'QUARANTINED', code: 'currency' });

    const ask = { params: { channelId: shop }, body: { code: 'address' } };
    expect(mustSucceed(await app.api(quarantine.retryQuarantine, ask))).toMatchObject({ code: 'address' });
    const before = (await read(address.inboxId)).version;
    await tick();
    await eventually(async () => ((await read(address.inboxId)).version === before + 2 ? true : undefined), {
      what: 'the retry of all',
      deadlineMs: 20_000,
    });
    expect(await read(currency.inboxId)).toEqual(again);
    expect(await read(unknown.inboxId)).toEqual(unknown);
    expect((await quarantineOf(other)).map(({ code }) => code)).toEqual(['currency', 'unknown-sku']);
    expect((await quarantineOf(shop)).map(({ code }) => code)).toEqual(['address']);
  });

  it('is left by what a person dismisses, which can be looked at again', async () => {
    const { other } = await market();
    const { inboxId } = await setAside(other, orderOf('NOBODY-KNOWS'));
    const dismiss = { params: { inboxId }, body: { reason: 'a training order' } };
    expect(mustSucceed(await app.api(quarantine.dismissDelivery, dismiss))).toMatchObject({ state: 'IGNORED' });
    expect(await app.api(quarantine.dismissDelivery, dismiss)).toMatchObject({ problem: { code: 'state-conflict' } });
    expect(await read(inboxId)).toMatchObject({ reason: 'a training order', dismissed: {} });
    expect(await quarantineOf(other)).toEqual([]);
    mustSucceed(await app.api(network.putListing, { params: { channelId: other, sku: 'NOBODY-KNOWS' }, body: {} }));
    await tick();
    expect((await read(inboxId)).state).toBe('IGNORED');
    mustSucceed(await app.api(channels.retryWebhook, { params: { inboxId } }));
    await until(inboxId, 'MAPPED');
  });

  it('lists by page, and what waits for its channel to be resumed', async () => {
    const { other, sku } = await market();
    await setAside(other, orderOf('A'));
    await setAside(other, orderOf('B'));
    const params = { channelId: other };
    const first = mustSucceed(await app.api(quarantine.listInbox, { params, query: { limit: 1 } }));
    const query = { limit: 1, cursor: first.cursor ?? '' };
    const second = mustSucceed(await app.api(quarantine.listInbox, { params, query }));
    expect(new Set([...first.messages, ...second.messages].map(({ inboxId }) => inboxId)).size).toBe(2);

    mustSucceed(await app.api(pauseChannel, { params }));
    const { inboxId } = await receiptOf(await deliver.signed(other, orderOf(sku), unique('msg')));
    await until(inboxId, 'PAUSED');
    const paused = await eventually(
      async () => mustSucceed(await app.api(quarantine.listInbox, { params, query: { state: 'PAUSED' } })).messages[0],
      { what: 'the paused delivery', deadlineMs: 10_000 },
    );
    expect(paused).toMatchObject({ inboxId, state: 'PAUSED' });
    expect(mustSucceed(await app.api(quarantine.listInbox, { params, query: { state: 'WAITING' } })).messages).toEqual(
      [],
    );
  });
});

const eurLine = (sku: string) => ({ sku, quantity: 1, unitPrice: { amount: 1000, currency: 'EUR' } });

describe('the body of a delivery', () => {
  it.each([
    [
      'no UTF-8',
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]), Buffer.from('"}')]),
    ],
    ['one byte', Buffer.from('{')],
    ['one byte that is no text', Buffer.from([0x80])],
    ['blanks and line ends', Buffer.from('{ "id" : 820982911946154508 }\r\n\r\n')],
  ])('that is %s comes back byte for byte', async (_, body) => {
    const { shop } = await market();
    const headers = {
      ...shopifyHeaders(shopifySecret, body, { webhookId: unique('w') }),
      'content-type': 'application/octet-stream',
    };
    const { inboxId } = await receiptOf(await fetch(`${app.url}/webhooks/${shop}`, { method: 'POST', headers, body }));
    const found = await until(inboxId, 'QUARANTINED');
    const { encoding, data, bytes } = found.body;
    expect(bytes).toBe(body.length);
    expect(Buffer.from(data, encoding === 'utf8' ? 'utf8' : 'base64').equals(body)).toBe(true);
  });
});
