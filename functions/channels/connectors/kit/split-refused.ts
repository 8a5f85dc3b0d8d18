import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';

/** What a call for many came to: an answer for each, or a refusal of the call that does not say which of them is to blame. */
export type BatchAnswer<T> =
  | { readonly kind: 'answered'; readonly answers: ReadonlyMap<T, Result<true>> }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A part that stands in 2,000 others is found with some 22 calls; what is not settled by then waits for the next turn. */
const mostCalls = 30;

/**
 * Sends parts in one call. A call that is refused as a whole for one of its parts is made again in halves, until the part that is to blame stands
 * alone; whatever else goes wrong (`provider-unavailable`) is the answer to all that is left.
 */
export async function splitRefused<T>(
  parts: readonly T[],
  send: (parts: readonly T[]) => Promise<BatchAnswer<T>>,
): Promise<Map<T, Result<true>>> {
  const answers = new Map<T, Result<true>>();
  const waiting: (readonly T[])[] = parts.length > 0 ? [parts] : [];
  for (let calls = 0; waiting.length > 0; calls += 1) {
    const some = waiting.shift() ?? [];
    const came: BatchAnswer<T> = calls < mostCalls ? await send(some) : { kind: 'refused', refusal: tooMany };
    if (came.kind === 'answered') for (const [part, answer] of came.answers) answers.set(part, answer);
    else if (came.refusal.code === 'provider-unavailable') {
      for (const part of [...some, ...waiting.flat()]) answers.set(part, { ok: false, refusal: came.refusal });
      break;
    } else if (some.length === 1) for (const part of some) answers.set(part, { ok: false, refusal: came.refusal });
    else {
      const middle = Math.ceil(some.length / 2);
      waiting.unshift(some.slice(0, middle), some.slice(middle));
    }
  }
  return answers;
}

const tooMany = refuse(
  'provider-unavailable',
  'The channel refuses the call without saying which of its parts is to blame; the rest is told in the next turn.',
).refusal;
