import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';

/** How long a channel may take to answer one call. */
const timeoutMs = 5_000;

/** A channel's answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/** Posts JSON to a channel. A channel that cannot be reached or does not answer in time is a refusal: whether it took the call is not known. */
export async function post(
  url: URL | string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Result<HttpAnswer>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'crossdock/1', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return ok({ status: response.status, text: await response.text() });
  } catch (error) {
    // The words of a call that could not even be made may have its headers in them: only its kind is told.
    const kind = error instanceof Error ? error.name : 'unknown';
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : kind;
    return refuse('provider-unavailable', `${new URL(url).host} could not be reached: ${cause}`);
  }
}
