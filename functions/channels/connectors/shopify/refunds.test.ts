import { describe, expect, it } from 'vitest';
import { type Mapped, type SnapshotDraft } from '../../domain/connector.ts';
import { shopifyLine, shopifyOrderBody } from '../../fixtures/shopify-order.ts';
import { channelOf } from '../../fixtures/world.ts';
import { refundBody } from './fixtures/orders.ts';
import { mapDelivery } from './map-order.ts';

const channel = channelOf({ channelId: 'shopify-us', type: 'shopify' });
const mapText = (text: string | Buffer, topic = 'orders/create'): Mapped =>
  mapDelivery(Buffer.from(text), { channel, topic, deliveryId: 'd' });
const map = (over: Readonly<Record<string, unknown>> = {}): Mapped => mapText(JSON.stringify(shopifyOrderBody(over)));

function snapshot(over: Readonly<Record<string, unknown>> = {}): SnapshotDraft {
  const mapped = map(over);
  if (mapped.kind !== 'order') throw new Error(JSON.stringify(mapped));
  return mapped.snapshot;
}

describe('units that will not be shipped', () => {
  const line = (quantity: number, currentQuantity: number) => [shopifyLine({ quantity, currentQuantity })];
  const refund = (restock_type: string, quantity: number) => ({
    id: `9${restock_type.length}${quantity}`,
    refund_line_items: [{ line_item_id: 11001, quantity, restock_type }],
    transactions: [],
  });
  const shipped = (quantity: number) => [{ status: 'success', line_items: [{ id: 11001, quantity }] }];

  it.each([
    ['an edit took two out', { line_items: line(3, 1) }, 2],
    ['one was cancelled', { line_items: line(3, 2), refunds: [refund('cancel', 1)] }, 1],
    [
      'two came back after all had left',
      { line_items: line(3, 1), refunds: [refund('return', 2)], fulfillments: shipped(3) },
      0,
    ],
    [
      'one was given away after it had left',
      { line_items: line(3, 2), refunds: [refund('no_restock', 1)], fulfillments: shipped(3) },
      0,
    ],
    ['one was refunded before anything left', { line_items: line(3, 2), refunds: [refund('no_restock', 1)] }, 1],
    [
      'one was cancelled, one came back',
      { line_items: line(3, 1), refunds: [refund('cancel', 1), refund('return', 1)], fulfillments: shipped(2) },
      1,
    ],
    [
      'a failed shipment has not left',
      {
        line_items: line(2, 1),
        refunds: [refund('no_restock', 1)],
        fulfillments: [{ status: 'cancelled', line_items: [{ id: 11001, quantity: 2 }] }],
      },
      1,
    ],
  ])('%s', (_, over, units) => {
    const { cancelled, order: of } = snapshot(over);
    expect(cancelled).toEqual(units === 0 ? [] : [{ externalLineId: '11001', quantity: units }]);
    expect(of.lines[0]?.quantity).toBe(over.line_items[0]?.quantity);
  });
});

describe('refunds', () => {
  it('by themselves change their order: what was given back, what came back and where to', () => {
    expect(mapText(JSON.stringify(refundBody()), 'refunds/create')).toEqual({
      kind: 'change',
      change: {
        kind: 'refund',
        externalId: '5001',
        changeId: '90001',
        at: '2026-11-21T11:00:00.000Z',
        refund: {
          externalId: '90001',
          at: '2026-11-21T11:00:00.000Z',
          amount: { amount: 4550, currency: 'USD' },
          reason: 'too small and too blue',
          lines: [
            { externalLineId: '11001', quantity: 2, restock: 'return', location: '7701' },
            { externalLineId: '11001', quantity: 1, restock: 'none' },
          ],
        },
      },
    });
  });

  it('say the same within their order', () => {
    const alone = mapText(JSON.stringify(refundBody()), 'refunds/create');
    if (alone.kind !== 'change' || alone.change.kind !== 'refund') throw new Error('no refund');
    expect(snapshot({ refunds: [refundBody()] }).refunds).toEqual([alone.change.refund]);
  });

  it('in another currency, or of no order, are for a person', () => {
    const euros = refundBody({
      transactions: [{ kind: 'refund', status: 'success', amount: '1.00', currency: 'EUR' }],
    });
    expect(mapText(JSON.stringify(euros), 'refunds/create')).toMatchObject({ code: 'currency' });
    expect(mapText(JSON.stringify(refundBody({ order_id: null })), 'refunds/create')).toMatchObject({
      code: 'not-as-documented',
    });
  });

  it('without a word of the shop’s currency are for a person, in their order too', () => {
    const transactions = [{ kind: 'refund', status: 'success', amount: '1.00', currency: 'EUR' }];
    const refund_line_items = [{ line_item_id: 11001, quantity: 1, subtotal_set: set('1.09', '1.00') }];
    expect(mapText(JSON.stringify(refundBody({ transactions, refund_line_items })), 'refunds/create')).toMatchObject({
      change: { refund: { amount: { amount: 109, currency: 'USD' } } },
    });
    expect(map({ refunds: [refundBody({ transactions })], total_price_set: null })).toMatchObject({ code: 'amount' });
  });

  const set = (shop: string, buyer: string) => ({
    shop_money: { amount: shop, currency_code: 'USD' },
    presentment_money: { amount: buyer, currency_code: 'EUR' },
  });
  const lines = (tax = set('2.17', '2.00')) => [
    {
      line_item_id: 11001,
      quantity: 1,
      restock_type: 'cancel',
      subtotal_set: set('10.87', '10.00'),
      total_tax_set: tax,
    },
  ];
  const shipping = [
    { kind: 'shipping_refund', amount_set: set('-5.43', '-5.00'), tax_amount_set: set('0.00', '0.00') },
  ];

  it.each([
    ['a line and its tax', { refund_line_items: lines() }, '12.00', 1304],
    ['a line whose price has the tax in it', { refund_line_items: lines() }, '10.00', 1087],
    ['a line and shipping', { refund_line_items: lines(), order_adjustments: shipping }, '17.00', 1847],
    ['shipping alone', { refund_line_items: [], order_adjustments: shipping }, '5.00', 543],
    ['less than its line, by the rate of that', { refund_line_items: lines() }, '6.00', 652],
    ['an amount, by the rate of the order', { refund_line_items: [] }, '10.00', 1087],
  ])('paid back in the buyer’s currency are told in the shop’s: %s', (_, over, amount, minor) => {
    const refund = refundBody({
      ...over,
      transactions: [{ kind: 'refund', status: 'success', amount, currency: 'EUR' }],
    });
    expect(snapshot({ total_price_set: set('25.00', '23.00'), refunds: [refund] }).refunds).toMatchObject([
      { amount: { amount: minor, currency: 'USD' } },
    ]);
  });

  it('are read in the shop’s currency where the buyer paid in another', () => {
    const transaction = {
      kind: 'refund',
      status: 'success',
      amount: '5.00',
      currency: 'EUR',
      amount_set: { shop_money: { amount: '5.43', currency_code: 'USD' } },
    };
    expect(mapText(JSON.stringify(refundBody({ transactions: [transaction] })), 'refunds/create')).toMatchObject({
      change: { refund: { amount: { amount: 543 } } },
    });
  });
});
