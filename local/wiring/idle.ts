import { type EventSources } from '../event-sources/event-sources.ts';
import { type Compute } from './compute.ts';
import { type Messaging } from './messaging.ts';

/** What idleness is judged by. */
export interface Activity {
  readonly compute: Compute;
  readonly messaging: Messaging;
  readonly sources: EventSources;
}

const pollMs = 10;
const quietChecks = 3;

/**
 * Settles when nothing moves any more: no invocation, event, delivery, record or message, and executions only wait.
 * Throws when that does not come within the time.
 */
export async function untilIdle(activity: Activity, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (let quiet = 0; quiet < quietChecks; quiet = isQuiet(activity) ? quiet + 1 : 0) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const left = deadline - Date.now();
    if (left <= 0) throw new Error(`The twin is still busy after ${timeoutMs} ms`);
    await activity.sources.idle(left);
  }
}

function isQuiet({ compute: { pool, events }, messaging: { eventBridge, stepFunctions } }: Activity): boolean {
  return pool.inFlight === 0 && events.pending === 0 && eventBridge.pending() === 0 && stepFunctions.idle();
}
