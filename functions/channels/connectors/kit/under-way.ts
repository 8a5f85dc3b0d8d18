import { type Result, refuse } from '../../../../shared/kernel/result.ts';

/** How soon a channel is asked again for what it works on. */
const askAgainSeconds = 60;

/**
 * The channel has what it was told and works on it: the next try is given the reference, and asks for what came of it. It counts neither as a
 * failure of the channel nor as a failed try.
 */
export const underWay = (reference: string, detail: string): Result<never> =>
  refuse('provider-unavailable', detail, { facts: { reference, retryAfterSeconds: askAgainSeconds } });
