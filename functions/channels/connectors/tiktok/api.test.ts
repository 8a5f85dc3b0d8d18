import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TiktokSandbox, startTiktokSandbox, tiktokTroubles } from '../../../../tests/sandboxes/tiktok.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { signatureOf } from './api.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { bytes, cancellation, orderWebhook, returned, usOrder } from './fixtures/order.ts';
import { mapOrder } from './map-order.ts';
import { pollPage } from './poll.ts';

const app = { appKey: 'app-1', appSecret: 'app-secret-1', shopCipher: 'ROW_cipher', pageSize: 2 };
const topic = 'ORDER_STATUS_CHANGE';
let shop: TiktokSandbox;
beforeEach(async () => {
  shop = await startTiktokSandbox(app);
});
afterEach(() => shop.stop());

const channel = (over: Record<string, string> = {}) =>
  channelOf({
    channelId: 'tiktok-us',
    type: 'tiktok',
    settings: { appKey: app.appKey, shopCipher: app.shopCipher, apiUrl: shop.url, authUrl: shop.url, ...over },
  });
const connect = (over: Record<string, string> = {}, values: Record<string, string> = {}) =>
  connectionOf(channel(over), {
    signing: [app.appSecret],
    values: { appSecret: app.appSecret, refreshToken: 'refresh-1', ...values },
    now: () => new Date().toISOString(),
  });

describe('fetch', () => {
  it('puts the order and its aftersales together, and what is mapped has all of it', async () => {
    shop.putOrder(usOrder());
    shop.putCancellation(cancellation());
    shop.putReturn(returned());
    shop.putReturn(returned({ return_id: 'of-another', order_id: '1' }));
    const fetched = await fetchOrder({ topic, body: bytes(orderWebhook()) }, connect());
    if (!fetched.ok || !Buffer.isBuffer(fetched.value)) throw new Error('no document');
    const mapped = mapOrder(fetched.value, { channel: channel(), topic, deliveryId: 'd' });
    expect(mapped).toMatchObject({
      kind: 'order',
      snapshot: {
        order: { externalId: '576912345678901234' },
        refunds: [{ externalId: '4035000000000000001' }, { externalId: '4036000000000000001' }],
      },
    });
  });

  it('asks once for an order that is not paid, and ignores one that the shop does not have', async () => {
    shop.putOrder(usOrder({ status: 'UNPAID' }));
    const connection = connect();
    await fetchOrder({ topic, body: bytes(orderWebhook()) }, connection);
    expect(shop.calls).toEqual(['/api/v2/token/refresh', '/order/202309/orders']);
    const gone = await fetchOrder({ topic, body: bytes(orderWebhook('1')) }, connection);
    expect(gone).toMatchObject({ ok: true, value: { kind: 'ignored' } });
  });

  it('leaves alone what is of another shop, or of no order', async () => {
    const other = await fetchOrder({ topic, body: bytes(orderWebhook()) }, connect({ shopId: '1' }));
    expect(other).toMatchObject({ ok: true, value: { kind: 'ignored' } });
    expect(await fetchOrder({ topic: 'TYPE_5', body: bytes({ type: 5 }) }, connect())).toEqual({
      ok: true,
      value: undefined,
    });
    expect(shop.calls).toEqual([]);
  });

  it('keeps the refresh token that it got, and renews once a token that TikTok refuses', async () => {
    shop.putOrder(usOrder());
    const connection = connect();
    await fetchOrder({ topic, body: bytes(orderWebhook()) }, connection);
    expect(connection.credentials.values).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-2' });
    shop.expireToken();
    const again = await fetchOrder({ topic, body: bytes(orderWebhook()) }, connection);
    expect(again.ok).toBe(true);
    expect(connection.credentials.values['refreshToken']).toBe(shop.refreshToken());
  });

  it('uses the token that another process kept', async () => {
    shop.putOrder(usOrder());
    const first = connect();
    await fetchOrder({ topic, body: bytes(orderWebhook()) }, first);
    await fetchOrder({ topic, body: bytes(orderWebhook()) }, connect({}, first.credentials.values));
    expect(shop.calls.filter((path) => path.endsWith('refresh'))).toHaveLength(1);
  });

  it.each([
    ['is down', tiktokTroubles.down],
    ['fails', tiktokTroubles.broken],
    ['fails and calls it a success', tiktokTroubles.brokenInWords],
    ['is asked too often', tiktokTroubles.throttled],
    ['answers what nobody documented', { status: 200, body: { code: 0, data: { orders: 'none' } } }],
  ])('is tried again when TikTok %s', async (_what, trouble) => {
    const connection = connect();
    await check(connection);
    shop.troubles.answer(trouble, 9);
    const fetched = await fetchOrder({ topic, body: bytes(orderWebhook()) }, connection);
    expect(fetched).toMatchObject({ ok: false, refusal: { code: 'provider-unavailable' } });
  });

  it.each([
    ['a refresh token that is used up', { refreshToken: 'refresh-0' }, {}],
    ['no credentials', { appSecret: '', refreshToken: '' }, {}],
    ['another shop', {}, { shopCipher: 'ROW_other' }],
  ])('says in words what to do about %s, and no secret', async (_what, values, settings) => {
    const fetched = await fetchOrder({ topic, body: bytes(orderWebhook()) }, connect(settings, values));
    if (fetched.ok) throw new Error('it was answered');
    expect(fetched.refusal.code).toBe('provider-unavailable');
    expect(fetched.refusal.detail).toContain('POST /v1/channels/');
    expect(JSON.stringify(fetched)).not.toMatch(/app-secret-1|refresh-\d|access-\d/);
  });
});

