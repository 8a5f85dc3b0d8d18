import { type JsonObject } from '../aws-service.ts';
import { type Clock } from './clock.ts';
import { type Execution } from './execution.ts';
import { StateError } from './state-error.ts';
import { type Store } from './store.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: an execution that reaches it fails. */
export const mostEvents = 25_000;

/** Writes what GetExecutionHistory reads, or nothing if history is off. */
export class History {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #enabled: boolean;

  constructor(store: Store, clock: Clock, enabled: boolean) {
    this.#store = store;
    this.#clock = clock;
    this.#enabled = enabled;
  }

  /** Appends an event that follows event `previous`; answers its number. */
  append(execution: Execution, type: string, previous: number, details: JsonObject): number {
    // The last place is the execution's end's.
    const room = type.startsWith('Execution') ? mostEvents : mostEvents - 1;
    if (!this.#enabled || execution.events >= room) return previous;
    execution.events++;
    this.#store.appendEvent(execution, [type, this.#clock.now(), previous, details]);
    return execution.events;
  }

  /** Throws when the execution has no room for another event but the one of its end. */
  assertRoom(execution: Execution): void {
    if (execution.events < mostEvents - 1) return;
    const reason = `The execution reached the maximum number of history events (${mostEvents}).`;
    throw new StateError('States.Runtime', reason);
  }
}
