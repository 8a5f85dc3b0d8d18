import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineShareMinor, payableMinor } from './money.ts';
import { type OrderLine, lineTotalMinor } from './order.ts';
import { noUnits } from './units.ts';

const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 1_000_000 }),
    unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
    taxMinor: fc.nat(1_000_000),
  })
  .chain((priced) =>
    fc
      .record({
        discountMinor: fc.integer({ min: 0, max: priced.quantity * priced.unitPriceMinor }),
        cancelled: fc.integer({ min: 0, max: priced.quantity }),
      })
      .map(({ discountMinor, cancelled }) => ({ ...priced, discountMinor, cancelled })),
  );

const orderLine = (
  {
    cancelled,
    ...priced
  }: { quantity: number; unitPriceMinor: number; taxMinor: number; discountMinor: number; cancelled: number },
  index = 0,
): OrderLine => ({
  lineId: String(index + 1),
  sku: `SKU-${index}`,
  ...priced,
  units: { ...noUnits, reserved: priced.quantity - cancelled, cancelled },
});

describe('a share of a line', () => {
  test('three for 10.00: 3.33, 3.34, 3.33', () => {
    const three = { quantity: 3, unitPriceMinor: 333, discountMinor: 0, taxMinor: 1 };
    const shares = [0, 1, 2, 3].map((units) => lineShareMinor(three, units));
    expect(shares).toEqual([0, 333, 667, 1000]);
  });

  test('any cut into parts adds up to the whole, and no part is negative', () => {
    fc.assert(
      fc.property(line, fc.array(fc.nat(1_000_000), { maxLength: 6 }), (priced, cuts) => {
        const stops = [0, ...cuts.map((cut) => cut % (priced.quantity + 1)).sort((a, b) => a - b), priced.quantity];
        const parts = stops
          .slice(1)
          .map((stop, index) => lineShareMinor(priced, stop) - lineShareMinor(priced, stops[index] ?? 0));
        expect(parts.every((part) => part >= 0)).toBe(true);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(lineTotalMinor(priced));
      }),
    );
  });

  test('stays exact where a float would not', () => {
    const huge = { quantity: 999_999_999, unitPriceMinor: 9_000_000, discountMinor: 1, taxMinor: 0 };
    expect(lineShareMinor(huge, 999_999_999)).toBe(lineTotalMinor(huge));
  });

  test('is refused for more units than there are', () => {
    expect(() => lineShareMinor({ quantity: 1, unitPriceMinor: 1, discountMinor: 0, taxMinor: 0 }, 2)).toThrow(
      RangeError,
    );
  });
});

describe('what is payable', () => {
  const shipping = { shippingMinor: 500, shippingTaxMinor: 45 };

  test('is the total while nothing is cancelled, 0 when everything is, and in between never more', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
        const total = lines.reduce((sum, priced) => sum + lineTotalMinor(priced), 545);
        const whole = { ...shipping, lines: lines.map((one, index) => orderLine({ ...one, cancelled: 0 }, index)) };
        const none = {
          ...shipping,
          lines: lines.map((one, index) => orderLine({ ...one, cancelled: one.quantity }, index)),
        };
        expect(payableMinor(whole)).toBe(total);
        expect(payableMinor(none)).toBe(0);
        expect(payableMinor({ ...shipping, lines: lines.map(orderLine) })).toBeLessThanOrEqual(total);
      }),
    );
  });

  test('keeps shipping as long as one unit is left', () => {
    const left = orderLine({ quantity: 2, unitPriceMinor: 1000, discountMinor: 0, taxMinor: 0, cancelled: 1 });
    expect(payableMinor({ ...shipping, lines: [left] })).toBe(1545);
  });
});
