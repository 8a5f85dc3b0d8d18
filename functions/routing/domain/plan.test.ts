import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate } from './candidates.ts';
import { type Wanted } from './coverable.ts';
import { type Plan, planFor } from './plan.ts';

const site = (
  location: string,
  distanceKm: number | undefined,
  available: Readonly<Record<string, number>>,
): Candidate => ({
  location,
  ...(distanceKm !== undefined && { distanceKm }),
  available: new Map(Object.entries(available)),
});
const line = (lineId: string, sku: string, quantity: number): Wanted => ({ lineId, sku, quantity });
const sent = ({ parcels }: Plan): Record<string, string> =>
  Object.fromEntries(
    parcels.map(({ location, lines }) => [location, lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ')]),
  );

describe('the rule', () => {
  it('one parcel from afar comes before two from nearby', () => {
    const candidates = [site('near-a', 1, { A: 1 }), site('near-b', 2, { B: 1 }), site('far', 900, { A: 1, B: 1 })];
    expect(sent(planFor([line('1', 'A', 1), line('2', 'B', 1)], { candidates }))).toEqual({ far: '1 A, 1 B' });
  });

  it('among plans of as many parcels one that splits no line comes first', () => {
    const candidates = [site('x', 1, { A: 2, B: 1 }), site('y', 2, { A: 1 }), site('z', 500, { A: 3 })];
    const plan = planFor([line('1', 'A', 3), line('2', 'B', 1)], { candidates });
    expect(sent(plan)).toEqual({ x: '1 B', z: '3 A' });
    expect(plan.splitLines).toBe(0);
  });

  it('splits a line when nothing else will do', () => {
    const candidates = [site('x', 1, { A: 2 }), site('y', 2, { A: 1 })];
    expect(sent(planFor([line('1', 'A', 3)], { candidates }))).toEqual({ x: '2 A', y: '1 A' });
  });

  it('takes the nearest; unknown places last; then by id', () => {
    const wanted = [line('1', 'A', 1)];
    expect(
      sent(
        planFor(wanted, {
          candidates: [site('b', 5, { A: 1 }), site('a', 6, { A: 1 }), site('0', undefined, { A: 9 })],
        }),
      ),
    ).toEqual({ b: '1 A' });
    expect(sent(planFor(wanted, { candidates: [site('b', 5, { A: 1 }), site('a', 5, { A: 1 })] }))).toEqual({
      a: '1 A',
    });
  });

  it('plans whole lines as far as units go, and says what is short', () => {
    const plan = planFor([line('1', 'A', 3), line('2', 'A', 1), line('3', 'B', 2)], {
      candidates: [site('x', 1, { A: 2, C: 9 })],
    });
    expect(sent(plan)).toEqual({ x: '1 A' });
    expect(plan.waiting).toEqual([line('1', 'A', 3), line('3', 'B', 2)]);
    expect(plan.short).toEqual([
      { sku: 'A', wanted: 4, available: 2, locations: [{ location: 'x', atf: 2 }] },
      { sku: 'B', wanted: 2, available: 0, locations: [] },
    ]);
  });

  it('without anything to send there is no plan', () => {
    expect(planFor([line('1', 'A', 1)], { candidates: [] }).parcels).toEqual([]);
  });
});

const skus = ['A', 'B', 'C', 'D'];
const cases = fc.record({
  wanted: fc
    .array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((lines) => lines.map(({ sku, quantity }, index) => line(String(index + 1), sku, quantity))),
  candidates: fc
    .array(
      fc.record({
        distanceKm: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
        units: fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }),
      }),
      { maxLength: 6 },
    )
    .map((sites) =>
      sites.map(({ distanceKm, units }, index) =>
        site(`l${index}`, distanceKm, Object.fromEntries(skus.map((sku, at) => [sku, units[at] ?? 0]))),
      ),
    ),
});

