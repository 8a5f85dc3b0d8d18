import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type NoticeToTell } from '../../domain/tell.ts';
import { snapshot } from '../amazon/fixtures/outbound.ts';
import { refundParts } from './refund-parts.ts';

const noticeOf = (amount: number, lines: NoticeToTell<'refunded'>['facts']['lines'], isKnown = true) => ({
  noticeId: 'n',
  orderId: 'o',
  externalId: 'e',
  happenedAt: '2026-11-22T09:00:00.000Z',
  tries: 0,
  facts: { refundId: 're_1', amount: { amount, currency: 'USD' }, reason: '', lines },
  ...(isKnown && { snapshot }),
});
const [mug, tray] = ['70018234567811', '70018234567829'];
const lines = fc.subarray([
  { lineId: mug, sku: 'MUG-BLUE', quantity: 2 },
  { lineId: tray, sku: 'TRAY-OAK', quantity: 1 },
]);

it('comes to the amount exactly, no part below zero, whatever the amount and the lines', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), lines, (amount, of) => {
      const parts = refundParts(noticeOf(amount, of)).flatMap((part) => [
        part.itemMinor,
        part.itemTaxMinor,
        part.shippingMinor,
      ]);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('gives what is beyond the goods back for shipping, and takes tax as its share', () => {
  expect(refundParts(noticeOf(3340 + 500, [{ lineId: tray, sku: 'TRAY-OAK', quantity: 1 }]))).toEqual([
    { lineId: tray, itemMinor: 3100, itemTaxMinor: 240, shippingMinor: 500 },
  ]);
});

it('is for goods where the order is not known, and nothing where no line is', () => {
  const line = { lineId: tray, sku: 'TRAY-OAK', quantity: 1 };
  expect(refundParts(noticeOf(900, [line], false))).toEqual([
    { lineId: tray, itemMinor: 900, itemTaxMinor: 0, shippingMinor: 0 },
  ]);
  expect(refundParts(noticeOf(900, [], false))).toEqual([]);
});
