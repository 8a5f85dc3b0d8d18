import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minorDigits } from '../../../shared/kernel/money.ts';
import { fromStripe, stepMinorOf, toStripe } from './stripe-amount.ts';

describe("Stripe's amounts", () => {
  test.each([
    ['USD', 1099, 1099],
    ['JPY', 500, 500],
    ['KRW', 500, 500],
    ['KWD', 5120, 5120],
    ['UGX', 5, 500],
    ['ISK', 5, 500],
  ])('%s: %i minor units are sent as %i', (currency, amount, sent) => {
    expect(toStripe({ amount, currency })).toBe(sent);
    expect(fromStripe(sent, currency)).toBe(amount);
  });

  test('HUF is charged with two decimals, whatever the platform counts', () => {
    const forint = 10 ** minorDigits('HUF');
    expect(toStripe({ amount: 1250 * forint, currency: 'HUF' })).toBe(125_000);
  });

  test('three decimals end in 0, and anything else is refused', () => {
    expect(stepMinorOf('KWD')).toBe(10);
    expect(() => toStripe({ amount: 5124, currency: 'KWD' })).toThrow(RangeError);
  });

  test('every currency, there and back, in steps it can move', () => {
    const currency = fc.constantFrom(...Intl.supportedValuesOf('currency'));
    fc.assert(
      fc.property(currency, fc.nat(1_000_000_000), (code, count) => {
        const step = stepMinorOf(code);
        expect(Number.isSafeInteger(step) && step > 0).toBe(true);
        expect(fromStripe(toStripe({ amount: count * step, currency: code }), code)).toBe(count * step);
      }),
    );
  });
});
