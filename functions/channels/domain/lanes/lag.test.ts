import { describe, expect, it } from 'vitest';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { now } from '../../fixtures/now.ts';
import { lagSummary, withLags } from './lag.ts';

describe('how late a channel was', () => {
  it('is told by the bounds below which the changes lie', () => {
    const lags = Array.from({ length: 99 }, () => 900);
    const buckets = withLags(withLags([], lags, now), [70_000], now);
    expect(lagSummary(buckets, now)).toEqual({ count: 100, p50Ms: 1_000, p99Ms: 1_000, longestMs: 70_000 });
    expect(lagSummary(withLags(buckets, [80_000], now), now)).toMatchObject({ p99Ms: 80_000, longestMs: 80_000 });
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
