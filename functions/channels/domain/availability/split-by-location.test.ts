import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByLocation } from './split-by-location.ts';

const sumOf = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((sum, one) => sum + one, 0);
const have = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: -5, max: 2_000_000_000 }), {
  minKeys: 1,
});
const total = fc.integer({ min: 0, max: 2_000_000_000 });

describe('what is split over locations', () => {
  it('goes where it is, in proportion, and what is left to the largest remainder', () => {
    expect(splitByLocation(10, { a: 10, b: 10 })).toEqual({ a: 5, b: 5 });
    expect(splitByLocation(7, { a: 10, b: 5, c: 0 })).toEqual({ a: 5, b: 2, c: 0 });
    expect(splitByLocation(1, { a: 1, b: 1 })).toEqual({ a: 1, b: 0 });
    expect(splitByLocation(12, { a: 6, b: 3 })).toEqual({ a: 8, b: 4 });
    expect(splitByLocation(3, { a: 0, b: -2 })).toEqual({ a: 2, b: 1 });
  });

  it('is the total together, and no part is more than what is there unless the total is', () => {
    fc.assert(
      fc.property(total, have, (units, there) => {
        const parts = splitByLocation(units, there);
        expect(Object.keys(parts).sort()).toEqual(Object.keys(there).sort());
        expect(sumOf(parts)).toBe(units);
        const free = Object.values(there).reduce((sum, one) => sum + Math.max(0, one), 0);
        for (const [id, part] of Object.entries(parts)) {
          expect(part).toBeGreaterThanOrEqual(0);
          if (units <= free) expect(part).toBeLessThanOrEqual(Math.max(0, there[id] ?? 0));
          else expect(part).toBeGreaterThanOrEqual(Math.max(0, there[id] ?? 0));
        }
      }),
    );
  });

  it('does not depend on the order in which locations are named', () => {
    fc.assert(
      fc.property(total, have, (units, there) => {
        const turned = Object.fromEntries(Object.entries(there).toReversed());
        expect(splitByLocation(units, turned)).toEqual(splitByLocation(units, there));
      }),
    );
  });
});
