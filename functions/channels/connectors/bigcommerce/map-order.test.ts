import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { address, bytes, documentOf, order, pickup, product, refund } from './fixtures/orders.ts';
import { mapOrder } from './map-order.ts';

const channel = channelOf({ channelId: 'bc', type: 'bigcommerce' });
const map = (document: unknown) => mapOrder(bytes(document), { topic: 'store/order/updated' });
const snapshotOf = (document: unknown) => canonical(channel, map(document));
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('a BigCommerce order', () => {
  it('has ids, people, place, money and payment', async () => {
    const snapshot = await snapshotOf(documentOf());
    expect(snapshot).toMatchObject({
      asOf: '2026-11-02T14:07:30.000Z',
      state: 'open',
      test: false,
      order: {
        externalId: '5120',
        placedAt: '2026-11-02T14:05:09.000Z',
        currency: 'USD',
        customer: { name: 'Ines Calder', email: 'ines@example.org', externalId: '402' },
        shipTo: { lines: ['18 Harbor Row', 'Unit 4'], postalCode: '04101', region: 'Maine', country: 'US' },
        billTo: { city: 'Portland' },
        delivery: { method: 'ship', service: 'Ground' },
        shipping: { price: usd(800), tax: usd(66) },
        channelTotal: usd(6062),
        payments: [{ provider: 'recorded', amount: usd(6062), method: 'Credit Card', reference: 'ch_31f0' }],
        holds: [],
        note: 'Ring twice, please',
        attributes: { source: 'www', 'Door code': '4711', staffNotes: 'regular' },
      },
    });
    expect(snapshot.order.lines).toMatchObject([
      {
        externalLineId: '7001',
        quantity: 2,
        unitPrice: usd(2400),
        tax: usd(396),
        listing: { variantId: '9310', listingId: '310', barcode: '4006381333931' },
      },
    ]);
    expect(totalOf(snapshot)).toBe(6062);
  });

  it('keeps quantities as ordered, and tells refunds by their ids', async () => {
    const declined = refund({ id: 62, payments: [{ amount: 5, is_declined: true }] });
    const snapshot = await snapshotOf(
      documentOf(
        { status_id: 14, payment_status: 'partially refunded' },
        { products: [product({ quantity_refunded: 1 })], refunds: { data: [refund(), declined], meta: {} } },
      ),
    );
    expect(snapshot.order.lines[0]?.quantity).toBe(2);
    expect(snapshot.order.payments[0]?.amount).toEqual(usd(6062));
    expect(snapshot.refunds).toEqual([
      {
        externalId: '61',
        at: '2026-11-05T08:00:00.000Z',
        amount: usd(2598),
        reason: 'arrived cracked',
        lines: [{ externalLineId: '7001', quantity: 1, restock: 'cancel' }],
      },
    ]);
    expect(snapshot.cancelled).toEqual([{ externalLineId: '7001', quantity: 1 }]);
  });

  it.each([
    ['before anything left', {}, { quantity_refunded: 2 }, 2],
    ['when one of two had left', { items_shipped: 1 }, { quantity_refunded: 2, quantity_shipped: 1 }, 1],
    ['of what may be the one that had left', { items_shipped: 1 }, { quantity_refunded: 1, quantity_shipped: 1 }, 0],
    ['after all of it was shipped', { status_id: 2 }, { quantity_refunded: 1 }, 0],
    [
      'after all of it was shipped, by its date',
      { date_shipped: 'Tue, 03 Nov 2026 10:00:00 +0000' },
      { quantity_refunded: 1 },
      0,
    ],
    ['of what nobody ships', {}, { quantity_refunded: 1, type: 'digital' }, 0],
  ])('does not ship units that were refunded %s', async (_, over, counts, units) => {
    const document = documentOf(
      { status_id: 14, total_inc_tax: '112.58', ...over },
      { products: [product({ id: 1 }), product(counts)] },
    );
    expect((await snapshotOf(document)).cancelled).toEqual(
      units === 0 ? [] : [{ externalLineId: '7001', quantity: units }],
    );
  });

  it('that was paid back altogether is cancelled where nothing had left, and else done', async () => {
    const stateWith = async (over: object) => (await snapshotOf(documentOf({ status_id: 4, ...over }))).state;
    expect(await stateWith({})).toBe('cancelled');
    expect(await stateWith({ items_shipped: 1 })).toBe('closed');
    expect(await stateWith({ date_shipped: 'Tue, 03 Nov 2026 10:00:00 +0000' })).toBe('closed');
  });

  it('may carry blanks for what it has not, and ids of other systems as numbers', async () => {
    const blank = documentOf(
      {
        customer_id: '',
        channel_id: '',
        external_source: '',
        billing_address: address({ form_fields: [{ name: 'Gate' }] }),
      },
      {
        products: [
          product({ variant_id: '', parent_order_product_id: '', product_options: [{ display_name: 'Size' }] }),
        ],
      },
    );
    const { order: read } = await snapshotOf(blank);
    expect(read.lines[0]?.listing).toEqual({ listingId: '310', barcode: '4006381333931' });
    expect(read.customer?.externalId).toBeUndefined();
    const snapshot = await snapshotOf(documentOf({ external_id: 4711, external_order_id: 9_007_199_254_740_991 }));
    expect(snapshot.order.attributes).toMatchObject({ externalOrderId: '9007199254740991' });
  });

  it('is collected where its pickup says', async () => {
    const snapshot = await snapshotOf(
      documentOf({ consignments: { pickups: [pickup], shipping: [] } }, { addresses: [] }),
    );
    expect(snapshot.order).toMatchObject({
      shipTo: { company: 'Old Mill store', postalCode: '04530', country: 'US' },
      delivery: {
        method: 'pickup',
        pickupPoint: { externalId: 'OLD-MILL', name: 'Old Mill store' },
        instructions: 'Come to the back door; after 10 am',
      },
    });
  });

  it('goes to the first of several places, held, and each line says where it goes', async () => {
    const second = address({ id: 89, first_name: 'Theo', street_1: '1 Elm', items_total: 1 });
    const snapshot = await snapshotOf(
      documentOf(
        { total_inc_tax: '112.58' },
        { products: [product(), product({ id: 7002, order_address_id: 89 })], addresses: [address(), second] },
      ),
    );
    expect(snapshot.order.shipTo.name).toBe('Ines Calder');
    expect(snapshot.order.holds).toMatchObject([{ reason: expect.stringContaining('2 places') as string }]);
    expect(snapshot.order.lines[1]?.attributes).toMatchObject({
      destination: expect.stringContaining('Theo Calder, 1 Elm') as string,
    });
  });

  it.each([
    [1, 'pending', 'pending', 0, 0],
    [7, 'pending', '', 0, 0],
    [11, 'open', 'authorized', 0, 1],
    [11, 'open', '', 6062, 0],
    [12, 'open', 'held for review', 0, 2],
    [13, 'open', 'captured', 6062, 1],
    [3, 'open', 'captured', 6062, 0],
    [2, 'closed', 'captured', 6062, 0],
    [10, 'closed', 'captured', 6062, 0],
    [4, 'cancelled', 'refunded', 6062, 0],
    [5, 'cancelled', 'void', 0, 0],
    [6, 'cancelled', 'declined', 0, 0],
    [99, 'open', 'paid', 6062, 1],
  ])(
    'of status %i is %s; paid "%s", %i was received and %i reasons hold it',
    async (status_id, state, payment_status, received, holds) => {
      const snapshot = await snapshotOf(documentOf({ status_id, payment_status }));
      expect(snapshot.state).toBe(state);
      expect(snapshot.order.payments.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(received);
      expect(snapshot.order.holds).toHaveLength(holds);
    },
  );

  it('that is archived is closed; one of the test gateway is a test; the transactional currency counts', async () => {
    expect((await snapshotOf(documentOf({ is_deleted: true }))).state).toBe('closed');
    expect((await snapshotOf(documentOf({ payment_method: 'Test Payment Gateway' }))).test).toBe(true);
    const shown = await snapshotOf(documentOf({ currency_code: 'EUR', currency_exchange_rate: '0.9' }));
    expect(shown.order.currency).toBe('USD');
    expect(shown.order.attributes).toMatchObject({ shownIn: 'EUR', shownAtRate: '0.9' });
  });

  it.each([
    ['an incomplete order', documentOf({ status_id: 0 }), 'ignored', 'checkout'],
    ['no place to send it to', documentOf({}, { addresses: [] }), 'quarantined', 'no shipping address'],
    ['a total finer than its currency', documentOf({ total_inc_tax: '60.6234' }), 'quarantined', 'exactly'],
    ['an amount that is none', documentOf({ discount_amount: 'free' }), 'quarantined', 'exactly'],
    [
      'yen with a fraction',
      documentOf({ default_currency_code: 'JPY', total_inc_tax: '60.62' }),
      'quarantined',
      'exactly',
    ],
    ['no products', { order: order() }, 'quarantined', 'products'],
  ])('%s: %s', (_name, document, kind, reason) => {
    expect(map(document)).toMatchObject({ kind, reason: expect.stringContaining(reason) as string });
  });

  it('says that refunds are not known where they may not be read', async () => {
    const snapshot = await snapshotOf(documentOf({ status_id: 14 }, { refunds: null }));
    expect(snapshot.order.holds).toMatchObject([{ reason: expect.stringContaining('Order transactions') as string }]);
  });
});
