import { type CancelScope } from './cancel-scope.ts';
import { Suspended } from './state-error.ts';

/** How a parked frame is woken: with a value or an error, whichever comes first. */
export interface Wake<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Counts the frames that compute or call; one that waits for a timer, a token or a child does not count. */
export class Parking {
  #active = 0;

  /** Frames that are not waiting. */
  get active(): number {
    return this.#active;
  }

  /** Counts `work` as activity until it settles. */
  async busy<T>(work: () => Promise<T>): Promise<T> {
    this.#active++;
    try {
      return await work();
    } finally {
      this.#active--;
    }
  }

  /** The caller does not count as active while `work`, which counts for itself, goes on. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    this.#active--;
    try {
      return await work();
    } finally {
      this.#active++;
    }
  }

  /**
   * Parks the calling frame until `register`'s wake is used, or `scope` is cancelled (then {@link Suspended}).
   * `register` answers its clean-up.
   */
  park<T>(scope: CancelScope, register: (wake: Wake<T>) => () => void): Promise<T> {
    if (scope.cancelled) return Promise.reject(new Suspended());
    this.#active--;
    return new Promise<T>((resolve, reject) => {
      const state = { open: true };
      const cleanUps: (() => void)[] = [];
      const end = (finish: () => void): void => {
        if (!state.open) return;
        state.open = false;
        // Active again from the very moment of waking: `idle()` must not answer true in between.
        this.#active++;
        for (const cleanUp of cleanUps) cleanUp();
        finish();
      };
      cleanUps.push(scope.onCancel(() => end(() => reject(new Suspended()))));
      const release = register({
        resolve: (value) => end(() => resolve(value)),
        reject: (error) => end(() => reject(error instanceof Error ? error : new Error(String(error)))),
      });
      if (state.open) cleanUps.push(release);
      else release();
    });
  }
}
