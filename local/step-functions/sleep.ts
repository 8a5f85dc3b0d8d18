import { type Frame } from './frame.ts';

/** Parks the frame until an absolute time. A restart sleeps on to the same time. */
export function sleepUntil({ runtime, scope }: Frame, dueMs: number): Promise<undefined> {
  return runtime.parking.park<undefined>(scope, (wake) => runtime.timers.at(dueMs, () => wake.resolve(undefined)));
}
