import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { bytes, order, refund } from './fixtures/order.ts';
import { mapOrder } from './map-order.ts';

const channelWith = (settings: Record<string, string> = {}) =>
  channelOf({ channelId: 'woo-1', type: 'woocommerce', currency: 'EUR', settings });
const map = (document: object, settings: Record<string, string> = {}) =>
  mapOrder(bytes(document), { channel: channelWith(settings), topic: 'order.updated', deliveryId: 'd' });
const snapshot = (document: object, settings: Record<string, string> = {}) =>
  canonical(channelWith(settings), map(document, settings));

describe('an order', () => {
  it('is taken whole', async () => {
    const said = await snapshot(order());
    expect(said).toMatchObject({ asOf: '2026-11-20T09:00:07.000Z', state: 'open', refunds: [], cancelled: [] });
    expect(said.order).toMatchObject({
      externalId: '1207',
      externalNumber: 'W-1207',
      placedAt: '2026-11-20T09:00:00.000Z',
      customer: { name: 'Jo Behrens', email: 'jo@example.com', taxId: 'DE123456789', externalId: '31' },
      shipTo: {
        name: 'Jo Behrens',
        lines: ['Kanalstr. 5'],
        city: 'Lübeck',
        postalCode: '23552',
        country: 'DE',
        phone: '+49 451 555',
      },
      delivery: { method: 'ship', service: 'DHL Paket' },
      lines: [
        {
          title: 'Tea tin – Green',
          listing: { variantId: '214', listingId: '210' },
          quantity: 2,
          unitPrice: { amount: 1200 },
          discount: { amount: 240 },
          discounts: [{ title: 'coupon', code: 'tea10', amount: { amount: 240 } }],
          tax: { amount: 410 },
          taxes: [{ title: 'VAT', ratePercent: '19', amount: { amount: 410 } }],
          attributes: { Color: 'green' },
        },
      ],
      charges: [{ kind: 'gift-wrap', title: 'Gift wrap', price: { amount: 200 }, tax: { amount: 38 } }],
      shipping: { price: { amount: 412 }, tax: { amount: 78 } },
      channelTotal: { amount: 3298 },
      payments: [{ amount: { amount: 3298 }, reference: 'PP-1', method: 'PayPal' }],
      holds: [],
      note: 'Please ring twice',
      attributes: { gift_box: 'yes', coupons: 'tea10' },
    });
    expect(totalOf(said)).toBe(3298);
  });

  it('goes to the billing address where there is no other', async () => {
    const blank = { first_name: '', last_name: '', address_1: '', country: '' };
    expect((await snapshot(order({ shipping: blank }))).order.shipTo).toMatchObject({
      lines: ['Kanalstr. 5'],
      email: 'jo@example.com',
    });
  });

  it.each([
    ['local_pickup', '4', [], 'local_pickup:4', 'Our shop'],
    [
      'pickup_location',
      '0',
      [
        { key: 'pickup_location', value: 'Harbor store' },
        { key: 'pickup_address', value: 'Quay 1, Lübeck' },
      ],
      'Harbor store',
      'Harbor store',
    ],
  ])('is collected by %s', async (method_id, instance_id, meta_data, externalId, name) => {
    const shipping_lines = [
      { id: 1, method_title: 'Our shop', method_id, instance_id, total: '4.12', total_tax: '0.78', meta_data },
    ];
    const { delivery, shipTo } = (await snapshot(order({ shipping_lines }))).order;
    expect(delivery).toMatchObject({ method: 'pickup', pickupPoint: { externalId, name } });
    expect(shipTo.lines).not.toContain('Kanalstr. 5');
  });
});

describe('states', () => {
  it.each([
    ['pending', 'pending', 0],
    ['failed', 'pending', 0],
    ['on-hold', 'open', 1],
    ['processing', 'open', 1],
    ['completed', 'closed', 0],
    ['cancelled', 'cancelled', 0],
    ['refunded', 'cancelled', 0],
    ['trash', 'cancelled', 0],
    ['packed', 'open', 1],
  ])('unpaid and %s is %s with %i holds', async (status, state, holds) => {
    const said = await snapshot(order({ status, date_paid_gmt: null }));
    expect(said.state).toBe(state);
    expect(said.order.holds).toHaveLength(holds);
    expect(said.order.payments).toEqual([]);
  });

  it('a status of the shop’s own means what the setting says; a basket is no order; what was sent and refunded is done', async () => {
    expect((await snapshot(order({ status: 'shipped' }), { statuses: 'packed=open, wc-shipped=closed' })).state).toBe(
      'closed',
    );
    expect(map(order({ status: 'checkout-draft' }))).toMatchObject({ kind: 'ignored' });
    expect((await snapshot(order({ status: 'refunded', date_completed_gmt: '2026-11-21T00:00:00' }))).state).toBe(
      'closed',
    );
  });

  it('paid on delivery waits, or counts as paid where the retailer says so', async () => {
    const cod = order({ payment_method: 'cod', date_paid_gmt: null });
    expect((await snapshot(cod)).order.holds).toMatchObject([
      { reason: expect.stringContaining('on delivery') as string },
    ]);
    expect((await snapshot(cod, { cashOnDelivery: 'ship' })).order).toMatchObject({
      holds: [],
      payments: [{ amount: { amount: 3298 } }],
    });
  });
});

describe('refunds', () => {
  const refunds = [refund()];

  it('before the order is completed they cancel units; afterwards nobody says what came back', async () => {
    const before = await snapshot({ order: order(), refunds });
    expect(before.cancelled).toEqual([{ externalLineId: '41', quantity: 1 }]);
    expect(before.asOf).toBe('2026-11-20T12:00:00.000Z');
    const sent = order({ status: 'completed', date_completed_gmt: '2026-11-20T11:00:00' });
    const after = await snapshot({ order: sent, refunds });
    expect(after.cancelled).toEqual([]);
    expect(after.refunds).toMatchObject([
      { externalId: '1250', amount: { amount: 1285 }, lines: [{ restock: 'none' }] },
    ]);
  });

  it('a refund of money alone cancels nothing, and totals alone are still money', async () => {
    const money = refund({ line_items: [{ quantity: 0, meta_data: [{ key: '_refunded_item_id', value: 41 }] }] });
    expect(await snapshot({ order: order(), refunds: [money] })).toMatchObject({
      cancelled: [],
      refunds: [{ lines: [] }],
    });
    const bare = await snapshot(order({ refunds: [{ id: 1250, reason: '', total: '-12.85' }] }));
    expect(bare.refunds).toMatchObject([{ externalId: '1250', amount: { amount: 1285 } }]);
  });
});