describe('poll', () => {
  it('finds every order, cancellation and return of the window, page by page', async () => {
    for (const n of [1, 2, 3, 4, 5]) shop.putOrder(usOrder({ id: String(n), update_time: 1000 + n }));
    shop.putOrder(usOrder({ id: 'too-late', update_time: 2001 }));
    shop.putCancellation(cancellation({ update_time: 1500 }));
    shop.putReturn(returned({ update_time: 1600 }));
    const window = { from: new Date(1_001_000).toISOString(), to: new Date(2_000_000).toISOString() };
    const found: string[] = [];
    const connection = connect();
    for (let cursor: string | undefined = 'orders:'; cursor !== undefined;) {
      const page = await pollPage({ ...window, cursor }, connection);
      if (!page.ok) throw new Error(page.refusal.detail);
      found.push(...page.value.deliveries.map(({ deliveryId }) => deliveryId));
      cursor = page.value.cursor;
    }
    expect(found).toEqual([
      ...[1, 2, 3, 4, 5].map((n) => `order/${n}/${1000 + n}`),
      'aftersale/4035000000000000001/1500',
      'aftersale/4036000000000000001/1600',
    ]);
  });

  it('what it finds needs no second look at the order', async () => {
    shop.putOrder(usOrder());
    const connection = connect();
    const page = await pollPage({ from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' }, connection);
    const [delivery] = page.ok ? page.value.deliveries : [];
    if (delivery === undefined) throw new Error('nothing was found');
    const fetched = await fetchOrder(delivery, connection);
    expect(fetched.ok && Buffer.isBuffer(fetched.value)).toBe(true);
    expect(shop.calls).not.toContain('/order/202309/orders');
  });
});

describe('check', () => {
  it('is good with a shop that is authorized and sends its webhooks', async () => {
    const types = [
      'ORDER_STATUS_CHANGE',
      'RECIPIENT_ADDRESS_UPDATE',
      'PACKAGE_UPDATE',
      'CANCELLATION_STATUS_CHANGE',
      'RETURN_STATUS_CHANGE',
    ];
    shop.subscribe(...types.map((event_type) => ({ event_type, address: 'https://oms.example/webhooks/tiktok-us' })));
    const checks = await check(connect());
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual(
      ['authorization', 'shop', 'orders', 'returns', 'products', 'webhooks'].map((name) => [name, true]),
    );
  });

  it('names the shops, and the webhooks that are missing', async () => {
    const checks = await check(connect({ shopCipher: 'ROW_wrong' }));
    const of = (name: string) => checks.find((one) => one.name === name);
    expect(of('shop')).toMatchObject({ ok: false, detail: expect.stringContaining('ROW_cipher') as string });
    const next = await check(connect({}, { refreshToken: shop.refreshToken() }));
    expect(next.find(({ name }) => name === 'webhooks')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('RETURN_STATUS_CHANGE') as string,
    });
  });
});

it('signs a call as documented', () => {
  const query = { app_key: '68xu9ks5p4i8', shop_cipher: 'ROW_x', timestamp: '1696909648', sign: 'left out' };
  expect(signatureOf('/event/202309/webhooks', query, '{"a":1}', 's')).toMatch(/^[\da-f]{64}$/);
  expect(signatureOf('/event/202309/webhooks', query, '{"a":1}', 's')).not.toBe(
    signatureOf('/event/202309/webhooks', query, '{"a":2}', 's'),
  );
});
