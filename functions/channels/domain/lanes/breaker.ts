import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Breaker } from '../../../../shared/model/channels/lane.ts';

/** So many failures in a row open it. */
const failuresToOpen = 5;
const openSeconds = 30;
const longestOpenSeconds = 120;
/** What a limit that does not say until when is waited for. */
const usualLimitSeconds = 5;

/** True of a breaker that has been open: one small batch tries. */
export const isProbing = (breaker: Breaker | undefined): boolean => (breaker?.failures ?? 0) >= failuresToOpen;

/** When something may be sent, RFC 3339; absent: now. */
export const opensAt = (breaker: Breaker | undefined, now: string): string | undefined =>
  breaker?.openUntil !== undefined && breaker.openUntil > now ? breaker.openUntil : undefined;

/**
 * The breaker after the channel did not take a batch. A limit is waited for and is no failure. A failure is waited for twice as long each time: a second
 * at first; from the fifth on the breaker is open for half a minute, and two minutes at most: a try costs little, and nobody is to sell what is gone for longer. What the channel asks for is kept to.
 * @param chance 0 to 1: lanes of many channels that failed together do not come back together
 */
export function afterFailure(
  before: Breaker | undefined,
  { facts = {} }: Refusal,
  now: string,
  chance: number,
): Breaker {
  const asked = Number(facts['retryAfterSeconds'] ?? 0);
  const failures = before?.failures ?? 0;
  if (facts['limit'] === true) return { failures, openUntil: plusSeconds(now, asked > 0 ? asked : usualLimitSeconds) };
  return {
    failures: failures + 1,
    openUntil: plusSeconds(now, Math.max(asked, pauseAfter(failures + 1) * (0.8 + chance * 0.4))),
  };
}

const pauseAfter = (failures: number): number =>
  failures < failuresToOpen
    ? 2 ** (failures - 1)
    : Math.min(longestOpenSeconds, openSeconds * 2 ** (failures - failuresToOpen));
