import { expect, it } from 'vitest';
import { barcodeKey } from './barcode.ts';

it('one trade item has one barcode, with and without leading zeros, blanks and dashes', () => {
  const same = ['012345678905', '0012345678905', '00012345678905', '0-12345-67890-5', ' 0123 4567 8905'];
  expect(new Set(same.map(barcodeKey))).toEqual(new Set(['00012345678905']));
});

it('an EAN-8 is none of 12 digits, and what is no GTIN stays as it is', () => {
  expect(barcodeKey('96385074')).toBe('00000096385074');
  expect(barcodeKey('96385074')).not.toBe(barcodeKey('963850740000'));
  expect(['12345', '123456789', 'X00ABC', ''].map(barcodeKey)).toEqual(['12345', '123456789', 'X00ABC', '']);
});
