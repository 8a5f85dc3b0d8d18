import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateMinor, decimalFromMinor, isCurrency, minorFromDecimal } from './money.ts';

describe('decimal amounts', () => {
  it.each([
    ['439.00', 'HKD', 43900],
    ['13.5', 'USD', 1350],
    ['8', 'EUR', 800],
    ['0.0', 'GBP', 0],
    ['1500', 'JPY', 1500],
    ['1.234', 'KWD', 1234],
    // What a channel sends for a currency may be a name that every object has.
    ['1.50', 'toString', 150],
    ['12.50', 'HUF', 1250],
    ['-2.50', 'CAD', -250],
    ['90071992547409.91', 'USD', 9007199254740991],
  ])('%s %s is %i in minor units', (text, currency, minor) => {
    expect(minorFromDecimal(text, currency)).toBe(minor);
  });

  it.each(['1e3', '', '1,00', '.5', '0x10', '1.005', 'NaN'])('refuses %j instead of guessing', (text) => {
    expect(() => minorFromDecimal(text, 'USD')).toThrow(RangeError);
  });

  it('refuses what cannot be counted exactly', () => {
    expect(() => minorFromDecimal('90071992547409.92', 'USD')).toThrow(RangeError);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('USD', 'JPY', 'KWD'), (amount, currency) => {
        expect(minorFromDecimal(decimalFromMinor({ amount, currency }), currency)).toBe(amount);
      }),
    );
  });

  it('knows the currencies of ISO 4217', () => {
    expect(isCurrency('BRL')).toBe(true);
    expect(isCurrency('ABC')).toBe(false);
  });
});

describe('splitting an amount', () => {
  it('adds up exactly, and no part is a unit away from its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }),
        (amount, weights) => {
          const parts = allocateMinor(amount, weights);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          if (total > 0) {
            parts.forEach((part, index) =>
              expect(Math.abs(part - (amount * (weights[index] ?? 0)) / total)).toBeLessThan(1.000001),
            );
          }
        },
      ),
    );
  });
});
