import { ok } from '../../../../shared/kernel/result.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BigCommerceSandbox, startBigCommerceSandbox } from '../../../../tests/sandboxes/bigcommerce.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { bigcommerce } from './connector.ts';
import { address, bytes, order, product, refund } from './fixtures/orders.ts';

let store: BigCommerceSandbox;
beforeEach(async () => void (store = await startBigCommerceSandbox()));
afterEach(() => store.stop());

const channel = (settings = {}) =>
  channelOf({
    channelId: 'bc',
    type: 'bigcommerce',
    settings: { apiUrl: store.url, storeHash: store.storeHash, ...settings },
  });
const connection = (values = {}, signing = [store.clientSecret]) =>
  connectionOf(channel(), { values: { accessToken: store.accessToken, ...values }, signing });
const topic = 'store/order/updated';
const event = (id: number | string, scope = topic) => ({
  topic: scope,
  body: bytes({ scope, data: { type: 'order', id } }),
});
const fetched = (id: number | string, scope = topic, on = connection()) => bigcommerce.fetch?.(event(id, scope), on);

async function mapped(id: number) {
  const answer = await fetched(id);
  if (answer?.ok !== true || !Buffer.isBuffer(answer.value)) throw new Error('nothing was fetched');
  return bigcommerce.map?.(answer.value, { channel: channel(), topic, deliveryId: 'd' });
}

describe('an order that a webhook names', () => {
  it('is asked for with its products and addresses, in three calls', async () => {
    store.store.put({ order: order(), products: [product()], shipping_addresses: [address()] });
    expect(await mapped(5120)).toMatchObject({
      kind: 'order',
      snapshot: { order: { externalId: '5120', lines: [{ quantity: 2 }] } },
    });
    expect(store.calls).toHaveLength(3);
  });

  it('brings its coupons and refunds where it has some', async () => {
    store.store.put({
      order: order({ status_id: 14, coupon_discount: '8.66', total_inc_tax: '51.9600' }),
      products: [product()],
      shipping_addresses: [address()],
      coupons: [{ id: 1, code: 'SHIPFREE', type: 4, discount: 8.66 }],
      refunds: [refund()],
    });
    expect(await mapped(5120)).toMatchObject({
      snapshot: { order: { shipping: { price: { amount: 0 } } }, refunds: [{ externalId: '61' }] },
    });
  });

  it('is as it is when it is asked for, not as the webhook was sent', async () => {
    store.store.put({ order: order(), products: [product()], shipping_addresses: [address()] });
    store.store.change(5120, { status_id: 5 }, {}, new Date('2026-11-02T15:00:00Z'));
    expect(await mapped(5120)).toMatchObject({ snapshot: { state: 'cancelled', asOf: '2026-11-02T15:00:00.000Z' } });
  });

  it('is ignored when it is not there, and other events are not asked about', async () => {
    expect(await fetched(1)).toMatchObject({ ok: true, value: { kind: 'ignored' } });
    store.calls.length = 0;
    expect(await fetched(1, 'store/order/message/created')).toMatchObject({ value: { kind: 'ignored' } });
    expect(await fetched(1, 'store/product/updated')).toMatchObject({ value: { kind: 'ignored' } });
    expect(store.calls).toEqual([]);
  });

  it.each([429, 500, 503])('waits while the store answers %i, in any of its calls', async (status) => {
    store.store.put({ order: order(), products: [product()], shipping_addresses: [address()] });
    for (const only of ['include=', '/products', '/shipping_addresses']) {
      store.fault({ status, only });
      expect(await fetched(5120)).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
    }
    expect(await mapped(5120)).toMatchObject({ kind: 'order' });
  });

  it.each(['<html>We are down for maintenance</html>', '{"id":5120,"status_id":11,', ''])(
    'waits where an answer is no JSON, or broke off: %j',
    async (text) => {
      const call = () => Promise.resolve(ok({ status: 200, headers: {}, body: Buffer.from(text) }));
      expect(await fetched(5120, topic, { ...connection(), call })).toMatchObject({
        ok: false,
        refusal: { code: 'provider-unavailable', detail: expect.stringContaining('no JSON') as string },
      });
    },
  );

  it('brings refunds that only its refunded amount tells of: made by hand, and shipped since', async () => {
    store.store.put({
      order: order({ status_id: 2, payment_status: '', refunded_amount: '25.9800' }),
      products: [product()],
      shipping_addresses: [address()],
      refunds: [refund()],
    });
    expect(await mapped(5120)).toMatchObject({ snapshot: { refunds: [{ externalId: '61' }], cancelled: [] } });
  });

  it('waits in words for a token that is not good, without telling it', async () => {
    const answer = await fetched(5120, topic, connection({ accessToken: 'wrong-token' }));
    expect(answer).toMatchObject({ ok: false, refusal: { detail: expect.stringContaining('accessToken') as string } });
    expect(JSON.stringify(answer)).not.toContain('wrong-token');
  });

  it('says that its refunds may not be read', async () => {
    await store.stop();
    store = await startBigCommerceSandbox({ scopes: ['store_v2_orders'] });
    store.store.put({ order: order({ status_id: 14 }), products: [product()], shipping_addresses: [address()] });
    expect(await mapped(5120)).toMatchObject({ snapshot: { order: { holds: [{}] }, refunds: [] } });
  });

  it('is asked for once its quota of calls is there again', async () => {
    await store.stop();
    store = await startBigCommerceSandbox({ quota: 2 });
    store.store.put({ order: order(), products: [product()], shipping_addresses: [address()] });
    expect(await fetched(5120)).toMatchObject({
      ok: false,
      refusal: { facts: { retryAfterSeconds: expect.any(Number) as number } },
    });
  });
});

