import { describe, expect, it } from 'vitest';
import { channelOf } from '../../fixtures/world.ts';
import { canonical, totalOf } from '../../testing/connector-contract.ts';
import { bytes, documentOf, product } from './fixtures/orders.ts';
import { mapOrder } from './map-order.ts';

const channel = channelOf({ channelId: 'bc', type: 'bigcommerce' });
const map = (document: unknown) => mapOrder(bytes(document), { topic: 'store/order/updated' });
const snapshotOf = (document: unknown) => canonical(channel, map(document));
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('the money of a BigCommerce order', () => {
  it('puts discounts on the lines that have them, and taxes what is left as the order says', async () => {
    const discounted = product({
      quantity: 1,
      total_ex_tax: '100.0000',
      total_inc_tax: '108.0000',
      total_tax: '8.0000',
      discounted_total_inc_tax: '97.2000',
      applied_discounts: [
        { id: 'coupon', amount: '5.4000', name: 'Spring', code: 'SPRING', target: 'order' },
        { id: 'manual-discount', amount: '5.4000', name: 'Manual Discount', code: null, target: 'order' },
      ],
    });
    const over = {
      total_inc_tax: '97.2000',
      total_tax: '7.2000',
      coupon_discount: '10.8000',
      shipping_cost_inc_tax: '0',
      shipping_cost_tax: '0',
    };
    const snapshot = await snapshotOf(documentOf(over, { products: [discounted] }));
    expect(snapshot.order.lines).toMatchObject([
      {
        unitPrice: usd(10000),
        discount: usd(1000),
        tax: usd(720),
        discounts: [
          { title: 'Spring', code: 'SPRING', amount: usd(500) },
          { title: 'Manual Discount', amount: usd(500) },
        ],
      },
    ]);
    expect(totalOf(snapshot)).toBe(9720);
  });

  it('takes discounts that no line has off shipping by its coupons, then off the lines by their share', async () => {
    const line = (id: number, amount: string) =>
      product({ id, quantity: 1, total_ex_tax: amount, total_inc_tax: amount, total_tax: '0' });
    const snapshot = await snapshotOf(
      documentOf(
        {
          total_inc_tax: '95.0000',
          total_tax: '0',
          shipping_cost_inc_tax: '7.5',
          shipping_cost_tax: '0',
          discount_amount: '5',
          coupon_discount: 7.5,
        },
        {
          products: [line(1, '40.00'), line(2, '60.00')],
          coupons: [{ id: 1, code: 'FREESHIP', type: 4, discount: 7.5 }],
        },
      ),
    );
    expect(snapshot.order.shipping).toEqual({ price: usd(0) });
    expect(snapshot.order.lines.map(({ discount }) => discount?.amount)).toEqual([200, 300]);
    expect(totalOf(snapshot)).toBe(9500);
  });

  it('rounds lines that are kept to four decimals together', async () => {
    const line = (id: number) =>
      product({ id, quantity: 3, total_ex_tax: '30.3333', total_inc_tax: '33.3333', total_tax: '3.0000' });
    const snapshot = await snapshotOf(
      documentOf(
        { total_inc_tax: '100.0000', total_tax: '9.0000', shipping_cost_inc_tax: '0.0001', shipping_cost_tax: '0' },
        { products: [line(1), line(2), line(3)] },
      ),
    );
    expect(totalOf(snapshot)).toBe(10000);
    expect(snapshot.order.lines.map(({ tax }) => tax?.amount)).toEqual([300, 300, 300]);
  });

  it('charges handling, wrapping, fees and what nobody ships; store credit and gift certificates pay', async () => {
    const gift = product({
      id: 8,
      type: 'giftcertificate',
      sku: '',
      quantity: 1,
      total_ex_tax: '20.00',
      total_inc_tax: '20.00',
      total_tax: '0',
    });
    const wrapped = product({ wrapping_name: 'Ribbon', wrapping_message: 'Happy day' });
    const snapshot = await snapshotOf(
      documentOf(
        {
          total_inc_tax: '90.62',
          handling_cost_inc_tax: '2.00',
          wrapping_cost_inc_tax: '3.00',
          fees: [
            {
              id: 1,
              type: 'custom_fee',
              display_name_customer: 'Oversize',
              cost_inc_tax: '5.0000',
              cost_tax: '1.0000',
            },
          ],
          store_credit_amount: '10.00',
          gift_certificate_amount: '30.62',
          payment_status: '',
        },
        { products: [wrapped, gift] },
      ),
    );
    expect(totalOf(snapshot)).toBe(9062);
    expect(snapshot.order.charges).toMatchObject([
      { kind: 'gift-card', externalLineId: '8', price: usd(2000) },
      { kind: 'handling', price: usd(200) },
      { kind: 'gift-wrap', price: usd(300) },
      { kind: 'fee', title: 'Oversize', price: usd(400), tax: usd(100) },
    ]);
    expect(snapshot.order.payments.map(({ amount }) => amount.amount)).toEqual([3062, 1000, 5000]);
    expect(snapshot.order.lines[0]?.gift).toEqual({ wrap: true, message: 'Happy day' });
  });

  it('flags parts that do not come to the total, and bends nothing', async () => {
    const snapshot = await snapshotOf(documentOf({ total_inc_tax: '99.0000' }));
    expect(snapshot.order.channelTotal).toEqual(usd(9900));
    expect(totalOf(snapshot)).toBe(6062);
  });

  it('takes a shipping coupon off shipping, where a discount on goods is named without its tax', async () => {
    const goods = product({
      quantity: 1,
      total_ex_tax: '89.0000',
      total_inc_tax: '95.2350',
      total_tax: '6.2350',
      applied_discounts: [{ id: 'manual-discount', amount: '35.9000', name: 'Manual Discount', code: null }],
      discounted_total_inc_tax: '56.8200',
    });
    const over = {
      total_inc_tax: '60.4800',
      total_tax: '3.7200',
      discount_amount: '35.9000',
      coupon_discount: '5.0000',
    };
    const coupons = [{ code: 'SHIP5', type: 3, discount: '5.0000' }];
    const snapshot = await snapshotOf(documentOf(over, { products: [goods], coupons }));
    expect(totalOf(snapshot)).toBe(6048);
    expect(snapshot.order.lines[0]).toMatchObject({ unitPrice: usd(8900) });
    const { price, tax } = snapshot.order.shipping ?? { price: usd(0) };
    expect(price.amount + (tax?.amount ?? 0)).toBe(366);
  });

  it('leaves a difference that no discount explains to be seen', async () => {
    const snapshot = await snapshotOf(documentOf({ total_inc_tax: '50.0000', discount_amount: '1.0000' }));
    expect([totalOf(snapshot), snapshot.order.channelTotal?.amount]).toEqual([5962, 5000]);
  });
});
