import { type Frame } from './frame.ts';
import { StateError, Suspended } from './state-error.ts';

/**
 * Makes a call that counts as activity, and gives up on it at `deadlineMs` (States.Timeout) or when the frame is
 * cancelled ({@link Suspended});
 * the signal tells the callee.
 */
export function callWithin<T>(
  { runtime, scope, cursor }: Frame,
  deadlineMs: number | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const cleanUps: (() => void)[] = [];
    const settle = (): void => {
      for (const cleanUp of cleanUps) cleanUp();
    };
    const giveUp = (error: Error): void => {
      settle();
      reject(error);
      abort.abort();
    };
    const timedOut = new StateError('States.Timeout', `The task ${cursor.state} timed out.`);
    if (deadlineMs !== undefined) cleanUps.push(runtime.timers.at(deadlineMs, () => giveUp(timedOut)));
    cleanUps.push(scope.onCancel(() => giveUp(new Suspended())));
    if (scope.cancelled) return;
    call(abort.signal).then(resolve, reject).finally(settle);
  });
}
