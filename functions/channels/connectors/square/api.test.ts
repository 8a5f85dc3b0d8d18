import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SquareSandbox,
  squareEvent,
  squareOrderEvent,
  startSquareSandbox,
} from '../../../../tests/sandboxes/square.ts';
import { type Mapped } from '../../domain/connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { check } from './check.ts';
import { fetchOrder } from './fetch.ts';
import { location, returnOrder, tillSale, variation } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';
import { poll } from './poll.ts';

const notificationUrl = 'https://oms.example.com/webhooks/square-us';
const refreshing = { clientId: 'sq0idp-client', clientSecret: 'sq0csp-secret', refreshToken: 'EQAA-first' };
let seller: SquareSandbox;
beforeEach(async () => {
  seller = await startSquareSandbox('EAAA-right');
  seller.locations.push(location);
  seller.catalog.set(variation.id, variation);
});
afterEach(() => seller.stop());

const channel = (settings: Record<string, string> = {}) =>
  channelOf({ channelId: 'square-us', type: 'square', settings: { apiUrl: seller.url, notificationUrl, ...settings } });
const connection = (
  values: Record<string, string> = { accessToken: 'EAAA-right' },
  settings = {},
  signing = ['secret'],
) => connectionOf(channel(settings), { values, signing });
const event = (type = 'order.created', id = 'ORDER1') => ({
  topic: type,
  body: Buffer.from(squareOrderEvent(type, id)),
});

async function fetched(delivery: { topic: string; body: Buffer }, from = connection()): Promise<Mapped> {
  const answer = await fetchOrder(delivery, from);
  if (!answer.ok) throw new Error(answer.refusal.detail);
  const document = answer.value ?? delivery.body;
  return Buffer.isBuffer(document)
    ? mapDelivery(document, { channel: channel(), topic: delivery.topic, deliveryId: 'd' })
    : document;
}

describe('an order that an event names', () => {
  it.each(['order.created', 'order.updated', 'order.fulfillment.updated'])(
    'is asked for, with its location and SKUs: %s',
    async (type) => {
      seller.put(tillSale());
      expect(await fetched(event(type))).toMatchObject({
        snapshot: { order: { externalId: 'ORDER1', shipTo: { country: 'US' }, lines: [{ sku: 'MUG-BLUE' }] } },
      });
    },
  );

  it('is the one that a payment paid; a payment of none is none of ours', async () => {
    seller.put(tillSale());
    const paid = Buffer.from(squareEvent('payment.updated', { payment: { id: 'P', order_id: 'ORDER1' } }));
    expect(await fetched({ topic: 'payment.updated', body: paid })).toMatchObject({ kind: 'order' });
    const alone = Buffer.from(squareEvent('payment.created', { payment: { id: 'P' } }));
    expect(await fetched({ topic: 'payment.created', body: alone })).toMatchObject({ kind: 'ignored' });
  });

  it('a refund finds the order that its payment paid', async () => {
    seller.put(returnOrder());
    seller.put(tillSale());
    seller.pay({ id: 'PAYMENT1', order_id: 'ORDER1' });
    const refund = {
      id: 'PAYMENT1_X',
      status: 'COMPLETED',
      amount_money: { amount: 800, currency: 'USD' },
      payment_id: 'PAYMENT1',
    };
    const byReturn = Buffer.from(
      squareEvent('refund.updated', { refund: { ...refund, order_id: 'RETURN1', reason: 'Chipped' } }),
    );
    expect(await fetched({ topic: 'refund.updated', body: byReturn })).toEqual(
      await fetched(event('order.created', 'RETURN1')),
    );
    const amountOnly = Buffer.from(squareEvent('refund.created', { refund }));
    expect(await fetched({ topic: 'refund.created', body: amountOnly })).toMatchObject({
      change: { externalId: 'ORDER1', refund: { lines: [] } },
    });
  });

  it('that is not there is ignored; what cannot be asked is tried again', async () => {
    expect(await fetched(event())).toMatchObject({ kind: 'ignored' });
    seller.put(tillSale());
    seller.fail(500);
    expect(await fetchOrder(event(), connection())).toMatchObject({ refusal: { code: 'provider-unavailable' } });
    seller.fail(429);
    expect(await fetchOrder(event(), connection())).toMatchObject({
      refusal: { facts: { retryAfterSeconds: expect.any(Number) as number } },
    });
    expect(await fetchOrder(event(), connection({}))).toMatchObject({
      refusal: { detail: expect.stringContaining('no access token') as string },
    });
    const wrong = await fetchOrder(event(), connection({ accessToken: 'EAAA-wrong' }));
    expect(wrong).toMatchObject({ refusal: { detail: expect.stringContaining('UNAUTHORIZED') as string } });
    expect(JSON.stringify(wrong)).not.toContain('EAAA-wrong');
  });

  it('is read without SKUs where the token may not see the catalog, and waits where it may not see orders', async () => {
    seller.put(tillSale());
    seller.forbidden = ['POST /v2/catalog/'];
    expect(await fetched(event())).toMatchObject({
      snapshot: { order: { lines: [{ listing: { variantId: 'VARIATION1' } }] } },
    });
    seller.forbidden = ['GET /v2/orders/'];
    expect(await fetchOrder(event(), connection())).toMatchObject({
      refusal: { detail: expect.stringContaining('ORDERS_READ') as string },
    });
  });

  it('is asked for with a refreshed token; the refresh token that came with it is kept', async () => {
    seller.put(tillSale());
    const from = connection(refreshing);
    expect(await fetched(event(), from)).toMatchObject({ kind: 'order' });
    expect(from.credentials.values['refreshToken']).not.toBe('EQAA-first');
    seller.expireTokens();
    expect(await fetched(event(), from)).toMatchObject({ kind: 'order' });
    seller.fail(401, 2);
    expect(await fetchOrder(event(), from)).toMatchObject({
      refusal: { detail: expect.stringContaining('401') as string },
    });
    expect(await fetchOrder(event(), connection(refreshing))).toMatchObject({
      refusal: { detail: expect.stringContaining('authorize the application again') as string },
    });
  });

  it('is not asked for where an event is about something else', async () => {
    const body = Buffer.from(squareEvent('inventory.count.updated', { inventory_counts: [] }));
    expect(await fetchOrder({ topic: 'inventory.count.updated', body }, connection())).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await fetched({ topic: 'order.created', body: Buffer.from('{}') })).toMatchObject({ kind: 'quarantined' });
    expect(seller.asked).toEqual([]);
  });
});

