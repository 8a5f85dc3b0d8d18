import { type Execution } from './execution.ts';
import { type StoredEvent } from './history-event.ts';

/** What changed in one execution since the last commit. */
export interface Changes {
  created: boolean;
  readonly frames: Set<string>;
  /** Paths whose descendants go away, as prefixes. */
  readonly dropped: string[];
  readonly events: StoredEvent[];
  /** Number of the last of `events`. */
  lastEvent: number;
}

/** Everything that the next commit writes, by execution. */
export type WriteBatch = Map<Execution, Changes>;

/** The changes of `execution` in `batch`, begun if there are none. */
export function changesOf(batch: WriteBatch, execution: Execution): Changes {
  let changes = batch.get(execution);
  if (changes === undefined) {
    changes = { created: false, frames: new Set(), dropped: [], events: [], lastEvent: 0 };
    batch.set(execution, changes);
  }
  return changes;
}
