import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fineMinorOf, roundedTogether, sumOfFine } from './fine-amounts.ts';

describe('amounts finer than their currency', () => {
  it('are read to the digit', () => {
    expect(fineMinorOf('62.6793', 'USD').toString()).toBe('6267.93');
    expect(fineMinorOf(0.1 + 0.7, 'USD').toString()).toBe('79.99999999999999');
    expect(fineMinorOf(null, 'USD').toString()).toBe('0');
    expect(() => fineMinorOf('1e3', 'USD')).toThrow(RangeError);
    expect(() => fineMinorOf('9'.repeat(50), 'USD')).toThrow(RangeError);
  });

  it('add up to their rounded sum, and whole ones stay as they are', () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (tenThousandths) => {
        const exact = tenThousandths.map((one) => fineMinorOf((one / 10_000).toFixed(4), 'USD'));
        const rounded = roundedTogether(exact);
        expect(rounded.reduce((sum, one) => sum + one, 0)).toBe(Math.floor(sumOfFine(exact).plus('0.5').toNumber()));
        exact.forEach((one, index) => {
          expect(Math.abs((rounded[index] ?? 0) - one.toNumber())).toBeLessThanOrEqual(1);
          if (one.eq(one.round(0))) expect((rounded[index] ?? 0) + 0).toBe(one.toNumber() + 0);
        });
      }),
    );
  });
});
