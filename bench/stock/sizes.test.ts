import { describe, expect, it } from 'vitest';
import { partsFrom, parts, sizesFrom, smallerThanFull, variableOf } from './sizes.ts';

describe('the sizes of a run', () => {
  it('are the full ones unless the environment says less', () => {
    expect(sizesFrom({})).toMatchObject({ rows: 1_000_000, holds: 2_000, skus: 10_000 });
    expect(smallerThanFull(sizesFrom({}))).toBeUndefined();
    const small = sizesFrom({ BENCH_ROWS: '20000', BENCH_STRIPE_SECONDS: '2' });
    expect(small).toMatchObject({ rows: 20_000, stripeSeconds: 2, holds: 2_000 });
    expect(smallerThanFull(small)).toBe('BENCH_STRIPE_SECONDS=2, BENCH_ROWS=20000');
  });

  it('are whole numbers above 0', () => {
    for (const text of ['0', '-1', '1.5', 'many', ''])
      expect(() => sizesFrom({ BENCH_ROWS: text })).toThrow('BENCH_ROWS must be a whole number above 0');
    expect(variableOf('holdsSeconds')).toBe('BENCH_HOLDS_SECONDS');
  });
});

it('the parts of a run are all, or those that are named, in their own order', () => {
  expect(partsFrom({})).toEqual(parts);
  expect(partsFrom({ BENCH_PARTS: 'cost,units' })).toEqual(['units', 'cost']);
  expect(() => partsFrom({ BENCH_PARTS: 'units,all' })).toThrow('there is no all');
});
