/** Waits that grow: how the pollers space out their retries. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** From 0.2 s to 30 s; Lambda's own goes up to a minute. */
export const defaultBackoff: Backoff = { firstMs: 200, longestMs: 30_000 };

/** Waits before retry number `attempt` (from 1); rejects when `signal` aborts. */
export function waitBeforeRetry({ firstMs, longestMs }: Backoff, attempt: number, signal: AbortSignal): Promise<void> {
  const delayMs = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Error('stopped'));
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(new Error('stopped'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}
