import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withinJitter } from './limited-call.ts';
import { type RateLimit } from './rate-limit.ts';

/** When each of so many calls gets its turn, one after the other as soon as it can, in milliseconds. */
function turns({ perSecond, burst }: RateLimit, calls: number): number[] {
  const costMs = 1000 / perSecond;
  return Array.from({ length: calls }, (_, call) => Math.max(0, (call - burst + 1) * costMs));
}

/** How many calls a bucket refuses that come at these times. */
function refused({ perSecond, burst }: RateLimit, times: readonly number[]): number {
  let [left, at, count] = [burst, 0, 0];
  for (const time of times.toSorted((a, b) => a - b)) {
    left = Math.min(burst, left + ((time - at) * perSecond) / 1000);
    at = time;
    // What is lost to rounding is no call.
    if (left > 1 - 1e-6) left -= 1;
    else count += 1;
  }
  return count;
}

describe('a limit as it is used', () => {
  it('is kept to at the channel, although some calls take half a second longer to get there than others', () => {
    const limit = fc.record({
      perSecond: fc.constantFrom(0.5, 2, 3, 5, 18, 50),
      burst: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(
        limit,
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 60, maxLength: 120 }),
        (rate, delays) => {
          fc.pre(rate.burst > Math.ceil(rate.perSecond / 2));
          const times = turns(withinJitter(rate), delays.length).map((time, call) => time + (delays[call] ?? 0));
          expect(refused(rate, times)).toBe(0);
        },
      ),
    );
  });

  it('still lets one call go', () => {
    expect(withinJitter({ perSecond: 50, burst: 1 })).toEqual({ perSecond: 50, burst: 1 });
  });
});
