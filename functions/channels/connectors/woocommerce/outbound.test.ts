import { describe, expect, it, onTestFinished } from 'vitest';
import { startWooSandbox } from '../../../../tests/sandboxes/woocommerce.ts';
import { type Offer } from '../../domain/availability-connector.ts';
import { type NoticeToTell } from '../../domain/tell.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { now } from '../../fixtures/now.ts';
import { channelOf } from '../../fixtures/world.ts';
import { outboundContract } from '../../testing/outbound-contract.ts';
import { woocommerce } from './connector.ts';
import { order } from './fixtures/order.ts';

const keys = { consumerKey: 'ck_right', consumerSecret: 'cs_secret' };
const offer = (sku: string, quantity: number, listingId: string, variantId?: string): Offer => ({
  sku,
  quantity,
  sequence: 1,
  ids: { listingId, ...(variantId !== undefined && { variantId }) },
});
const lines = order().line_items as { id: number; quantity: number }[];
const [first] = lines;
const all = lines.map(({ id, quantity }) => ({ lineId: String(id), sku: 'A', quantity }));

async function open(settings: Record<string, string> = {}) {
  const shop = await startWooSandbox(keys);
  onTestFinished(() => shop.stop());
  for (const id of [31, 32, 40]) shop.catalog.list(id);
  shop.catalog.list(41, 40);
  shop.put(order());
  shop.put(order({ id: 1208 }));
  const channel = channelOf({
    ...{ channelId: 'woo-de', type: 'woocommerce', currency: 'EUR' },
    settings: { apiUrl: shop.url, ...settings },
  });
  const connection = connectionOf(channel, { values: keys });
  const state = () => structuredClone([shop.catalog.all(), shop.book(1207), shop.book(1208)]);
  const fail = (status: 429 | 503, times: number) =>
    shop.troubles.answer({ status, body: {}, ...(status === 429 && { headers: { 'retry-after': '7' } }) }, times);
  return { shop, connection, state, fail };
}

const about = { noticeId: 'n-1', orderId: 'ord-1', externalId: '1207', happenedAt: now, tries: 0 };
const parcel: NoticeToTell<'shipped'> = {
  ...about,
  facts: {
    ...{
      fulfillmentOrderId: 'ful-1',
      location: 'berlin',
      carrier: 'DHL Paket',
      trackingNumber: '00340434161094042557',
    },
    ...{ trackingUrl: 'https://www.dhl.de/track?id=1', shippedAt: now, lines: all },
  },
};
const cancellation: NoticeToTell<'cancelled'> = {
  ...about,
  externalId: '1208',
  facts: { reason: 'out of stock', lines: all, complete: true },
};
const refund: NoticeToTell<'refunded'> = {
  ...about,
  facts: {
    refundId: 'ref_1',
    amount: { amount: 1285, currency: 'EUR' },
    reason: 'too small',
    lines: [{ lineId: String(first?.id), sku: 'A', quantity: 1 }],
  },
};
const pickup = { fulfillmentOrderId: 'ful-2', location: 'berlin', lines: all };

outboundContract({
  connector: woocommerce,
  open,
  offers: [offer('A', 5, '31'), offer('B', 7, '32', '32'), offer('C', 2, '40', '41')],
  unknown: offer('D', 1, '39'),
  notices: {
    shipped: parcel,
    cancelled: cancellation,
    refunded: refund,
    ready: { ...about, facts: pickup },
    collected: { ...about, facts: pickup },
  },
  secrets: ['cs_secret', Buffer.from('ck_right:cs_secret').toString('base64')],
});

describe('stock at WooCommerce', () => {
  it('is set by one batch for products and one for the variations of each product', async () => {
    const { shop, connection } = await open();
    await woocommerce.availability?.publish(connection, [offer('A', 5, '31'), offer('C', 2, '40', '41')]);
    expect(shop.catalog.stock(31)).toEqual({ id: 31, manage_stock: true, stock_quantity: 5 });
    expect(shop.catalog.stock(41, 40)).toEqual({ id: 41, manage_stock: true, stock_quantity: 2 });
    expect(shop.calls).toEqual(['/wp-json/wc/v3/products/batch', '/wp-json/wc/v3/products/40/variations/batch']);
  });

  it('that is applied in part says which part: a variation and a whole product that are gone', async () => {
    const { connection } = await open();
    const offers = [
      offer('A', 1, '31'),
      offer('X', 1, '40', '99'),
      offer('C', 2, '40', '41'),
      offer('Y', 1, '77', '78'),
    ];
    const answers = await woocommerce.availability?.publish(connection, [...offers, offer('Z', 1, 'no-id')]);
    expect([...(answers ?? [])].map(([sku, answer]) => [sku, answer.ok ? 'ok' : answer.refusal.code])).toEqual([
      ['A', 'ok'],
      ['X', 'not-found'],
      ['C', 'ok'],
      ['Y', 'not-found'],
      ['Z', 'invalid-request'],
    ]);
  });

  it('is read; a product that keeps none is left out', async () => {
    const { connection } = await open();
    await woocommerce.availability?.publish(connection, [offer('A', 5, '31'), offer('C', 2, '40', '41')]);
    const listings = [offer('A', 0, '31'), offer('B', 0, '32'), offer('C', 0, '40', '41'), offer('X', 0, '39')].map(
      ({ sku, ids }) => ({ channelId: 'woo-de', sku, version: 1, ...ids }),
    );
    expect(await woocommerce.availability?.read?.quantities(connection, listings)).toEqual({
      ok: true,
      value: new Map([
        ['A', { quantity: 5 }],
        ['C', { quantity: 2 }],
      ]),
    });
  });
});

