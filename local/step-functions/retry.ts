import { type Catcher, type Retrier } from './definition.ts';
import { errorMatches } from './state-error.ts';

/**
 * Milliseconds before the attempt after `done` retries: interval × rate^done, at most MaxDelaySeconds, scattered if
 * jitter is FULL.
 */
export function retryDelayMs(retrier: Retrier, done: number, random: () => number = Math.random): number {
  const seconds = retrier.IntervalSeconds * retrier.BackoffRate ** done;
  const capped = Math.min(seconds, retrier.MaxDelaySeconds ?? 99_999_999);
  return capped * 1000 * (retrier.JitterStrategy === 'FULL' ? random() : 1);
}

/**
 * The first retrier that names `error`, by position, if it has attempts left. AWS stops at the first that matches,
 * even when it is used up.
 */
export function nextRetry(
  retriers: readonly Retrier[],
  error: string,
  done: Record<string, number>,
): { index: number; retrier: Retrier } | undefined {
  const index = retriers.findIndex(({ ErrorEquals }) => errorMatches(ErrorEquals, error));
  const retrier = retriers[index];
  if (retrier === undefined || (done[index] ?? 0) >= retrier.MaxAttempts) return undefined;
  return { index, retrier };
}

/** The first catcher that names `error`. */
export const catcherFor = (catchers: readonly Catcher[], error: string): Catcher | undefined =>
  catchers.find(({ ErrorEquals }) => errorMatches(ErrorEquals, error));
