import { expect, it } from 'vitest';
import { minorOf } from './amounts.ts';
import { fineMinorOf, roundedTogether } from './fine-amounts.ts';

it.each([
  ['CLP', '1990.00', 1990],
  ['CLP', '1990.0000', 1990],
  ['CLP', '100', 100],
  ['JPY', 2000, 2000],
  ['KRW', '0.00', 0],
  ['USD', '19.9000', 1990],
  ['KWD', '1.2340', 1234],
])('an amount in %s written %s is exact, whatever zeros its channel writes behind it', (currency, written, minor) => {
  expect(minorOf(written, currency)).toBe(minor);
  expect(roundedTogether([fineMinorOf(written, currency)])).toEqual([minor]);
});

it('an amount that is finer than its currency is not rounded in silence', () => {
  expect(() => minorOf('1990.50', 'CLP')).toThrow('more decimals than CLP');
});
