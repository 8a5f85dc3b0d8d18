import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type StockChange } from '../../../model/stock/stock-change.ts';
import { cover } from './cover.ts';
import { needOf, onStripes, restsOnSum } from './on-stripes.ts';
import { isUneven, rebalancePlan } from './rebalance-plan.ts';
import { spreadCounters } from './stripe.ts';

const some = fc
  .array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 64 })
  .map((units) => units.map((ats, stripe) => ({ stripe, ats })));
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe('units are found over the stripes', () => {
  const need = fc.record({ take: fc.nat({ max: 400 }), keep: fc.nat({ max: 100 }) });

  it('exactly when all together have them, and each claim is there', () => {
    fc.assert(
      fc.property(some, need, fc.nat(), (stripes, { take, keep }, preferred) => {
        const claims = cover(stripes, { take, keep }, preferred);
        expect(claims !== undefined).toBe(total(stripes.map(({ ats }) => ats)) >= take + keep);
        if (claims === undefined) return;
        expect([total(claims.map((one) => one.take)), total(claims.map((one) => one.keep))]).toEqual([take, keep]);
        for (const one of claims) expect(one.take + one.keep).toBeLessThanOrEqual(stripes[one.stripe]?.ats ?? 0);
        expect(new Set(claims.map(({ stripe }) => stripe)).size).toBe(claims.length);
      }),
    );
  });

  it('on one stripe where one has enough, the preferred first', () => {
    const stripes = [9, 3, 9].map((ats, stripe) => ({ stripe, ats }));
    expect(cover(stripes, { take: 3, keep: 0 }, 1)).toEqual([{ stripe: 1, take: 3, keep: 0 }]);
    expect(cover(stripes, { take: 4, keep: 0 }, 1)).toEqual([{ stripe: 2, take: 4, keep: 0 }]);
    expect(cover(stripes, { take: 10, keep: 9 }, 1)).toHaveLength(3);
  });
});

describe('a rebalance', () => {
  it('moves without making or losing a unit, leaves nobody below zero, and ends', () => {
    fc.assert(
      fc.property(some, (stripes) => {
        const moves = rebalancePlan(stripes);
        expect(total(moves.map(({ units }) => units))).toBe(0);
        const after = stripes.map(({ stripe, ats }) => ({
          stripe,
          ats: ats + (moves.find((move) => move.stripe === stripe)?.units ?? 0),
        }));
        for (const { ats } of after) expect(ats).toBeGreaterThanOrEqual(0);
        expect(isUneven(after)).toBe(false);
        expect(rebalancePlan(after)).toEqual([]);
      }),
    );
  });

  it('leaves alone who has about as much as the others', () => {
    const stripes = [100, 101, 99, 0, 140].map((ats, stripe) => ({ stripe, ats }));
    expect(isUneven(stripes)).toBe(true);
    expect(rebalancePlan(stripes).map(({ stripe }) => stripe)).toEqual([4, 1, 3]);
  });
});

describe('a change of a pool, on its stripes,', () => {
  const counters = ['ats', 'reserved', 'held', 'fenced', 'backordered'] as const;
  const change = fc
    .record({
      add: fc.dictionary(fc.constantFrom(...counters), fc.integer({ min: -9, max: 9 })),
      floor: fc.option(fc.integer({ min: -5, max: 20 }), { nil: undefined }),
      withTerms: fc.boolean(),
    })
    .map(({ add, floor, withTerms }): StockChange => ({
      kind: 'stock',
      key: { level: 'pool', sku: 'TEE', pool: 'online' },
      add,
      ...(floor !== undefined && { atLeast: { ats: floor } }),
      ...(withTerms && { set: { terms: {} } }),
      cause: { operation: 'test', reference: 'test', actor: 'test', at: '2026-11-22T09:30:00.000Z' },
    }));

  it('adds up to itself, each stripe once, and what is kept for all is on the first', () => {
    fc.assert(
      fc.property(change, some, fc.nat(), (whole, stripes, preferred) => {
        const claims = cover(stripes, needOf(whole), preferred);
        if (claims === undefined) return;
        const actions = onStripes(whole, stripes.length, claims);
        expect(new Set(actions.map(({ on }) => on.stripe)).size).toBe(actions.length);
        for (const counter of counters)
          expect(total(actions.map(({ change: { add } }) => add[counter] ?? 0))).toBe(whole.add[counter] ?? 0);
        for (const { change: part, on } of actions) {
          expect(part.key).toBe(whole.key);
          if (on.stripe > 0) for (const counter of Object.keys(part.add)) expect(spreadCounters).toContain(counter);
          // What leaves a stripe must be on it.
          if ((part.add.ats ?? 0) < 0) expect(part.atLeast?.ats).toBeGreaterThanOrEqual(-(part.add.ats ?? 0));
        }
        const isWritten = actions.filter(({ on }) => on.checkOnly !== true).length;
        if (Object.keys(whole.add).length > 0) expect(isWritten).toBeGreaterThan(0);
        if (whole.set) expect(isWritten).toBe(stripes.length);
      }),
    );
  });

  it('rests on the sum where no stripe can answer alone', () => {
    const of = (more: Partial<StockChange>) => restsOnSum({ ...fc.sample(change, 1)[0], ...more } as StockChange);
    expect(of({ equals: { ats: 3 } })).toBe(true);
    expect(of({ atMost: { held: 3 } })).toBe(true);
    expect(of({ atMost: { ats: Number.MAX_SAFE_INTEGER - 5 } })).toBe(false);
    expect(of({ atMost: { backordered: 3 }, equals: { fenced: 0 } })).toBe(false);
  });
});
