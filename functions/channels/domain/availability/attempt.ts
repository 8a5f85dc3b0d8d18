import { type Result, refuse } from '../../../../shared/kernel/result.ts';

/** Speaks to a channel: a call that breaks off is one without an answer. */
export async function attempt<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call();
  } catch (error) {
    return refuse('provider-unavailable', error instanceof Error ? error.message : String(error));
  }
}
