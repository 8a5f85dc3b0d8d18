import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shopifyLine, shopifyOrderBody } from '../../fixtures/shopify-order.ts';
import { chargesOf } from './charges.ts';
import { moneyOfLine, shippingOf, taxesByLine } from './money.ts';
import { shopifyOrder } from './payload.ts';

const text = (minor: number) => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
const orderOf = (over: Readonly<Record<string, unknown>>) => shopifyOrder.parse(shopifyOrderBody(over));
const only = (over: Readonly<Record<string, unknown>>) => {
  const order = orderOf(over);
  const [line] = order.line_items;
  if (line === undefined) throw new Error('no line');
  return moneyOfLine(order, line, taxesByLine(order)[0]);
};
const sum = (parts: readonly { readonly amount: { readonly amount: number } }[] = []) =>
  parts.reduce((total, { amount }) => total + amount.amount, 0);

const lines = fc
  .record({ quantity: fc.integer({ min: 1, max: 500 }), price: fc.integer({ min: 0, max: 100_000_00 }) })
  .chain(({ quantity, price }) =>
    fc.record({ discount: fc.integer({ min: 0, max: quantity * price }) }).chain(({ discount }) =>
      fc.record({
        quantity: fc.constant(quantity),
        price: fc.constant(price),
        discount: fc.constant(discount),
        tax: fc.integer({ min: 0, max: quantity * price - discount }),
      }),
    ),
  );

describe('a line', () => {
  it.each([true, false])(
    'comes to exactly what Shopify charges, and its parts to their sums; taxes included: %s',
    (included) => {
      fc.assert(
        fc.property(lines, ({ quantity, price, discount, tax }) => {
          const line = shopifyLine({ quantity, price: text(price), discounts: [text(discount)], taxes: [text(tax)] });
          const money = only({ taxes_included: included, line_items: [line] });
          const [off, on] = [money.discount?.amount ?? 0, money.tax?.amount ?? 0];
          expect(quantity * money.unitPrice.amount - off + on).toBe(quantity * price - discount + (included ? 0 : tax));
          expect(sum(money.discounts)).toBe(off);
          expect(sum(money.taxes)).toBe(on);
          expect(off - discount).toBeGreaterThanOrEqual(0);
          expect(off - discount).toBeLessThan(quantity);
        }),
      );
    },
  );

  it('shows the tax apart: 2 × 11.90 with 3.80 of tax inside', () => {
    const line = shopifyLine({ quantity: 2, price: '11.90', taxes: ['3.80'] });
    expect(only({ taxes_included: true, line_items: [line] })).toMatchObject({
      unitPrice: { amount: 1000 },
      tax: { amount: 380 },
    });
  });

  it('reads yen without decimals, and the shop’s currency where the buyer saw another', () => {
    const price_set = {
      shop_money: { amount: '1980', currency_code: 'JPY' },
      presentment_money: { amount: '13.10', currency_code: 'USD' },
    };
    const order = shopifyOrder.parse(
      shopifyOrderBody({ line_items: [{ ...shopifyLine(), price: '1980.00', price_set }] }, 'JPY'),
    );
    const [line] = order.line_items;
    expect(line && moneyOfLine(order, line)).toEqual({ unitPrice: { amount: 1980, currency: 'JPY' } });
  });

  it('of an API before discounts were allocated has its own discount', () => {
    const { discount_allocations: _, ...old } = shopifyLine({ price: '5.00' });
    expect(only({ line_items: [{ ...old, total_discount: '1.25' }] })).toMatchObject({ discount: { amount: 125 } });
  });

  it('gets its share of taxes that stand at the order alone, to the minor unit', () => {
    const order = orderOf({
      line_items: [
        shopifyLine({ price: '10.00' }),
        shopifyLine({ id: 2, price: '10.00' }),
        { ...shopifyLine({ id: 3, price: '10.00' }), taxable: false },
      ],
      tax_lines: [{ title: 'State Tax', rate: 0.06, price: '1.21' }],
    });
    const taxes = order.line_items.map(
      (line, index) => moneyOfLine(order, line, taxesByLine(order)[index]).tax?.amount,
    );
    expect(taxes).toEqual([61, 60, undefined]);
  });
});

describe('shipping and charges', () => {
  it('shipping is what is left after its discounts, without lines that were taken out', () => {
    const line = { price: '5.00', discount_allocations: [{ amount: '1.50' }], tax_lines: [{ price: '0.41' }] };
    const removed = { price: '9.00', is_removed: true };
    expect(shippingOf(orderOf({ shipping_lines: [line, removed] }))).toEqual({
      price: { amount: 350, currency: 'USD' },
      tax: { amount: 41, currency: 'USD' },
    });
    expect(shippingOf(orderOf({ shipping_lines: [{ price: '5.00', discounted_price: '4.00' }] }))?.price.amount).toBe(
      400,
    );
    expect(shippingOf(orderOf({ shipping_lines: [] }))).toBeUndefined();
  });

  it('a tip counts once, whether it is a line or only a sum', () => {
    const tip = {
      ...shopifyLine({ id: 9, shipped: false, variant: null, price: '3.00' }),
      title: 'Tip',
      tip: { payment_gateway: 'x' },
    };
    const asLine = chargesOf(orderOf({ line_items: [shopifyLine(), tip], total_tip_received: '3.00' }));
    expect(asLine).toMatchObject([{ kind: 'tip', externalLineId: '9', price: { amount: 300 } }]);
    expect(chargesOf(orderOf({ total_tip_received: '3.00' }))).toEqual([
      { kind: 'tip', price: { amount: 300, currency: 'USD' } },
    ]);
  });

  it('what nobody ships is told by what it is; duties that are in the prices are no charge', () => {
    const charges = chargesOf(
      orderOf({
        duties_included: true,
        original_total_duties_set: { shop_money: { amount: '4.00', currency_code: 'USD' } },
        line_items: [
          shopifyLine({ giftCard: true, price: '50.00' }),
          shopifyLine({ id: 2, shipped: false, discounts: ['5.00'], taxes: ['1.20'] }),
          shopifyLine({ id: 3, shipped: false, variant: null }),
        ],
      }),
    );
    expect(charges.map(({ kind, price, tax }) => [kind, price.amount, tax?.amount])).toEqual([
      ['gift-card', 5000, undefined],
      ['digital', 1500, 120],
      ['service', 2000, undefined],
    ]);
  });
});
