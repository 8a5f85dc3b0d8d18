import { gunzipSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type EventMessage } from '../../../shared/contracts/define-event.ts';
import { shopifyHeaders } from '../../../tests/sandboxes/shopify.ts';
import { signed } from '../connectors/webhook/signature.ts';
import { shopifyLine, shopifyOrderBody } from '../fixtures/shopify-order.ts';
import { now } from '../fixtures/now.ts';
import { channelOf, secret, silentChannel, worldOf } from '../fixtures/world.ts';
import { putListing } from './listings/put-listing.ts';
import { mapWebhook } from './map-webhook.ts';
import { retryWebhook } from './quarantine/retry-webhook.ts';
import { receiveWebhook } from './receive-webhook.ts';

const shop = channelOf({ channelId: 'shopify-us', type: 'shopify' });
const hook = channelOf({ channelId: 'partner', type: 'webhook' });
const silent = channelOf({ channelId: silentChannel, type: 'shopify' });
const own = channelOf({ channelId: 'webshop', type: 'api' });

const shopBody = (over: Readonly<Record<string, unknown>> = {}): Buffer =>
  Buffer.from(JSON.stringify(shopifyOrderBody(over)));
const partnerOrder = {
  externalId: 'P-1',
  currency: 'USD',
  shipTo: { country: 'US', lines: ['1 Beacon St'] },
  lines: [{ sku: 'TEE-BLACK-M', quantity: 2, unitPrice: { amount: 2199, currency: 'USD' } }],
};

function world() {
  const { store, ports } = worldOf(shop, hook, silent, own);
  for (const { channelId } of [shop, hook]) store.given('listing', { channelId, sku: 'TEE-BLACK-M', version: 1 });
  const receive = (channelId: string, body: Buffer, headers: Record<string, string>) =>
    receiveWebhook(ports)(channelId, { headers, query: {}, body }, now);
  const deliver = (body: Buffer, webhookId = 'w1') =>
    receive('shopify-us', body, shopifyHeaders(secret, body, { webhookId }));
  const inbox = () => store.all('inboxMessage');
  const only = () => {
    const [message] = inbox();
    if (message === undefined) throw new Error('the inbox is empty');
    return message;
  };
  const types = (events: readonly EventMessage[]) => events.map(({ type }) => type);
  return { store, ports, receive, deliver, inbox, only, types };
}

describe('taking a webhook in', () => {
  it('stores the raw bytes with the event that announces them', async () => {
    const { deliver, only } = world();
    const body = Buffer.from('{"id": 820982911946154508 }  ');
    expect(await deliver(body)).toMatchObject({ ok: true, value: { duplicate: false } });
    expect(Buffer.from(gunzipSync(only().body)).equals(body)).toBe(true);
    expect(only()).toMatchObject({
      state: 'RECEIVED',
      topic: 'orders/create',
      version: 1,
      events: [{ type: 'WebhookReceived.v1', version: 1 }],
    });
  });

  it('takes a delivery once, whatever a repeat contains: the first counts', async () => {
    const { deliver, inbox, only } = world();
    const first = await deliver(shopBody());
    const second = await deliver(shopBody({ id: 9 }));
    expect(second).toMatchObject({
      ok: true,
      value: { duplicate: true, inboxId: first.ok ? first.value.inboxId : '' },
    });
    expect(inbox()).toHaveLength(1);
    expect(gunzipSync(only().body).toString()).toBe(shopBody().toString());
  });

  it.each([
    [
      'a flipped byte',
      (headers: Record<string, string>, body: Buffer) => ({
        headers,
        body: Buffer.from(body.map((byte, index) => (index === 3 ? byte ^ 1 : byte))),
      }),
    ],
    [
      'another secret',
      (_: Record<string, string>, body: Buffer) => ({ headers: shopifyHeaders('another secret', body), body }),
    ],
    [
      'no signature',
      ({ 'x-shopify-hmac-sha256': _, ...headers }: Record<string, string>, body: Buffer) => ({ headers, body }),
    ],
    [
      'a cut signature',
      (headers: Record<string, string>, body: Buffer) => ({
        headers: { ...headers, 'x-shopify-hmac-sha256': 'AAAA' },
        body,
      }),
    ],
  ])('refuses %s and stores nothing', async (_, spoil) => {
    const { receive, inbox } = world();
    const { headers, body } = spoil(shopifyHeaders(secret, shopBody()), shopBody());
    expect(await receive('shopify-us', body, headers)).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-signature' },
    });
    expect(inbox()).toHaveLength(0);
  });

  it.each(['x-shopify-webhook-id', 'x-shopify-topic'])('refuses a good signature without %s', async (name) => {
    const { receive } = world();
    const headers = Object.fromEntries(
      Object.entries(shopifyHeaders(secret, shopBody())).filter(([key]) => key !== name),
    );
    expect(await receive('shopify-us', shopBody(), headers)).toMatchObject({
      refusal: { code: 'malformed-request', errors: [{ pointer: `#header/${name}` }] },
    });
  });

  it('answers alike for a channel that is not there and one that sends no webhooks', async () => {
    const { receive } = world();
    const nowhere = await receive('nowhere', shopBody(), {});
    expect(nowhere).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await receive('webshop', shopBody(), {})).toEqual(nowhere);
  });

  it('refuses a channel without a signing secret', async () => {
    const { receive } = world();
    expect(await receive('new-shop', shopBody(), shopifyHeaders('', shopBody()))).toMatchObject({
      refusal: { code: 'invalid-signature' },
    });
  });

  it('refuses what does not fit an item, naming the way around', async () => {
    const { deliver, inbox } = world();
    const body = Buffer.from(JSON.stringify({ noise: randomBytes(400 * 1024).toString('base64') }));
    expect(await deliver(body)).toMatchObject({
      refusal: { code: 'body-too-large', detail: expect.stringContaining('POST /v1/orders') as string },
    });
    expect(inbox()).toHaveLength(0);
  });

  it('takes Standard Webhooks, and only fresh ones', async () => {
    const { receive, inbox } = world();
    const body = JSON.stringify(partnerOrder);
    const stale = signed(secret, 'msg_1', new Date(Date.now() - 301_000), body);
    expect(await receive('partner', Buffer.from(body), stale)).toMatchObject({
      refusal: { code: 'invalid-signature' },
    });
    expect(await receive('partner', Buffer.from([0xff]), signed(secret, 'msg_1', new Date(now), body))).toMatchObject({
      refusal: { code: 'invalid-signature' },
    });
    expect(inbox()).toHaveLength(0);
    expect(await receive('partner', Buffer.from(body), signed(secret, 'msg_1', new Date(now), body))).toMatchObject({
      ok: true,
    });
    expect(inbox()).toHaveLength(1);
  });
});

