import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { now } from '../../fixtures/now.ts';
import { lagSummary, withLags } from './lag.ts';

describe('how late a channel was', () => {
  it('is told by estimates between the bounds that the changes lie between', () => {
    const lags = Array.from({ length: 99 }, () => 900);
    const buckets = withLags(withLags([], lags, now), [70_000], now);
    expect(lagSummary(buckets, now)).toEqual({ count: 100, p50Ms: 710, p99Ms: 1_000, longestMs: 70_000 });
    expect(lagSummary(withLags(buckets, [80_000], now), now)).toMatchObject({ p99Ms: 71_554, longestMs: 80_000 });
  });

  it.each([44_000, 1_300])('is near what all of them took: %i', (lag) => {
    const all = Array.from({ length: 40 }, () => lag);
    const { p50Ms = 0, p99Ms = 0 } = lagSummary(withLags([], all, now), now) ?? {};
    expect(Math.abs(p50Ms - lag) / lag).toBeLessThan(0.2);
    expect(p99Ms).toBeLessThanOrEqual(lag);
  });

  it('is within twice of what it was, whatever the changes took, and ordered', () => {
    const some = fc.array(fc.integer({ min: 0, max: 100_000_000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(some, (lags) => {
        const { p50Ms, p99Ms, longestMs } = lagSummary(withLags([], lags, now), now) ?? {};
        const sorted = lags.toSorted((a, b) => a - b);
        const longest = sorted.at(-1) ?? 0;
        expect(longestMs).toBe(longest);
        for (const [part, estimate = 0] of [
          [0.5, p50Ms],
          [0.99, p99Ms],
        ] as const) {
          const exact = sorted[Math.ceil(part * lags.length) - 1] ?? 0;
          if (exact > 250 && exact <= 250 * 2 ** 17) {
            expect(estimate).toBeGreaterThanOrEqual(Math.floor(exact / 2));
            expect(estimate).toBeLessThanOrEqual(2 * exact);
          }
          expect(estimate).toBeLessThanOrEqual(longest);
        }
        expect(p50Ms).toBeLessThanOrEqual(p99Ms ?? 0);
      }),
    );
  });

  it('is never more than the longest, also far above all bounds', () => {
    expect(lagSummary(withLags([], [600], now), now)).toEqual({ count: 1, p50Ms: 600, p99Ms: 600, longestMs: 600 });
    const day = 24 * 3_600_000;
    expect(lagSummary(withLags([], [day], now), now)).toMatchObject({ p50Ms: day });
  });

  it('is kept for an hour', () => {
    const early = withLags([], [500], now);
    const later = withLags(early, [900], plusSeconds(now, 1_800));
    expect(lagSummary(later, plusSeconds(now, 1_800))).toMatchObject({ count: 2 });
    expect(lagSummary(later, plusSeconds(now, 4_000))).toMatchObject({ count: 1 });
    expect(withLags(later, [1], plusSeconds(now, 4_000))).toHaveLength(2);
    expect(lagSummary(later, plusSeconds(now, 9_000))).toBeUndefined();
    expect(withLags(early, [], now)).toEqual(early);
  });
});
