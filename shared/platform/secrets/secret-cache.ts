import { isPassing } from './faults.ts';
import { type Secret } from './secrets.ts';

/** How long a secret serves before it is read again. */
export const cachedMs = 60_000;
/** The least time between two reads that failed, and in the long run between two that were forced: forged webhooks cannot make a call each. */
export const pauseMs = 5_000;
/** So many reads may be forced at once: a new secret is found at its first use, also where somebody else's was wrong a moment before. */
export const forcedAtOnce = 3;

const aheadMs = (forcedAtOnce - 1) * pauseMs;

/** What a cache rests on. */
export interface CacheOptions {
  readonly read: (name: string) => Promise<Secret | undefined>;
  readonly now?: () => number;
  /** Told that a secret is used which could not be read again. */
  readonly warn: (name: string, error: unknown) => void;
}

interface Entry {
  readonly secret: Secret | undefined;
  /** From when on it is read again. */
  readonly due: number;
  /** When all reads that were forced would be over at one in `pauseMs`; it may be ahead of now by those that are allowed at once. */
  readonly forcedUntil: number;
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
   * @param fresh reads it anew, a few times at once and then every five seconds at most: for who has a reason to believe that it has changed
   * @throws what the read fails with, when nothing is in memory or the failure is an answer
   */
  get(name: string, fresh = false): Promise<Secret | undefined> {
    const now = this.now();
    const entry = this.entries.get(name);
    if (entry !== undefined && now < (fresh ? Math.min(entry.forcedUntil - aheadMs, entry.due) : entry.due))
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
      const forcedBefore = before?.forcedUntil ?? now;
      const forcedUntil = fresh ? Math.max(now, forcedBefore) + pauseMs : forcedBefore;
      this.entries.set(name, { secret, due: now + cachedMs, forcedUntil });
      return secret;
    } catch (error) {
      if (before === undefined || !isPassing(error)) throw error;
      this.options.warn(name, error);
      const later = this.now() + pauseMs;
      this.entries.set(name, { ...before, due: later, forcedUntil: later + aheadMs });
      return before.secret;
    }
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
