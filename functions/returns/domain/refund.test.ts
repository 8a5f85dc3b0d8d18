import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OrderLine, lineTotalMinor } from '../../../shared/model/orders/order.ts';
import { unitsIn } from '../../../shared/model/orders/units.ts';
import { dispositions } from '../../../shared/contracts/returns/dispositions.ts';
import { dispositionRules } from './disposition-rules.ts';
import { refundOf } from './refund.ts';

const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 40 }),
    unitPriceMinor: fc.nat(100_000),
    taxMinor: fc.nat(10_000),
    off: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ off, ...rest }): OrderLine => ({
    ...rest,
    lineId: '1',
    sku: 'TEE',
    discountMinor: Math.floor(rest.quantity * rest.unitPriceMinor * off),
    units: unitsIn('delivered', rest.quantity),
  }));

/** A line of which some units were returned before. */
const after = (of: OrderLine, returned: number): OrderLine => ({
  ...of,
  units: { ...of.units, delivered: of.quantity - returned, returned },
});
const judged = (quantity: number, disposition: (typeof dispositions)[number]) => ({
  lineId: '1',
  sku: 'TEE',
  quantity,
  disposition,
});

it('refunds a line unit by unit to exactly its total', () => {
  fc.assert(
    fc.property(line, (of) => {
      const parts = Array.from({ length: of.quantity }, (_, index) =>
        refundOf([after(of, index)], [judged(1, 'restock')]),
      );
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(lineTotalMinor(of));
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('refunds a line in any parts to exactly its total', () => {
  fc.assert(
    fc.property(line, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 40, maxLength: 40 }), (of, sizes) => {
      let [returned, refunded] = [0, 0];
      for (const size of sizes) {
        const units = Math.min(size, of.quantity - returned);
        refunded += refundOf([after(of, returned)], [judged(units, 'damaged')]);
        returned += units;
      }
      expect(refunded).toBe(lineTotalMinor(of));
    }),
  );
});

it.each(dispositions)('refunds %s as the policy says', (disposition) => {
  const of = {
    lineId: '1',
    sku: 'TEE',
    quantity: 2,
    unitPriceMinor: 1000,
    discountMinor: 0,
    taxMinor: 0,
    units: unitsIn('delivered', 2),
  };
  expect(refundOf([of], [judged(2, disposition)])).toBe(dispositionRules[disposition].refunded ? 2000 : 0);
});

it('refunds a line of a billion units exactly', () => {
  const quantity = 1_000_000_000;
  const of = {
    lineId: '1',
    sku: 'TEE',
    quantity,
    unitPriceMinor: 1,
    discountMinor: 1,
    taxMinor: 0,
    units: unitsIn('delivered', quantity),
  };
  expect(refundOf([of], [judged(1, 'restock')]) + refundOf([after(of, 1)], [judged(quantity - 1, 'restock')])).toBe(
    quantity - 1,
  );
});
