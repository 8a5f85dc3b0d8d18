import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ShopifySandbox, startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { channelOf } from '../../fixtures/world.ts';
import { check } from './check.ts';
import { shopify } from './connector.ts';

let shop: ShopifySandbox;
beforeEach(async () => {
  shop = await startShopifySandbox({ accessToken: 'shpat_right' });
});
afterEach(() => shop.stop());

const channel = () => channelOf({ channelId: 'shopify-us', type: 'shopify', settings: { apiUrl: shop.url } });
const connection = (values: Record<string, string> = { accessToken: 'shpat_right' }) =>
  connectionOf(channel(), { values });

it('says what a channel of its type must be told', () => {
  expect(Object.keys(shopify.needs?.credentials ?? {})).toEqual(['accessToken', 'clientId', 'clientSecret']);
  expect(shopify.needs?.signing).toBeDefined();
});

describe('a test of the connection', () => {
  it('says what is good', async () => {
    for (const topic of ['ORDERS_CREATE', 'ORDERS_UPDATED', 'ORDERS_CANCELLED', 'REFUNDS_CREATE'])
      shop.orders.subscriptions.set(topic, 'https://oms.example.com/webhooks/shopify-us');
    const found = await check(connection());
    expect(found.filter(({ ok }) => !ok)).toEqual([]);
    expect(found.map(({ name }) => name)).toContain('webhook refunds/create');
  });

  it('says what is missing and how to mend it', async () => {
    shop.orders.scopes = ['read_orders'];
    const found = await check(connection());
    const bad = found.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(bad).toEqual([
      'scope write_orders',
      'scope write_order_edits',
      'scope write_merchant_managed_fulfillment_orders',
      'scope read_products',
      'scope read_locations',
      'scope read_merchant_managed_fulfillment_orders',
      'scope write_products',
      'scope write_publications',
      'webhook orders/create',
      'webhook orders/updated',
      'webhook orders/cancelled',
      'webhook refunds/create',
    ]);
    const at = { ...channel(), settings: { apiUrl: shop.url, locationId: '655441491' } };
    const told = await check(connectionOf(at, { values: { accessToken: 'shpat_right' } }));
    expect(told.find(({ name }) => name === 'scope write_inventory')).toMatchObject({ ok: false });
    expect(await check(connection({ accessToken: 'shpat_wrong' }))).toMatchObject([{ name: 'credentials', ok: false }]);
    const euro = { ...connection(), channel: { ...channel(), currency: 'EUR' } };
    expect((await check(euro)).find(({ name }) => name === 'currency')).toMatchObject({ ok: false });
  });
});
