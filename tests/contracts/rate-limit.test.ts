import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RateLimit, holdTurns, takeTurns } from '../../functions/channels/adapters/rate-limit.ts';
import { startTables } from './dynamo.ts';

let stop: () => Promise<void>;
beforeAll(async () => {
  stop = await startTables();
});
afterAll(() => stop());

let count = 0;
const fresh = (): string => `operation-${(count += 1)}`;
/** 0 where there is room for a call now, or the milliseconds until there is. */
async function takeTurn(channelId: string, operation: string, limit: RateLimit, nowMs: number): Promise<number> {
  const { waitsMs, laterMs } = await takeTurns(channelId, operation, limit, { nowMs, count: 1, aheadMs: 0 });
  return laterMs ?? waitsMs[0] ?? Number.NaN;
}
const startMs = Date.parse('2026-11-22T09:30:00.000Z');

describe("a channel's rate limit", () => {
  it('lets a burst through at once, and then one each time there is room', async () => {
    const [operation, limit] = [fresh(), { perSecond: 2, burst: 3 }];
    const take = (ms: number) => takeTurn('shop', operation, limit, startMs + ms);
    expect([await take(0), await take(0), await take(0)]).toEqual([0, 0, 0]);
    expect(await take(0)).toBe(500);
    expect(await take(200)).toBe(300);
    expect(await take(500)).toBe(0);
    expect(await take(500)).toBe(500);
    expect([await take(60_000), await take(60_000), await take(60_000)]).toEqual([0, 0, 0]);
    expect(await take(60_000)).toBe(500);
  });

  it('is shared: of many who call at once no more than the burst get a turn', async () => {
    const [operation, limit] = [fresh(), { perSecond: 0.5, burst: 5 }];
    const waits = await Promise.all(Array.from({ length: 20 }, () => takeTurn('shop', operation, limit, startMs)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  it('gives many at once what there is room for, and a time to what is taken ahead', async () => {
    const [operation, limit] = [fresh(), { perSecond: 2, burst: 3 }];
    const take = (count: number, aheadMs: number) =>
      takeTurns('shop', operation, limit, { nowMs: startMs, count, aheadMs });
    expect(await take(2, 0)).toEqual({ waitsMs: [0, 0] });
    expect(await take(4, 1_000)).toEqual({ waitsMs: [0, 500, 1_000], laterMs: 1_500 });
    expect(await take(1, 1_000)).toEqual({ waitsMs: [], laterMs: 1_500 });
  });

  it('is never exceeded in any window, whenever calls come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ perSecond: fc.constantFrom(0.5, 1, 4), burst: fc.integer({ min: 1, max: 4 }) }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 3 })), {
          minLength: 5,
          maxLength: 25,
        }),
        fc.constantFrom(0, 700, 3_000),
        async (limit, gaps, aheadMs) => {
          const operation = fresh();
          const taken: number[] = [];
          let ms = startMs;
          for (const [gap, count] of gaps) {
            ms += gap;
            const { waitsMs } = await takeTurns('shop', operation, limit, { nowMs: ms, count, aheadMs });
            taken.push(...waitsMs.map((waitMs) => ms + waitMs));
          }
          expect(taken).toEqual(taken.toSorted((a, b) => a - b));
          for (const [first, begin] of taken.entries())
            for (const [last, end] of taken.entries())
              if (last >= first)
                expect(last - first + 1).toBeLessThanOrEqual(
                  limit.burst + ((end - begin) * limit.perSecond) / 1000 + 1e-9,
                );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('stands still for as long as the channel asks, and never for less', async () => {
    const [operation, limit] = [fresh(), { perSecond: 1, burst: 10 }];
    await holdTurns('shop', operation, { limit, seconds: 30, nowMs: startMs });
    await holdTurns('shop', operation, { limit, seconds: 5, nowMs: startMs });
    expect(await takeTurn('shop', operation, limit, startMs + 29_000)).toBe(1000);
    expect(await takeTurn('shop', operation, limit, startMs + 30_000)).toBe(0);
  });
});
