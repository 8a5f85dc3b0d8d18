import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { address, bytes, creditMemo, item, order } from './fixtures/orders.ts';
import { mapOrder } from './map-order.ts';

const channel = channelOf({ channelId: 'magento', type: 'adobe' });
const map = (document: unknown) => mapOrder(bytes(document), { channel });
const snapshotOf = (document: unknown) => canonical(channel, map(document));
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('an Adobe Commerce order', () => {
  it('has ids, people, place, money and payment', async () => {
    const snapshot = await snapshotOf(order());
    expect(snapshot).toMatchObject({
      asOf: '2026-11-03T09:16:40.000Z',
      state: 'open',
      order: {
        externalId: '902',
        externalNumber: '000000902',
        placedAt: '2026-11-03T09:15:00.000Z',
        customer: { name: 'Jonas Weber', externalId: '15' },
        shipTo: { lines: ['9 Quarry Road', 'Rear house'], region: 'OH', postalCode: '45402', country: 'US' },
        delivery: { method: 'ship', service: 'Flat Rate - Fixed' },
        lines: [
          { externalLineId: '41', quantity: 2, unitPrice: usd(3000), tax: usd(360), listing: { variantId: '118' } },
        ],
        shipping: { price: usd(750), tax: usd(45) },
        channelTotal: usd(7155),
        payments: [{ amount: usd(7155), method: 'payflowpro', reference: 'A10A9' }],
        holds: [],
        attributes: { storeName: 'Main Website Main Store Default', shippingMethod: 'flatrate_flatrate' },
      },
    });
    expect(totalOf(snapshot)).toBe(7155);
  });

  it('sells a configurable product once, by its price, as the variant that was chosen', async () => {
    const parent = item({ item_id: 50, product_type: 'configurable', sku: 'TEE-M-RED', product_id: 200 });
    const child = item({
      item_id: 51,
      parent_item_id: 50,
      sku: 'TEE-M-RED',
      product_id: 214,
      base_row_total: 0,
      base_tax_amount: 0,
    });
    const snapshot = await snapshotOf(order({ items: [parent, child] }));
    expect(snapshot.order.lines).toMatchObject([
      { externalLineId: '50', quantity: 2, unitPrice: usd(3000), listing: { variantId: '214', listingId: '200' } },
    ]);
    expect(totalOf(snapshot)).toBe(7155);
  });

  const parts = (prices: readonly number[]) =>
    [60, 61].map((item_id, index) =>
      item({
        item_id,
        parent_item_id: 59,
        sku: `PART-${item_id}`,
        qty_ordered: 2 * (index + 1),
        base_row_total: prices[index],
        base_tax_amount: 0,
      }),
    );

  it('sells a bundle with dynamic prices as its parts, by theirs', async () => {
    const bundle = item({ item_id: 59, product_type: 'bundle', base_row_total: 63.6, base_tax_amount: 0 });
    const snapshot = await snapshotOf(order({ items: [bundle, ...parts([40, 23.6])] }));
    expect(snapshot.order.lines.map(({ unitPrice }) => unitPrice.amount)).toEqual([2000, 590]);
    expect(totalOf(snapshot)).toBe(7155);
  });

  it('sells a bundle with a fixed price as its parts, which share it, and cancels them with it', async () => {
    const bundle = item({ item_id: 59, sku: 'SET', product_type: 'bundle', qty_canceled: 1 });
    const snapshot = await snapshotOf(order({ items: [bundle, ...parts([0, 0])] }));
    expect(snapshot.order.lines).toMatchObject([
      { externalLineId: '60', quantity: 2, unitPrice: usd(1000), tax: usd(120), attributes: { bundle: 'SET' } },
      { externalLineId: '61', quantity: 4, unitPrice: usd(1000), tax: usd(240) },
    ]);
    expect(snapshot.cancelled).toEqual([
      { externalLineId: '60', quantity: 1 },
      { externalLineId: '61', quantity: 2 },
    ]);
    expect(totalOf(snapshot)).toBe(7155);
  });

  it('counts the tax in a discount on prices that include it, and discounts of shipping', async () => {
    // 2 × 31.80 with tax, 10.60 off with tax: 53.00 with 3.00 tax; shipping 7.95 less 1.06.
    const discounted = item({
      base_discount_amount: 10.6,
      base_discount_tax_compensation_amount: 0.6,
      base_tax_amount: 3,
    });
    const snapshot = await snapshotOf(
      order({
        items: [discounted],
        coupon_code: 'TENOFF',
        base_shipping_discount_amount: 1.06,
        base_shipping_discount_tax_compensation_amnt: 0.06,
        base_shipping_tax_amount: 0.39,
        base_grand_total: 59.89,
        base_total_paid: 59.89,
      }),
    );
    expect(snapshot.order.lines).toMatchObject([
      { unitPrice: usd(3000), discount: usd(1000), discounts: [{ code: 'TENOFF', amount: usd(1000) }], tax: usd(300) },
    ]);
    expect(snapshot.order.shipping).toEqual({ price: usd(650), tax: usd(39) });
    expect(totalOf(snapshot)).toBe(5989);
  });

  it('charges wrapping, fixed product taxes and what nobody ships; store credit and gift cards pay', async () => {
    const items = [
      item({ base_weee_tax_applied_row_amnt: 2 }),
      item({
        item_id: 42,
        product_type: 'downloadable',
        is_virtual: 1,
        base_row_total: 5,
        base_tax_amount: 0,
        qty_ordered: 1,
      }),
    ];
    const more = {
      gw_items_base_price: '3.0000',
      gw_items_base_tax_amount: 0.18,
      base_customer_balance_amount: 20,
      base_gift_cards_amount: 1.73,
    };
    const snapshot = await snapshotOf(order({ items, base_grand_total: 60, base_total_paid: 60 }, { more }));
    expect(snapshot.order.charges).toMatchObject([
      { kind: 'digital', externalLineId: '42', price: usd(500) },
      { kind: 'gift-wrap', price: usd(300), tax: usd(18) },
      { kind: 'fee', title: 'Fixed product tax', price: usd(200) },
    ]);
    expect(snapshot.order.channelTotal).toEqual(usd(8173));
    expect(totalOf(snapshot)).toBe(8173);
    expect(snapshot.order.payments).toMatchObject([
      { method: 'store credit', amount: usd(2000) },
      { method: 'gift card', amount: usd(173) },
      { method: 'payflowpro', amount: usd(6000) },
    ]);
  });

  it("is in the shop's currency, with what the buyer saw in another", async () => {
    const snapshot = await snapshotOf(order({ order_currency_code: 'EUR', grand_total: 66.02 }));
    expect(snapshot.order.channelTotal).toEqual(usd(7155));
    expect(snapshot.order.presentment).toEqual({ total: { amount: 6602, currency: 'EUR' } });
  });

  it('tells what was refunded: units that never left, units that came back, and no memo that was called off', async () => {
    const items = [item({ qty_refunded: 2, qty_shipped: 1 })];
    const memos = [
      creditMemo(),
      creditMemo({ entity_id: 32, created_at: '2026-11-08 10:00:00' }),
      creditMemo({ entity_id: 33, state: 3 }),
    ];
    const back = {
      ...memos[0],
      items: [
        { order_item_id: 41, qty: 1, back_to_stock: true },
        { order_item_id: 999, qty: 1 },
      ],
    };
    const snapshot = await snapshotOf({
      order: order({ items, base_total_refunded: 63.6 }),
      creditmemos: { items: [memos[1], back, memos[2]] },
    });
    expect(snapshot.refunds).toMatchObject([
      {
        externalId: '31',
        amount: usd(3180),
        reason: 'scratched',
        at: '2026-11-06T10:00:00.000Z',
        lines: [{ externalLineId: '41', quantity: 1, restock: 'return' }],
      },
      { externalId: '32', lines: [{ externalLineId: '41', quantity: 1, restock: 'cancel' }] },
    ]);
    expect(snapshot.order.payments[0]?.amount).toEqual(usd(7155));
  });

  it('is collected at the source that its pickup names', async () => {
    const snapshot = await snapshotOf(
      order({}, { method: 'instore_pickup', more: { pickup_location_code: 'dayton' } }),
    );
    expect(snapshot.order.delivery).toMatchObject({ method: 'pickup', pickupPoint: { externalId: 'dayton' } });
    const byAddress = await snapshotOf(
      order({}, { to: address({ extension_attributes: { pickup_location_code: 'akron' } }) }),
    );
    expect(byAddress.order.delivery).toMatchObject({ method: 'pickup', pickupPoint: { externalId: 'akron' } });
  });

  it.each([
    ['new', 'open', 0, 1],
    ['pending_payment', 'pending', 0, 0],
    ['processing', 'open', 71.55, 0],
    ['processing', 'open', 0, 1],
    ['holded', 'open', 71.55, 1],
    ['payment_review', 'open', 71.55, 1],
    ['complete', 'closed', 71.55, 0],
    ['closed', 'closed', 71.55, 0],
    ['canceled', 'cancelled', 0, 0],
    ['of its own', 'open', 71.55, 1],
  ])('in state %s is %s; of it %d was paid, and %i reasons hold it', async (state, expected, paid, holds) => {
    const snapshot = await snapshotOf(order({ state, base_total_paid: paid }));
    expect(snapshot.state).toBe(expected);
    expect(snapshot.order.holds).toHaveLength(holds);
    expect(snapshot.order.payments).toHaveLength(paid > 0 ? 1 : 0);
  });

  it('is paid by what is not due where nothing says what was paid', async () => {
    const snapshot = await snapshotOf(order({ base_total_paid: undefined, base_total_due: 20, state: 'new' }));
    expect(snapshot.order.payments[0]?.amount).toEqual(usd(5155));
    expect(snapshot.order.holds[0]?.reason).toContain('20.00 USD');
  });

  it.each([
    [
      'virtual items alone',
      order({ items: [item({ product_type: 'virtual', is_virtual: 1 })] }),
      'ignored',
      'nothing to ship',
    ],
    ['goods by weight', order({ items: [item({ qty_ordered: 1.5 })] }), 'quarantined', '1.5 units'],
    ['no address', order({ extension_attributes: { shipping_assignments: [] } }), 'quarantined', 'no shipping address'],
    ['a total finer than its currency', order({ base_grand_total: 71.5549 }), 'quarantined', 'exactly'],
    ['no total', order({ base_grand_total: undefined, grand_total: null }), 'quarantined', 'no total'],
    ['an error of the store', { message: 'Internal Error' }, 'quarantined', 'no Adobe Commerce order'],
  ])('%s: %s', (_name, document, kind, reason) => {
    expect(map(document)).toMatchObject({ kind, reason: expect.stringContaining(reason) as string });
  });
});
