import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { bytes, line, order } from './fixtures/order.ts';
import { mapOrder } from './map-order.ts';

const channelWith = (settings: Record<string, string> = {}) =>
  channelOf({ channelId: 'woo-1', type: 'woocommerce', currency: 'EUR', settings });
const map = (document: object, settings: Record<string, string> = {}) =>
  mapOrder(bytes(document), { channel: channelWith(settings), topic: 'order.updated', deliveryId: 'd' });
const snapshot = (document: object, settings: Record<string, string> = {}) =>
  canonical(channelWith(settings), map(document, settings));

describe('money', () => {
  it('a fee below zero is a discount over the lines', async () => {
    const fee_lines = [{ id: 60, name: 'Loyalty', total: '-5.00', total_tax: '-0.95' }];
    const said = await snapshot(order({ fee_lines, cart_tax: '3.15', total: '24.65' }));
    expect(said.order.lines[0]?.discounts?.map(({ title, amount }) => [title, amount.amount])).toEqual([
      ['coupon', 240],
      ['Loyalty', 500],
    ]);
    expect(totalOf(said)).toBe(2465);
  });

  it('tax that the shop rounds once for the order is shared by what the lines show', async () => {
    const lines = [1, 2, 3].map((id) =>
      line({ id, quantity: 1, subtotal: '1.00', total: '1.00', total_tax: '0.07', taxes: [] }),
    );
    const plainOrder = {
      line_items: lines,
      fee_lines: [],
      coupon_lines: [],
      shipping_total: '0.00',
      shipping_tax: '0.00',
    };
    const said = await snapshot(order({ ...plainOrder, cart_tax: '0.22', total: '3.22' }));
    expect(totalOf(said)).toBe(322);
    const far = await snapshot(order({ ...plainOrder, cart_tax: '0.60', total: '3.60' }));
    expect(totalOf(far)).toBe(321);
  });

  it('a shop that shows four decimals comes to its total', async () => {
    const lines = [1, 2].map((id) =>
      line({ id, quantity: 1, subtotal: '8.3950', total: '8.3950', total_tax: '1.5950', taxes: [] }),
    );
    const said = await snapshot(
      order({
        line_items: lines,
        fee_lines: [],
        coupon_lines: [],
        shipping_total: '0',
        shipping_tax: '0',
        cart_tax: '3.1900',
        total: '19.98',
      }),
    );
    expect(totalOf(said)).toBe(1998);
  });

  it('digital lines are charged and not shipped; an order of them alone is none of ours', async () => {
    const ebook = line({
      id: 42,
      sku: 'EBOOK',
      quantity: 1,
      subtotal: '5.00',
      total: '5.00',
      total_tax: '0.95',
      taxes: [],
    });
    const both = order({ line_items: [line(), ebook], cart_tax: '5.43', total: '38.93' });
    const said = await snapshot(both, { digital: 'EBOOK, 99' });
    expect(said.order.lines).toHaveLength(1);
    expect(said.order.charges?.find(({ kind }) => kind === 'digital')).toMatchObject({
      externalLineId: '42',
      price: { amount: 500 },
    });
    expect(totalOf(said)).toBe(3893);
    expect(map(order({ needs_processing: false }))).toMatchObject({ kind: 'ignored' });
  });

  it('half a unit is a person’s', () => {
    expect(map(order({ line_items: [line({ quantity: 0.5 })] }))).toMatchObject({
      kind: 'quarantined',
      code: 'not-as-documented',
    });
  });

  it('whatever lines, fees and coupons there are, the parts come to what they add up to', async () => {
    const cents = fc.integer({ min: 0, max: 100_000 });
    const text = (minor: number) => (minor / 100).toFixed(2);
    const one = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), subtotal: cents, off: cents, tax: cents });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 6 }), cents, cents, async (lines, fee, shipping) => {
        const nets = lines.map(({ subtotal, off }) => Math.max(0, subtotal - off));
        const total = [...nets, ...lines.map(({ tax }) => tax), fee, shipping].reduce((a, b) => a + b, 0);
        const said = await snapshot(
          order({
            line_items: lines.map(({ quantity, subtotal, tax }, index) =>
              line({
                id: index + 1,
                quantity,
                subtotal: text(subtotal),
                total: text(nets[index] ?? 0),
                total_tax: text(tax),
              }),
            ),
            fee_lines: [{ id: 99, name: 'Fee', total: text(fee), total_tax: '0.00' }],
            cart_tax: text(lines.reduce((sum, { tax }) => sum + tax, 0)),
            shipping_total: text(shipping),
            shipping_tax: '0.00',
            total: text(total),
          }),
        );
        expect(totalOf(said)).toBe(total);
        expect(said.order.channelTotal?.amount).toBe(total);
      }),
      { numRuns: 60 },
    );
  });
});