/** Every way to split lines of one SKU over shelves: the least number of lines split, by trying all. */
function leastSplits(quantities: readonly number[], shelves: readonly number[]): number {
  const [first, ...rest] = quantities;
  if (first === undefined) return 0;
  let least = 1 + leastSplits(rest, shelves);
  for (const [at, units] of shelves.entries()) {
    if (units >= first) least = Math.min(least, leastSplits(rest, shelves.with(at, units - first)));
  }
  return least;
}

/** The best plan by the rule, by trying every set of locations: parcels, split lines, distance, ids. */
function bruteForce(
  wanted: readonly Wanted[],
  candidates: readonly Candidate[],
): readonly [number, number, number, string] | undefined {
  let best: readonly [number, number, number, string] | undefined;
  for (let mask = 1; mask < 2 ** candidates.length; mask += 1) {
    const set = candidates.filter((_, index) => mask & (2 ** index));
    const shelves = (sku: string): number[] => set.map(({ available }) => available.get(sku) ?? 0);
    const quantities = (sku: string): number[] =>
      wanted.filter((one) => one.sku === sku).map(({ quantity }) => quantity);
    const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
    if (skus.some((sku) => sum(shelves(sku)) < sum(quantities(sku)))) continue;
    const splits = sum(skus.map((sku) => leastSplits(quantities(sku), shelves(sku))));
    const found = [
      set.length,
      splits,
      sum(set.map(({ distanceKm = 1e8 }) => distanceKm)),
      set.map(({ location }) => location).join(' '),
    ] as const;
    if (best === undefined || compare(found, best) < 0) best = found;
  }
  return best;
}

const compare = (a: readonly [number, number, number, string], b: readonly [number, number, number, string]): number =>
  a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || (a[3] < b[3] ? -1 : 1);

const judged = ({ parcels, splitLines }: Plan): readonly [number, number, number, string] => [
  parcels.length,
  splitLines,
  parcels.reduce((sum, { distanceKm = 1e8 }) => sum + distanceKm, 0),
  parcels
    .map(({ location }) => location)
    .sort()
    .join(' '),
];

describe('any plan', () => {
  it('sends each line in full or not at all, and never more than a shelf has', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 50 }), ({ wanted, candidates }, limit) => {
        const { parcels, waiting } = planFor(wanted, { candidates }, limit);
        const pieces = parcels.flatMap(({ location, lines }) => lines.map((piece) => ({ ...piece, location })));
        const total = (of: readonly { readonly quantity: number }[]): number =>
          of.reduce((sum, { quantity }) => sum + quantity, 0);
        for (const one of wanted) {
          expect(total(pieces.filter(({ lineId }) => lineId === one.lineId))).toBe(
            waiting.includes(one) ? 0 : one.quantity,
          );
        }
        for (const { location, available } of candidates) {
          for (const sku of skus)
            expect(total(pieces.filter((p) => p.location === location && p.sku === sku))).toBeLessThanOrEqual(
              available.get(sku) ?? 0,
            );
        }
        expect(pieces.every(({ quantity }) => quantity > 0)).toBe(true);
      }),
    );
  });

  it('is the best there is by the rule, where it says so', () => {
    fc.assert(
      fc.property(cases, ({ wanted, candidates }) => {
        const plan = planFor(wanted, { candidates });
        expect(plan.provenBest).toBe(true);
        const covered = wanted.filter((one) => !plan.waiting.includes(one));
        if (covered.length > 0) expect(judged(plan)).toEqual(bruteForce(covered, candidates));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same whatever sequence the locations come in', () => {
    fc.assert(
      fc.property(cases, ({ wanted, candidates }) => {
        expect(planFor(wanted, { candidates: [...candidates].reverse() })).toEqual({
          ...planFor(wanted, { candidates }),
          short: expect.anything() as unknown,
        });
      }),
    );
  });

  it('past its work limit still sends everything, and does not call itself best', () => {
    const candidates = Array.from({ length: 12 }, (_, index) =>
      site(`l${index}`, index, { [skus[index % 4] ?? '']: 1 }),
    );
    const plan = planFor(
      skus.map((sku, index) => line(String(index), sku, 2)),
      { candidates },
      5,
    );
    expect(plan.provenBest).toBe(false);
    expect(plan.parcels.length).toBe(8);
  });
});
