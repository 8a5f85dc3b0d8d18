import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Retrier } from './definition.ts';
import { nextRetry, retryDelayMs } from './retry.ts';
import { errorMatches } from './state-error.ts';

const retriers = fc.record({
  ErrorEquals: fc.constant<string[]>(['E']),
  IntervalSeconds: fc.integer({ min: 1, max: 1000 }),
  MaxAttempts: fc.integer({ min: 0, max: 10 }),
  BackoffRate: fc.double({ min: 1, max: 5, noNaN: true }),
  MaxDelaySeconds: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  JitterStrategy: fc.constantFrom('FULL' as const, 'NONE' as const),
});

describe('retry timing', () => {
  it('begins at the interval, never shrinks, and stays under MaxDelaySeconds and jitter', () => {
    fc.assert(
      fc.property(retriers, fc.nat(12), fc.double({ min: 0, max: 0.999, noNaN: true }), (retrier, done, random) => {
        const steady: Retrier = { ...retrier, JitterStrategy: 'NONE' };
        const cap = (retrier.MaxDelaySeconds ?? 99_999_999) * 1000;
        const delay = retryDelayMs(steady, done);
        expect(retryDelayMs(steady, 0)).toBe(Math.min(retrier.IntervalSeconds * 1000, cap));
        expect(delay).toBeLessThanOrEqual(cap);
        expect(retryDelayMs(steady, done + 1)).toBeGreaterThanOrEqual(delay);
        expect(retryDelayMs(retrier, done, () => random)).toBeLessThanOrEqual(delay);
      }),
    );
  });

  it('allows exactly MaxAttempts retries', () => {
    fc.assert(
      fc.property(retriers, (retrier) => {
        let attempts = 0;
        while (nextRetry([retrier], 'E', { 0: attempts }) !== undefined) attempts++;
        expect(attempts).toBe(retrier.MaxAttempts);
      }),
    );
  });
});

describe('error names', () => {
  const custom = fc.string({ minLength: 1 }).filter((name) => !name.startsWith('States.'));

  it('matches a name of its own by itself, ALL and TaskFailed, and by no other name', () => {
    fc.assert(
      fc.property(custom, custom, (error, other) => {
        expect(errorMatches([error], error)).toBe(true);
        expect(errorMatches(['States.ALL'], error)).toBe(true);
        expect(errorMatches(['States.TaskFailed'], error)).toBe(true);
        expect(errorMatches([other, 'States.Timeout'], error)).toBe(other === error);
      }),
    );
  });

  it.each([
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.QueryEvaluationError', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.TaskFailed', true],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
  ])('%s and %s: %s', (name, error, matches) => {
    expect(errorMatches([name], error)).toBe(matches);
  });
});
