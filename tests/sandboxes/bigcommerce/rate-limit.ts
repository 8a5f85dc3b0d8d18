/** What BigCommerce tells of its rate limit with each answer. Source: API rate limits, header names */
export interface RateLimit {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** The window of the smallest plans. */
const windowMs = 30_000;

/** Counts the calls of a window, and refuses those beyond its quota until it is over. */
export class RateWindow {
  #begunAt = 0;
  #left = 0;
  readonly #quota: number;

  constructor(quota: number) {
    this.#quota = quota;
  }

  take(now = Date.now()): RateLimit {
    if (now >= this.#begunAt + windowMs) {
      this.#begunAt = now;
      this.#left = this.#quota;
    }
    const allowed = this.#left > 0;
    if (allowed) this.#left -= 1;
    return {
      allowed,
      headers: {
        'x-rate-limit-requests-left': `${this.#left}`,
        'x-rate-limit-requests-quota': `${this.#quota}`,
        'x-rate-limit-time-reset-ms': `${this.#begunAt + windowMs - now}`,
        'x-rate-limit-time-window-ms': `${windowMs}`,
      },
    };
  }
}
