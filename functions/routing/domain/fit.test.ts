import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actionsOf, fitting, maximumActions, maximumSkus } from './fit.ts';
import { type Parcel } from './plan.ts';

const parcels = fc.array(fc.array(fc.nat(30), { minLength: 1, maxLength: 30 }), { maxLength: 6 }).map((all) =>
  all.map((skus, at): Parcel => ({
    location: `l${at}`,
    lines: skus.map((sku, index) => ({ lineId: `${at}-${index}`, sku: String(sku), quantity: 1 })),
  })),
);

it('takes what fits one transaction, always something, and all of it in the end', () => {
  fc.assert(
    fc.property(parcels, fc.integer({ min: 1, max: 10 }), fc.nat(40), (all, skus, more) => {
      const limits = { skus, actions: 2 + 2 * skus + more };
      const { parcels: taken, complete } = fitting(all, limits);
      expect(actionsOf(taken)).toBeLessThanOrEqual(limits.actions);
      expect(taken.every(({ lines }) => new Set(lines.map(({ sku }) => sku)).size <= skus)).toBe(true);
      expect(taken.length > 0).toBe(all.length > 0);
      const lineIds = (of: readonly Parcel[]): string[] =>
        of.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)).sort();
      if (complete) expect(lineIds(taken)).toEqual(lineIds(all));
      else expect(lineIds(taken).length).toBeLessThan(lineIds(all).length);
    }),
  );
});

it('a fulfillment order of as many SKUs as it may have fits a transaction', () => {
  const lines = Array.from({ length: maximumSkus }, (_, index) => ({
    lineId: String(index),
    sku: String(index),
    quantity: 1,
  }));
  expect(actionsOf([{ location: 'l', lines }])).toBeLessThanOrEqual(maximumActions);
});
