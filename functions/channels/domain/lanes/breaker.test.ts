import { describe, expect, it } from 'vitest';
import { refuse } from '../../../../shared/kernel/result.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Breaker } from '../../../../shared/model/channels/lane.ts';
import { now } from '../../fixtures/now.ts';
import { afterFailure, isProbing, opensAt } from './breaker.ts';

const down = refuse('provider-unavailable', 'It does not answer.').refusal;
const after = (times: number): Breaker | undefined => {
  let breaker: Breaker | undefined;
  for (let count = 0; count < times; count += 1) breaker = afterFailure(breaker, down, now, 0.5);
  return breaker;
};

describe('a breaker', () => {
  it('waits twice as long each time, opens at the fifth failure in a row, and for two minutes at most', () => {
    const seconds = [1, 2, 3, 4, 5, 6, 7, 20].map(
      (times) => (Date.parse(after(times)?.openUntil ?? '') - Date.parse(now)) / 1000,
    );
    expect(seconds).toEqual([1, 2, 4, 8, 30, 60, 120, 120]);
    expect([isProbing(undefined), isProbing(after(4)), isProbing(after(5))]).toEqual([false, false, true]);
  });

  it('is spread by chance, and keeps to what the channel asks for', () => {
    expect(afterFailure(undefined, down, now, 0).openUntil).toBe(plusSeconds(now, 0.8));
    expect(afterFailure(undefined, down, now, 1).openUntil).toBe(plusSeconds(now, 1.2));
    const busy = { ...down, facts: { retryAfterSeconds: 90 } };
    expect(afterFailure(undefined, busy, now, 0)).toEqual({ failures: 1, openUntil: plusSeconds(now, 90) });
  });

  it('waits for a limit, which is no failure', () => {
    const limit = { ...down, facts: { limit: true, retryAfterSeconds: 3 } };
    expect(afterFailure(after(4), limit, now, 0)).toEqual({ failures: 4, openUntil: plusSeconds(now, 3) });
    expect(afterFailure(undefined, { ...down, facts: { limit: true } }, now, 0)).toMatchObject({ failures: 0 });
  });

  it('is closed once its time is over', () => {
    expect(opensAt(after(5), plusSeconds(now, 29))).toBe(plusSeconds(now, 30));
    expect(opensAt(after(5), plusSeconds(now, 30))).toBeUndefined();
  });
});
