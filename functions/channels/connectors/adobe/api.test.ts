import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AdobeCommerceSandbox, startAdobeCommerceSandbox } from '../../../../tests/sandboxes/adobe-commerce.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { adobe } from './connector.ts';
import { bytes, creditMemo, order } from './fixtures/orders.ts';

let store: AdobeCommerceSandbox;
beforeEach(async () => void (store = await startAdobeCommerceSandbox()));
afterEach(() => store.stop());

const connection = (settings: Record<string, string> = {}, values = {}) =>
  connectionOf(channelOf({ channelId: 'magento', type: 'adobe', settings: { apiUrl: store.url, ...settings } }), {
    values: { ...store.integration, ...values },
  });
const second = (at: number): string => `2026-11-03 09:00:${String(at).padStart(2, '0')}`;
const window = { from: '2026-11-03T09:00:00.000Z', to: '2026-11-03T10:00:00.000Z' };

/** Every page of a window, and what happens between two of them. */
async function polled(between: (page: number) => void = () => undefined, settings = {}): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 1; page < 20; page += 1) {
    const result = await adobe.poll?.page({ ...window, ...(cursor !== undefined && { cursor }) }, connection(settings));
    if (!result?.ok) throw new Error(result?.refusal.detail);
    ids.push(...result.value.deliveries.map(({ body }) => /"entity_id":"?(\d+)/.exec(body.toString())?.[1] ?? ''));
    cursor = result.value.cursor;
    if (cursor === undefined) return ids;
    between(page);
  }
  throw new Error('the pages have no end');
}

describe('polling a store', () => {
  it('finds every order of several pages, signed, even when many changed in one second', async () => {
    for (let id = 1; id <= 320; id += 1)
      store.order(order({ entity_id: id, updated_at: second(id <= 220 ? 5 : id % 60) }));
    const ids = await polled();
    expect(new Set(ids).size).toBe(320);
  });

  it('ends where one page is full and there is no more', async () => {
    for (let id = 1; id <= 200; id += 1) store.order(order({ entity_id: id, updated_at: second(5) }));
    expect(new Set(await polled()).size).toBe(200);
  });

  it('loses none that change while the pages are read', async () => {
    for (let id = 1; id <= 320; id += 1) store.order(order({ entity_id: id, updated_at: second(id % 50) }));
    const ids = await polled((page) => {
      for (let id = page * 10; id < page * 10 + 10; id += 1) store.change(id, {}, new Date('2026-11-03T09:30:00Z'));
    });
    expect(new Set(ids).size).toBe(320);
  });

  it('takes the store views that are set, and what changed since', async () => {
    store.order(order({ entity_id: 1, store_id: 1 }));
    store.order(order({ entity_id: 2, store_id: 3 }));
    store.order(order({ entity_id: 3, store_id: 3, updated_at: '2026-11-02 23:59:59' }));
    expect(await polled(undefined, { storeIds: '3, 4' })).toEqual(['2']);
  });

  it('names one state of an order once, and each state by itself', async () => {
    store.order(order());
    const idOf = async () => {
      const page = await adobe.poll?.page(window, connection());
      return page?.ok === true ? page.value.deliveries[0]?.deliveryId : undefined;
    };
    const first = await idOf();
    expect(await idOf()).toBe(first);
    store.order(order({ state: 'holded' }));
    expect(await idOf()).not.toBe(first);
  });

  it.each([
    [{ accessTokenSecret: 'another' }, {}, 'signature is invalid'],
    [{ consumerKey: 'another' }, {}, 'specified key does not exist'],
    [{ consumerSecret: '' }, {}, 'lacks consumerSecret'],
    [{}, { auth: 'bearer' }, 'takes no bearer tokens'],
    [{}, { apiUrl: 'not a URL' }, 'apiUrl'],
  ])('is refused in words with %j and %j', async (values, settings, words) => {
    const page = await adobe.poll?.page(window, connection(settings, values));
    expect(page).toMatchObject({
      ok: false,
      refusal: { code: 'provider-unavailable', detail: expect.stringContaining(words) as string },
    });
    expect(JSON.stringify(page)).not.toContain(store.integration.accessToken);
  });

  it('waits while the store is down', async () => {
    store.fault({ status: 503 });
    expect(await adobe.poll?.page(window, connection())).toMatchObject({
      ok: false,
      refusal: { code: 'provider-unavailable' },
    });
    expect(await adobe.poll?.page(window, connection())).toMatchObject({ ok: true });
  });
});

describe('an order that was polled', () => {
  it('needs nothing more while nothing was refunded', async () => {
    expect(await adobe.fetch?.({ topic: '', body: bytes(order()) }, connection())).toEqual({
      ok: true,
      value: undefined,
    });
    expect(store.calls).toEqual([]);
  });

  it('is joined by its credit memos', async () => {
    store.creditMemo(creditMemo());
    store.creditMemo(creditMemo({ entity_id: 99, order_id: 1 }));
    const fetched = await adobe.fetch?.({ topic: '', body: bytes(order({ base_total_refunded: 31.8 })) }, connection());
    if (fetched?.ok !== true || !Buffer.isBuffer(fetched.value)) throw new Error('nothing was fetched');
    const mapped = adobe.map?.(fetched.value, { channel: connection().channel, topic: '', deliveryId: 'd' });
    expect(mapped).toMatchObject({ kind: 'order', snapshot: { refunds: [{ externalId: '31' }] } });
  });

  it('says that its credit memos may not be read', async () => {
    await store.stop();
    store = await startAdobeCommerceSandbox({ resources: ['Magento_Sales::actions_view'] });
    const fetched = await adobe.fetch?.({ topic: '', body: bytes(order({ base_total_refunded: 31.8 })) }, connection());
    if (fetched?.ok !== true || !Buffer.isBuffer(fetched.value)) throw new Error('nothing was fetched');
    const mapped = adobe.map?.(fetched.value, { channel: connection().channel, topic: '', deliveryId: 'd' });
    expect(mapped).toMatchObject({
      snapshot: { order: { holds: [{ reason: expect.stringContaining('credit memos') as string }] } },
    });
  });
});

describe('a test of the connection', () => {
  const names = (checks: readonly { readonly name: string; readonly ok: boolean }[] = []) =>
    checks.map(({ name, ok }) => [name, ok]);

  it('is good with everything, by OAuth and, where the store allows it, by bearer', async () => {
    const good = [
      ['credentials and orders', true],
      ['credit memos', true],
      ['products and prices', true],
      ['stock', true],
      ['currency', true],
    ];
    expect(names(await adobe.check?.(connection()))).toEqual(good);
    await store.stop();
    store = await startAdobeCommerceSandbox({ bearer: true });
    expect(names(await adobe.check?.(connection({ auth: 'bearer' })))).toEqual(good);
  });

  it('names what is missing and how to mend it', async () => {
    await store.stop();
    store = await startAdobeCommerceSandbox({
      resources: ['Magento_Sales::actions_view', 'Magento_Backend::store'],
      currency: 'EUR',
    });
    const checks = await adobe.check?.(connection());
    expect(names(checks)).toEqual([
      ['credentials and orders', true],
      ['credit memos', false],
      ['products and prices', false],
      ['stock', false],
      ['currency', false],
    ]);
    expect(checks?.[1]?.detail).toContain('lacks a resource');
    expect((await adobe.check?.(connection({ storeIds: '9' })))?.at(-1)?.detail).toContain('no store view 9');
  });
});
