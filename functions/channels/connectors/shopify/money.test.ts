import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineMoney, lineTotal } from './money.ts';

const lines = fc
  .record({ quantity: fc.integer({ min: 1, max: 500 }), price: fc.integer({ min: 0, max: 100_000_00 }) })
  .chain(({ quantity, price }) =>
    fc.record({
      quantity: fc.constant(quantity),
      price: fc.constant(price),
      discount: fc.integer({ min: 0, max: quantity * price }),
    }),
  )
  .chain(
    (line) =>
      fc.record({
        ...Object.fromEntries(Object.entries(line).map(([key, value]) => [key, fc.constant(value)])),
        tax: fc.integer({ min: 0, max: line.quantity * line.price - line.discount }),
      }) as fc.Arbitrary<typeof line & { tax: number }>,
  );

describe('a line whose price includes its tax', () => {
  it('comes to exactly what Shopify charges, whatever does not divide', () => {
    fc.assert(
      fc.property(lines, ({ quantity, price, discount, tax }) => {
        const money = lineMoney(quantity, { price, discount, tax }, true);
        expect(lineTotal({ quantity, money })).toBe(quantity * price - discount);
        expect(money.discountMinor - discount).toBeGreaterThanOrEqual(0);
        expect(money.discountMinor - discount).toBeLessThan(quantity);
        expect(money.discountMinor).toBeLessThanOrEqual(quantity * money.unitPriceMinor);
        expect(money.unitPriceMinor).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('shows the tax apart: 2 × 11.90 with 3.80 of tax inside', () => {
    expect(lineMoney(2, { price: 1190, discount: 0, tax: 380 }, true)).toEqual({
      unitPriceMinor: 1000,
      discountMinor: 0,
      taxMinor: 380,
    });
  });
});