describe('polling a store', () => {
  const window = { from: '2026-11-02T14:00:00.000Z', to: '2026-11-02T15:00:00.000Z' };
  const at = (minute: number) => `Mon, 02 Nov 2026 14:${String(minute).padStart(2, '0')}:00 +0000`;

  async function polled(between: (page: number) => void = () => undefined): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    for (let page = 1; page < 20; page += 1) {
      const result = await bigcommerce.poll?.page({ ...window, ...(cursor !== undefined && { cursor }) }, connection());
      if (!result?.ok) throw new Error(result?.refusal.detail);
      ids.push(...result.value.deliveries.map(({ body }) => /"id":(\d+)/.exec(body.toString())?.[1] ?? ''));
      cursor = result.value.cursor;
      if (cursor === undefined) return ids;
      between(page);
    }
    throw new Error('the pages have no end');
  }

  it('finds nothing where nothing changed', async () => {
    expect(await polled()).toEqual([]);
  });

  it('finds every order of several pages, even when many changed at once', async () => {
    for (let id = 1; id <= 320; id += 1)
      store.store.put({ order: order({ id, date_modified: at(id <= 220 ? 5 : id % 60) }) });
    expect(new Set(await polled()).size).toBe(320);
  });

  it('loses none that change while the pages are read', async () => {
    for (let id = 1; id <= 320; id += 1) store.store.put({ order: order({ id, date_modified: at(id % 50) }) });
    const ids = await polled((page) => {
      for (let id = page * 10; id < page * 10 + 10; id += 1)
        store.store.change(id, {}, {}, new Date('2026-11-02T14:59:30Z'));
    });
    expect(new Set(ids).size).toBe(320);
  });

  it('brings events that a webhook could have brought, named by what they say', async () => {
    store.store.put({ order: order(), products: [product()], shipping_addresses: [address()] });
    const page = await bigcommerce.poll?.page(window, connection());
    const again = await bigcommerce.poll?.page(window, connection());
    expect(again).toEqual(page);
    const [delivery] = page?.ok === true ? page.value.deliveries : [];
    if (delivery === undefined) throw new Error('nothing was polled');
    expect(delivery.topic).toBe(topic);
    expect(await bigcommerce.fetch?.(delivery, connection())).toMatchObject({ ok: true });
    store.store.change(5120, { status_id: 12 }, {}, new Date('2026-11-02T14:07:30Z'));
    const changed = await bigcommerce.poll?.page(window, connection());
    expect(changed?.ok === true && changed.value.deliveries[0]?.deliveryId).not.toBe(delivery.deliveryId);
  });
});

describe('a test of the connection', () => {
  const hook = (scope: string, is_active = true) => ({
    id: 1,
    scope,
    destination: 'https://oms.test/webhooks/bc',
    is_active,
  });

  it('is good with a token, scopes and webhooks', async () => {
    store.hooks.push(hook('store/order/*'));
    const checks = (await bigcommerce.check?.(connection())) ?? [];
    expect(checks.map(({ ok }) => ok)).toEqual(Array(7).fill(true));
    expect(store.calls.every((path) => path.startsWith('/stores/'))).toBe(true);
  });

  it('names what is missing and how to mend it', async () => {
    await store.stop();
    store = await startBigCommerceSandbox({ scopes: ['store_v2_orders', 'store_v2_information'] });
    store.hooks.push(hook('store/order/created'), hook('store/order/updated', false));
    const checks = (await bigcommerce.check?.(connection({}, []))) ?? [];
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['credentials', true],
      ['scope Orders', true],
      ['scope Order transactions', false],
      ['webhooks', false],
      ['scope Orders: modify', true],
      ['scope Store inventory: modify', false],
      ['scope Products: modify', false],
    ]);
    expect(checks.at(-1)?.detail).toContain('products and prices');
    expect(checks[3]?.detail).toContain('store/order/updated');
    const wrong = (await bigcommerce.check?.(connection({ accessToken: 'wrong' }))) ?? [];
    expect(wrong[0]).toMatchObject({ ok: false, detail: expect.stringContaining('accessToken') as string });
  });
});
