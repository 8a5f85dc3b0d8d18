import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderInput } from '../../../shared/contracts/orders/order-input.ts';
import { type Kit } from '../../../shared/model/network/product.ts';
import { lineShareMinor } from '../../../shared/model/orders/money.ts';
import { lineTotalMinor } from '../../../shared/model/orders/order.ts';
import { linesOf } from './kit-lines.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const kitOf = (components: Kit['components']): Kit => ({
  sku: 'SET',
  title: 'Tea set',
  tags: [],
  components,
  version: 1,
  updatedAt: '2026-11-22T09:30:00.000Z',
});
const ordered = (line: { quantity: number; price: number; discount?: number; tax?: number }, kit: Kit) => {
  const { lines } = orderInput.parse({
    channelId: 'webshop',
    externalId: '1',
    currency: 'USD',
    shipTo: { country: 'US' },
    lines: [
      { sku: 'CUP', quantity: 1, unitPrice: usd(300) },
      {
        sku: 'SET',
        quantity: line.quantity,
        externalLineId: '77',
        unitPrice: usd(line.price),
        discount: usd(line.discount ?? 0),
        tax: usd(line.tax ?? 0),
      },
    ],
  });
  return linesOf(lines, new Map([['SET', kit]]));
};

describe('the lines of a kit', () => {
  it('are its components, numbered below it, with its money by weight', () => {
    const kit = kitOf([
      { sku: 'POT', quantity: 1, priceWeight: 3 },
      { sku: 'CUP', quantity: 4, priceWeight: 1 },
    ]);
    const of = { sku: 'SET', title: 'Tea set', lineId: '2', quantity: 2 };
    expect(ordered({ quantity: 2, price: 5000, discount: 1000, tax: 450 }, kit)).toEqual([
      { lineId: '1', sku: 'CUP', quantity: 1, unitPriceMinor: 300, discountMinor: 0, taxMinor: 0 },
      {
        lineId: '2.1',
        sku: 'POT',
        externalLineId: '77',
        quantity: 2,
        unitPriceMinor: 3750,
        discountMinor: 750,
        taxMinor: 338,
        kit: { ...of, perKit: 1 },
      },
      {
        lineId: '2.2',
        sku: 'CUP',
        externalLineId: '77',
        quantity: 8,
        unitPriceMinor: 313,
        discountMinor: 254,
        taxMinor: 112,
        kit: { ...of, perKit: 4 },
      },
    ]);
  });

  const amounts = fc.record({
    quantity: fc.integer({ min: 1, max: 500 }),
    price: fc.integer({ min: 0, max: 1_000_000 }),
    discounted: fc.double({ min: 0, max: 1, noNaN: true }),
    tax: fc.integer({ min: 0, max: 1_000_000 }),
  });
  const parts = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 6 })
    .filter((all) => all.some(([, weight]) => weight > 0));

  it('cost to the cent what the kit costs, and so do any of their units that come back', () => {
    fc.assert(
      fc.property(amounts, parts, ({ quantity, price, discounted, tax }, all) => {
        const kit = kitOf(
          all.map(([units, priceWeight], index) => ({ sku: `C${index}`, quantity: units, priceWeight })),
        );
        const discount = Math.floor(discounted * quantity * price);
        const lines = ordered({ quantity, price, discount, tax }, kit).slice(1);
        const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + of(line), 0);
        expect(sum(lineTotalMinor)).toBe(quantity * price - discount + tax);
        expect(sum(({ taxMinor }) => taxMinor)).toBe(tax);
        expect(sum((line) => lineShareMinor(line, line.quantity))).toBe(quantity * price - discount + tax);
        for (const line of lines) {
          expect(line.discountMinor).toBeGreaterThanOrEqual(0);
          expect(line.discountMinor).toBeLessThanOrEqual(line.quantity * line.unitPriceMinor);
        }
      }),
    );
  });
});