describe('an order at WooCommerce', () => {
  it('is noted for the buyer and completed with its last parcel, not before', async () => {
    const { shop, connection } = await open();
    const parts = all.flatMap((line) => Array.from({ length: line.quantity }, () => ({ ...line, quantity: 1 })));
    const statuses: unknown[] = [];
    for (const [index, line] of parts.entries()) {
      const facts = { ...parcel.facts, trackingNumber: `TRACK-${index}`, lines: [line] };
      await woocommerce.tell?.shipped?.({ ...parcel, noticeId: `n-${index}`, facts }, connection);
      statuses.push(shop.book(1207)?.order['status']);
    }
    expect(statuses.at(-1)).toBe('completed');
    expect(statuses.slice(0, -1)).not.toContain('completed');
    expect(shop.book(1207)?.notes).toHaveLength(parts.length);
    expect(shop.book(1207)?.notes[0]).toMatchObject({
      customer_note: true,
      note: expect.stringContaining('DHL, tracking number TRACK-0: https://www.dhl.de') as string,
    });
  });

  it('gets a private note where buyers are not to be written to', async () => {
    const { shop, connection } = await open({ notifyCustomer: 'no' });
    await woocommerce.tell?.shipped?.(parcel, connection);
    expect(shop.book(1207)?.notes).toMatchObject([{ customer_note: false }]);
  });

  it('is refunded to the cent with its lines, by the gateway or only recorded', async () => {
    const { shop, connection } = await open({ refundPayments: 'no' });
    expect(await woocommerce.tell?.refunded?.(refund, connection)).toMatchObject({ value: { reference: '800' } });
    expect(shop.book(1207)?.refunds).toMatchObject([
      { amount: '12.85', reason: 'too small (ref_1)', refunded_payment: false, line_items: [{ quantity: -1 }] },
    ]);
  });

  it('is cancelled whole or by hand', async () => {
    const { shop, connection } = await open();
    const part = { ...cancellation, facts: { ...cancellation.facts, complete: false } };
    expect(await woocommerce.tell?.cancelled?.(part, connection)).toMatchObject({
      refusal: { code: 'state-conflict', detail: expect.stringContaining('only whole') as string },
    });
    expect(shop.book(1208)?.order['status']).toBe('processing');
    expect(await woocommerce.tell?.cancelled?.({ ...cancellation, externalId: '9' }, connection)).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });
});

it('a parcel is not taken for the one whose tracking number begins like its own', async () => {
  const { shop, connection } = await open();
  const tell = (noticeId: string, trackingNumber: string) =>
    woocommerce.tell?.shipped?.(
      { ...parcel, noticeId, facts: { ...parcel.facts, trackingNumber, lines: [] } },
      connection,
    );
  for (const [noticeId, number] of [
    ['n-1', 'JD0014'],
    ['n-2', 'JD001'],
    ['n-2', 'JD001'],
  ] as const)
    await tell(noticeId, number);
  expect(JSON.stringify(shop.book(1207)).match(/on its way/g)).toHaveLength(2);
});

it('a refund that our own gateway has paid is recorded, and one that it has paid in part is a person’s', async () => {
  const { shop, connection } = await open();
  const paid = (amount: number) => ({ ...refund, facts: { ...refund.facts, givenBack: { amount, currency: 'EUR' } } });
  expect(await woocommerce.tell?.refunded?.(paid(85), connection)).toMatchObject({
    refusal: { code: 'state-conflict', detail: expect.stringContaining('the other 12.00') as string },
  });
  await woocommerce.tell?.refunded?.(paid(1285), connection);
  expect(shop.book(1207)?.refunds).toMatchObject([{ refunded_payment: false }]);
});
