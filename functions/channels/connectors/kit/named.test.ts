import { expect, it } from 'vitest';
import { isNamedIn, isSameNumber } from './named.ts';

it.each([
  ['damaged (ord_1-r1)', true],
  ['ord_1-r1', true],
  ['damaged (ord_1-r10), then damaged (ord_1-r1)', true],
  ['damaged (ord_1-r10)', false],
  ['word_1-r1', false],
  ['', false],
  [undefined, false],
])('an id in "%s": %s', (text, isThere) => {
  expect(isNamedIn(text, 'ord_1-r1')).toBe(isThere);
});

it('a tracking number is the same with and without its blanks, and no part of a longer one', () => {
  expect(isNamedIn('Your parcel is on its way with UPS, tracking number 1Z 99.', '1Z 99')).toBe(true);
  expect(isNamedIn('Your parcel is on its way with UPS, tracking number 1Z 991.', '1Z 99')).toBe(false);
  expect(isSameNumber('1z99-12', '1Z 9912')).toBe(true);
  expect(isSameNumber('1Z9912', '1Z991')).toBe(false);
  expect(isSameNumber(null, '1Z991')).toBe(false);
});
