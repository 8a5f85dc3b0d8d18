import { type Scheduler } from 'fast-check';
import { type Result } from '../kernel/result.ts';
import { type CommitChanges } from '../model/changes.ts';
import { type OnceKey, replay } from '../model/decide.ts';
import { type MemoryStore } from './memory-store.ts';

/** What a test throws right after a commit: it has happened, and nobody was told. */
export class Crash extends Error {}

/** A commit that looks at the store after each commit, and the first time crashes right after it, if it should. */
export function watched(commit: CommitChanges, look: () => void, crashOnce: boolean): CommitChanges {
  let crashes = crashOnce ? 1 : 0;
  return async (changes, once) => {
    const outcome = await commit(changes, once);
    look();
    if (crashes-- > 0) throw new Crash('crashed right after the commit');
    return outcome;
  };
}

/** A client that repeats its call under the same key until it is answered, and gets what the API would answer it. */
export async function untilAnswered<T>(
  store: MemoryStore,
  once: OnceKey,
  call: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const result = await call();
    const first = result.ok ? undefined : await store.getOnce(once.key);
    return first ? replay<T>(first, once) : result;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return untilAnswered(store, once, call);
  }
}

/** A function that waits for its turn before it acts, so that a scheduler decides what falls between any two calls. */
export const inTurn =
  <A extends unknown[], R>(scheduler: Scheduler, act: (...args: A) => Promise<R>) =>
  async (...args: A): Promise<R> => {
    await scheduler.schedule(Promise.resolve());
    return act(...args);
  };