describe('mapping a delivery', () => {
  it('makes an order of it, once', async () => {
    const { deliver, only, ports, store } = world();
    await deliver(shopBody());
    const { inboxId } = only();
    expect(await mapWebhook(ports)(inboxId, now)).toEqual({ ok: true, value: 'MAPPED' });
    const mapped = only();
    expect(mapped).toMatchObject({ version: 2, externalId: '5001', events: [] });
    const [said] = store.all('channelOrder');
    expect(said).toMatchObject({
      version: 1,
      orderId: mapped.orderId,
      snapshot: { state: 'open', order: { externalId: '5001', channelId: 'shopify-us' } },
      events: [{ type: 'ChannelOrderChanged.v1', data: { externalId: '5001' } }],
    });
    expect(await mapWebhook(ports)(inboxId, '2027-01-01T00:00:00.000Z')).toEqual({ ok: true, value: 'MAPPED' });
    expect(only()).toEqual(mapped);
    expect(store.all('channelOrder')).toEqual([said]);
  });

  it('two mappings at once are one', async () => {
    const { deliver, only, ports } = world();
    await deliver(shopBody());
    await Promise.all([mapWebhook(ports)(only().inboxId, now), mapWebhook(ports)(only().inboxId, now)]);
    expect(only()).toMatchObject({ state: 'MAPPED', version: 2 });
  });

  it('ignores what is none of ours, with the reason and without an event', async () => {
    const { deliver, only, ports } = world();
    await deliver(shopBody({ test: true }));
    await mapWebhook(ports)(only().inboxId, now);
    expect(only()).toMatchObject({ state: 'IGNORED', reason: 'a test order', events: [] });
  });

  it('quarantines what a person must mend; a retry maps it once that is done', async () => {
    const { deliver, only, ports, types } = world();
    await deliver(shopBody({ line_items: [shopifyLine({ sku: '', variant: 2002 })] }));
    const { inboxId } = only();
    await mapWebhook(ports)(inboxId, now);
    expect(only()).toMatchObject({
      state: 'QUARANTINED',
      reason: expect.stringContaining('with variantId "2002" for the SKU') as string,
    });
    expect(types(only().events)).toEqual(['WebhookQuarantined.v1']);

    await putListing(ports)({ channelId: 'shopify-us', sku: 'CAP-RED' }, { variantId: '2002' }, { now, actor: 'test' });
    const retry = { inboxId, now, actor: 'ops', allowed: () => ({ ok: true, value: true }) as const };
    expect(await retryWebhook(ports)(retry)).toMatchObject({ ok: true, value: { state: 'RECEIVED' } });
    expect(only()).toMatchObject({ version: 3, events: [{ type: 'WebhookReceived.v1', version: 3 }] });
    expect(only().reason).toBeUndefined();
    expect(await mapWebhook(ports)(inboxId, now)).toEqual({ ok: true, value: 'MAPPED' });
    expect(await retryWebhook(ports)(retry)).toMatchObject({ refusal: { code: 'state-conflict' } });
  });

  it('quarantines an order in another currency than its channel', async () => {
    const { deliver, only, ports } = world();
    await deliver(Buffer.from(JSON.stringify(shopifyOrderBody({}, 'EUR'))));
    await mapWebhook(ports)(only().inboxId, now);
    expect(only()).toMatchObject({
      state: 'QUARANTINED',
      reason: expect.stringContaining('in EUR and channel shopify-us sells in USD') as string,
    });
  });

  it.each([
    ['MAPPED', partnerOrder],
    ['QUARANTINED', { ...partnerOrder, channelId: 'webshop' }],
    ['QUARANTINED', { ...partnerOrder, lines: [] }],
    ['QUARANTINED', { ...partnerOrder, surprise: 1 }],
  ])("a partner's own order is %s: %j", async (state, order) => {
    const { receive, only, ports } = world();
    const body = JSON.stringify(order);
    await receive('partner', Buffer.from(body), signed(secret, 'msg_1', new Date(now), body));
    expect(await mapWebhook(ports)(only().inboxId, now)).toEqual({ ok: true, value: state });
  });

  it('fails, to come again, when a listing cannot be looked up', async () => {
    const { deliver, only, ports } = world();
    await deliver(shopBody({ line_items: [shopifyLine({ sku: '' })] }));
    const broken = { ...ports, skusOf: () => Promise.reject(new Error('throttled')) };
    await expect(mapWebhook(broken)(only().inboxId, now)).rejects.toThrow('throttled');
    expect(only().state).toBe('RECEIVED');
  });
});
