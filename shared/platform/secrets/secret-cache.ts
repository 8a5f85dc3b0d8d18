import { isPassing } from './faults.ts';
import { type Secret } from './secrets.ts';

/** How long a secret serves before it is read again. */
export const cachedMs = 60_000;
/** The least time between two reads that were forced, or that failed: forged webhooks cannot make a call each. */
export const pauseMs = 5_000;

/** What a cache rests on. */
export interface CacheOptions {
  readonly read: (name: string) => Promise<Secret | undefined>;
  readonly now?: () => number;
  /** Told that a secret is used which could not be read again. */
  readonly warn: (name: string, error: unknown) => void;
}

interface Entry {
  readonly secret: Secret | undefined;
  /** From when on it is read again; from when on it may be forced. */
  readonly due: number;
  readonly forceable: number;
}

/** Secrets in the memory of a process: what is asked for often is read once a minute. That there is none is remembered too. */
export class SecretCache {
  private readonly options: CacheOptions;
  private readonly entries = new Map<string, Entry>();
  private readonly reading = new Map<string, Promise<Secret | undefined>>();

  constructor(options: CacheOptions) {
    this.options = options;
  }

  /**
   * A secret, from memory where that is young enough. While Secrets Manager does not answer, what is in memory goes on serving.
   * @param fresh reads it anew, unless that was done a moment ago: for who has a reason to believe that it has changed
   * @throws what the read fails with, when nothing is in memory or the failure is an answer
   */
  get(name: string, fresh = false): Promise<Secret | undefined> {
    const now = this.now();
    const entry = this.entries.get(name);
    if (entry !== undefined && now < (fresh ? Math.min(entry.forceable, entry.due) : entry.due))
      return Promise.resolve(entry.secret);
    const reading = this.reading.get(name) ?? this.read(name, entry, fresh).finally(() => this.reading.delete(name));
    this.reading.set(name, reading);
    return reading;
  }

  /** Forgets a secret: this process has just changed it. */
  forget(name: string): void {
    this.entries.delete(name);
  }

  private async read(name: string, before: Entry | undefined, fresh: boolean): Promise<Secret | undefined> {
    try {
      const secret = await this.options.read(name);
      const now = this.now();
      const forceable = fresh ? now + pauseMs : (before?.forceable ?? now);
      this.entries.set(name, { secret, due: now + cachedMs, forceable });
      return secret;
    } catch (error) {
      if (before === undefined || !isPassing(error)) throw error;
      this.options.warn(name, error);
      const later = this.now() + pauseMs;
      this.entries.set(name, { ...before, due: later, forceable: later });
      return before.secret;
    }
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