it('polling finds every order of its locations that changed, over pages and groups of locations', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `L${index}`);
  for (let index = 0; index < 450; index += 1)
    seller.put(
      tillSale({
        id: `O${index}`,
        location_id: ids[index % 14 === 13 ? 0 : index % 14] ?? 'ELSEWHERE',
        version: index,
        updated_at: new Date(Date.UTC(2026, 10, 20, 8, 0, index)).toISOString(),
      }),
    );
  const window = { from: '2026-11-20T08:00:00.000Z', to: '2026-11-20T09:00:00.000Z' };
  const from = connection(undefined, { locationIds: ids.join(', ') });
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await poll.page({ ...window, ...(cursor !== undefined && { cursor }) }, from);
    if (!page.ok) throw new Error(page.refusal.detail);
    found.push(...page.value.deliveries.map(({ deliveryId }) => deliveryId));
    cursor = page.value.cursor;
  } while (cursor !== undefined);
  const expected = Array.from({ length: 450 }, (_, index) => index).filter((index) => index % 14 !== 12);
  expect(found.toSorted()).toEqual(expected.map((index) => `poll:O${index}:${index}`).toSorted());
  const all = await poll.page(window, connection());
  expect(all).toMatchObject({ ok: true, value: { deliveries: [] } });
});

it('polling finds an order without a version again as often as it changed', async () => {
  seller.put(tillSale({ version: undefined }));
  const idsTo = async (to: string) => {
    const page = await poll.page({ from: '2026-11-20T00:00:00Z', to }, connection());
    return page.ok ? page.value.deliveries.map(({ deliveryId }) => deliveryId) : [];
  };
  const [first, second] = [await idsTo('2026-11-21T00:00:00Z'), await idsTo('2026-11-21T00:05:00Z')];
  expect([first.length, second.length]).toEqual([1, 1]);
  expect(second).not.toEqual(first);
});

it('a polled order is read like one that an event named', async () => {
  seller.put(tillSale());
  const page = await poll.page({ from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }, connection());
  const [delivery] = page.ok ? page.value.deliveries : [];
  if (delivery === undefined) throw new Error('nothing was found');
  expect(await fetched(delivery)).toEqual(await fetched(event()));
});

describe('a test of the connection', () => {
  const topics = [
    'order.created',
    'order.updated',
    'order.fulfillment.updated',
    'payment.created',
    'payment.updated',
    'refund.created',
    'refund.updated',
  ];

  it('says what is good', async () => {
    const written = ['ORDERS_WRITE', 'PAYMENTS_WRITE', 'INVENTORY_READ', 'INVENTORY_WRITE', 'ITEMS_WRITE'];
    seller.scopes = ['ORDERS_READ', 'PAYMENTS_READ', 'ITEMS_READ', 'MERCHANT_PROFILE_READ', ...written];
    seller.subscriptions = [{ notification_url: notificationUrl, enabled: true, event_types: topics }];
    const found = await check(connection());
    expect(found.filter(({ ok }) => !ok)).toEqual([]);
    expect(found.map(({ name }) => name)).toContain('permission ORDERS_READ');
  });

  it('says what is missing and how to mend it', async () => {
    seller.scopes = ['ORDERS_READ'];
    seller.subscriptions = [{ notification_url: notificationUrl, enabled: true, event_types: topics.slice(1) }];
    const found = await check(connection(undefined, { locationIds: 'LOCATION1,NOWHERE' }, []));
    expect(found.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
      'locations',
      'permission PAYMENTS_READ',
      'permission ITEMS_READ',
      'permission MERCHANT_PROFILE_READ',
      'permission ORDERS_WRITE',
      'permission PAYMENTS_WRITE',
      'permission INVENTORY_READ',
      'permission INVENTORY_WRITE',
      'permission ITEMS_WRITE',
      'webhook subscription',
    ]);
    seller.subscriptions = [];
    expect((await check(connection())).at(-1)).toMatchObject({
      ok: false,
      detail: expect.stringContaining(notificationUrl) as string,
    });
    expect(await check(connection({ accessToken: 'EAAA-wrong' }))).toMatchObject([
      { name: 'credentials', ok: false },
      {},
    ]);
  });
});
