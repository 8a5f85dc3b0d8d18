import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type WooSandbox,
  startWooSandbox,
  wooHeaders,
  wooPing,
  wooTroubles,
} from '../../../../tests/sandboxes/woocommerce.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { bytes, order, refund } from './fixtures/order.ts';
import { mapOrder } from './map-order.ts';
import { pollPage } from './poll.ts';
import { takeIn } from './signature.ts';

const keys = { consumerKey: 'ck_1', consumerSecret: 'cs_secret' };
let shop: WooSandbox;
beforeEach(async () => {
  shop = await startWooSandbox(keys);
});
afterEach(() => shop.stop());

const channel = (settings: Record<string, string> = {}) =>
  channelOf({ channelId: 'woo-de', type: 'woocommerce', currency: 'EUR', settings: { apiUrl: shop.url, ...settings } });
const connect = (values: Record<string, string> = keys, settings: Record<string, string> = {}) =>
  connectionOf(channel(settings), { signing: ['wh-secret'], values });
const refunded = order({ refunds: [{ id: 1250, total: '-12.85' }] });
const fetched = async (topic: string, body: unknown, connection = connect()) => {
  const answer = await fetchOrder({ topic, body: bytes(body) }, connection);
  if (!answer.ok) throw new Error(answer.refusal.detail);
  return answer.value;
};
const mapped = (body: Buffer, topic: string) => mapOrder(body, { channel: channel(), topic, deliveryId: 'd' });

describe('fetch', () => {
  it('asks for nothing that an order without refunds, or a message about a product, lacks', async () => {
    expect(await fetched('order.updated', order())).toBeUndefined();
    expect(await fetched('product.updated', { id: 5 })).toBeUndefined();
    expect(shop.calls).toEqual([]);
  });

  it('adds the refunds that an order names by their totals', async () => {
    shop.put(refunded, [refund()]);
    const document = await fetched('order.updated', refunded);
    if (!Buffer.isBuffer(document)) throw new Error('no document');
    expect(mapped(document, 'order.updated')).toMatchObject({
      snapshot: { refunds: [{ externalId: '1250', lines: [{ externalLineId: '41', quantity: 1 }] }] },
    });
  });

  it('finds a deleted order in the trash, and restored again it is newer', async () => {
    const trashed = order({ status: 'trash', date_modified_gmt: '2026-11-21T08:00:00' });
    shop.put(trashed);
    const document = await fetched('order.deleted', { id: 1207 });
    if (!Buffer.isBuffer(document)) throw new Error('no document');
    expect(mapped(document, 'order.deleted')).toMatchObject({
      snapshot: { state: 'cancelled', asOf: '2026-11-21T08:00:00.000Z' },
    });
  });

  it('takes an order that is gone for good as cancelled', async () => {
    expect(await fetched('order.deleted', { id: 1207 })).toBeUndefined();
    expect(mapped(bytes({ id: 1207 }), 'order.deleted')).toMatchObject({
      kind: 'change',
      change: { kind: 'cancel', externalId: '1207' },
    });
  });

  it.each([
    ['is down', wooTroubles.down],
    ['fails', wooTroubles.broken],
    ['is asked too often', wooTroubles.throttled],
    ['answers HTML', wooTroubles.html],
  ])('is tried again when the shop %s', async (_what, trouble) => {
    shop.put(refunded, [refund()]);
    shop.troubles.answer(trouble);
    const connection = connect();
    const answer = await fetchOrder({ topic: 'order.updated', body: bytes(refunded) }, connection);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
    expect(Buffer.isBuffer(await fetched('order.updated', refunded, connection))).toBe(true);
  });

  it.each([
    ['keys that the shop does not know', { consumerKey: 'ck_2', consumerSecret: 'cs_secret' }, {}],
    ['no keys', {}, {}],
    ['an address that would carry them in the clear', keys, { apiUrl: 'http://shop.example' }],
    ['no address', keys, { apiUrl: '' }],
  ])('says what to do about %s, and no secret', async (_what, values, settings) => {
    const answer = await fetchOrder({ topic: 'order.updated', body: bytes(refunded) }, connect(values, settings));
    if (answer.ok) throw new Error('it was answered');
    expect(answer.refusal.detail).toContain('/v1/channels/woo-de');
    expect(JSON.stringify(answer)).not.toContain('cs_secret');
  });
});

describe('poll', () => {
  it('finds every order of the window, those in the trash too, page by page', async () => {
    const second = (n: number) => new Date(Date.UTC(2026, 10, 20) + n * 1000).toISOString().slice(0, 19);
    for (let n = 0; n < 205; n += 1)
      shop.put(order({ id: n, date_modified_gmt: second(n), status: n === 7 ? 'trash' : 'processing' }));
    const found: string[] = [];
    for (let cursor: string | undefined = 'any:1'; cursor !== undefined;) {
      const page = await pollPage({ from: `${second(3)}Z`, to: `${second(300)}Z`, cursor }, connect());
      if (!page.ok) throw new Error(page.refusal.detail);
      found.push(...page.value.deliveries.map(({ deliveryId }) => deliveryId.split('/')[1] ?? ''));
      cursor = page.value.cursor;
    }
    expect(found.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 202 }, (_, n) => n + 3));
  });
});

describe('check', () => {
  it('looks at keys, secret and webhooks, and says what is off', async () => {
    const delivery_url = 'https://oms.example/webhooks/woo-de';
    shop.subscribe(
      { topic: 'order.created', status: 'active', delivery_url },
      { topic: 'order.updated', status: 'disabled', delivery_url },
    );
    const checks = await check(connect());
    expect(checks.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(checks[2]?.detail).toMatch(/none for order\.deleted, order\.restored.*order\.updated is off/);
    shop.subscribe(
      ...['updated', 'deleted', 'restored'].map((event) => ({
        topic: `order.${event}`,
        status: 'active',
        delivery_url,
      })),
    );
    expect((await check(connect())).every(({ ok }) => ok)).toBe(true);
    expect((await check(connect({}))).map(({ ok }) => ok)).toEqual([false]);
  });

  it('says what a key that may only read cannot do, and changes nothing', async () => {
    const [products, stock] = [new Map(shop.listings.products), structuredClone(shop.catalog)];
    await check(connect());
    expect([shop.listings.products, structuredClone(shop.catalog)]).toEqual([products, stock]);
    await shop.stop();
    shop = await startWooSandbox({ ...keys, permissions: 'read' });
    const write = (await check(connect())).find(({ name }) => name === 'right to write');
    expect(write).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/stock, products, prices.*and write/) as string,
    });
  });
});

describe('deliveries', () => {
  const take = (headers: Record<string, string>, body: Buffer) => takeIn({ headers, body }, connect());

  it('two orders of one second share a delivery id, and are two deliveries', () => {
    const bodies = [bytes(order()), bytes(order({ id: 1208 }))];
    const ids = bodies.map((body) => {
      const taken = take(wooHeaders('wh-secret', body), body);
      return taken.ok ? taken.value[0]?.deliveryId : undefined;
    });
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(undefined);
  });

  it('the ping is answered, once, and says nothing; what only looks like it must be signed', () => {
    const taken = take(wooPing.headers, Buffer.from(wooPing.body));
    expect(taken).toMatchObject({ ok: true, value: [{ deliveryId: 'ping', topic: 'ping' }] });
    expect(mapped(Buffer.from('webhook_id'), 'ping')).toMatchObject({ kind: 'ignored' });
    expect(take(wooPing.headers, Buffer.from('webhook_id=3&order=1'))).toMatchObject({ ok: false });
  });
});
