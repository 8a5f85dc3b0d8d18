import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { bytes, line, order } from './fixtures/order.ts';
import { mapOrder } from './map-order.ts';

const channel = channelOf({ channelId: 'woo-1', type: 'woocommerce', currency: 'EUR' });
const map = (document: object) => mapOrder(bytes(document), { channel, topic: 'order.updated', deliveryId: 'd' });
const snapshot = (document: object) => canonical(channel, map(document));

/** Goods alone: no fee, no coupon, no shipping. */
const bare = (over: Record<string, unknown>) =>
  order({ fee_lines: [], coupon_lines: [], shipping_lines: [], shipping_total: '0', shipping_tax: '0', ...over });
const goods = (id: number, total: string, tax = '0.00', over: Record<string, unknown> = {}) =>
  line({ id, quantity: 1, subtotal: total, total, total_tax: tax, taxes: [], ...over });

describe('what PHP and plugins make of an order', () => {
  it('lists as objects, empty objects as lists, and empty entries are read', async () => {
    const [first] = order().line_items;
    const said = await snapshot(
      order({
        line_items: { 2: { ...first, meta_data: { 4: { key: 'Engraving', value: 'שלום 🎁' } } } },
        meta_data: [[], null, { id: 1, key: 'gift_box', value: 'yes' }],
        shipping: [],
        refunds: null,
        fee_lines: { 1: order().fee_lines[0] },
      }),
    );
    expect(said.order.lines).toMatchObject([{ externalLineId: '41', attributes: { Engraving: 'שלום 🎁' } }]);
    expect(said.order.attributes).toMatchObject({ gift_box: 'yes' });
    expect(said.order.shipTo.city).toBe('Lübeck');
    expect(totalOf(said)).toBe(3298);
  });

  it('an order of an older API, whose times have no zone, is a person’s', () => {
    const { date_created_gmt: _created, date_modified_gmt: _modified, ...old } = order();
    expect(map({ ...old, date_modified: '2026-11-20T10:00:07' })).toMatchObject({
      kind: 'quarantined',
      reason: expect.stringContaining('REST API version 3') as string,
    });
    const legacy = { id: 7, status: 'processing', currency: 'EUR', created_at: '2026-11-20T09:00:00Z', line_items: [] };
    expect(map({ order: legacy })).toMatchObject({ kind: 'quarantined' });
  });

  it('an order that says no country is in the shop’s own, if that is set', async () => {
    const nowhere = order({ billing: [], shipping: { first_name: 'Jo' } });
    await expect(snapshot(nowhere)).rejects.toThrow('address');
    const settings = { country: 'de' };
    const mapped = mapOrder(bytes(nowhere), {
      channel: { ...channel, settings },
      topic: 'order.updated',
      deliveryId: 'd',
    });
    expect((await canonical(channel, mapped)).order.shipTo).toMatchObject({ country: 'DE' });
  });

  it('a bundle without a SKU is charged, and its products are shipped', async () => {
    const said = await snapshot(
      bare({
        line_items: [
          goods(1, '30.00', '0.00', { sku: '', bundled_items: [2, 3] }),
          goods(2, '0.00', '0.00', { sku: 'TIN-G', bundled_by: '1' }),
          goods(3, '4.00', '0.00', { sku: 'TIN-R', bundled_by: '1' }),
        ],
        cart_tax: '0.00',
        total: '34.00',
      }),
    );
    expect(said.order.lines.map(({ externalLineId }) => externalLineId)).toEqual(['2', '3']);
    expect(said.order.charges).toMatchObject([{ kind: 'service', externalLineId: '1', price: { amount: 3000 } }]);
    expect(totalOf(said)).toBe(3400);
    const stocked = [goods(1, '30.00', '0.00', { sku: 'BOX', bundled_items: [2] }), goods(2, '0.00')];
    const both = await snapshot(bare({ line_items: stocked, cart_tax: '0', total: '30.00' }));
    expect(both.order.lines).toHaveLength(2);
  });

  it('money for no units is a charge', async () => {
    const said = await snapshot(
      bare({ line_items: [goods(1, '8.00'), goods(2, '1.00', '0', { quantity: 0 })], cart_tax: '0', total: '9.00' }),
    );
    expect(said.order.lines).toHaveLength(1);
    expect(said.order.charges).toMatchObject([{ kind: 'service', price: { amount: 100 } }]);
    expect(totalOf(said)).toBe(900);
  });
});

describe('what is paid', () => {
  const goodsOf = (total: string, over: Record<string, unknown> = {}) =>
    bare({ line_items: [goods(1, '20.00')], cart_tax: '0', total, ...over });

  it.each([
    ['a part by gift card', '12.50', ['gift card', 750], ['PayPal', 1250]],
    ['all of it by gift card', '0.00', ['gift card', 2000]],
  ])('%s is what the parts come to', async (_, total, ...payments) => {
    const gift_cards = [{ id: 4, code: 'ABCD-1234', amount: 20 - Number(total) }];
    const said = await snapshot(
      goodsOf(total, { gift_cards, date_paid_gmt: total === '0.00' ? null : '2026-11-20T09:00:05' }),
    );
    expect(totalOf(said)).toBe(2000);
    expect(said.order.channelTotal?.amount).toBe(2000);
    expect(said.order.payments.map(({ amount, ...one }) => ['method' in one && one.method, amount.amount])).toEqual(
      payments,
    );
    expect(said.order.holds).toEqual([]);
  });

  it.each([
    ['20.01', 2001, 'a cent more is rounding'],
    ['19.99', 1999, 'a cent less is rounding'],
    ['19.9850', 1999, 'a total finer than a cent is what is paid'],
  ])('%s: %s %s', async (total, minor) => {
    const said = await snapshot(goodsOf(total));
    expect([totalOf(said), said.order.channelTotal?.amount, said.order.payments[0]?.amount.amount]).toEqual([
      minor,
      minor,
      minor,
    ]);
  });

  it('a difference that is no rounding stays to be seen', async () => {
    const said = await snapshot(goodsOf('15.00'));
    expect([totalOf(said), said.order.channelTotal?.amount]).toEqual([2000, 1500]);
  });

  it.each([
    ['JPY', '1200.00', 1200],
    ['CLP', '449990', 449_990],
    ['KWD', '1.250', 1250],
    ['HUF', '12990', 1_299_000],
  ])('%s %s is %i', async (currency, total, minor) => {
    const said = await snapshot(bare({ currency, line_items: [goods(1, total)], cart_tax: '0', total }));
    expect([totalOf(said), said.order.payments[0]?.amount]).toEqual([minor, { amount: minor, currency }]);
  });
});
