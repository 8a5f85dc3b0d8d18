import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type ChannelAnswer, type ChannelCall } from '../domain/connector.ts';

/** How long a channel may take to answer one call. */
const timeoutMs = 10_000;
/** Where a channel says that it is asked too often and not until when. */
const usualRetrySeconds = 30;

/** Calls a channel's API. See `Connection.call`. */
export async function callChannel(channelId: string, call: ChannelCall): Promise<Result<ChannelAnswer>> {
  const host = new URL(call.url).host;
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: { 'user-agent': 'crossdock/1', ...call.headers },
      ...(call.body !== undefined && { body: call.body }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const headers = Object.fromEntries(response.headers);
    const answer = { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
    if (response.status !== 429 && response.status < 500) return ok(answer);
    return unavailable(
      `${host} answered ${response.status} to ${call.operation} for ${channelId}`,
      headers,
      response.status,
    );
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return unavailable(`${host} could not be reached: ${cause}`, {});
  }
}

/** `Retry-After` is seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function unavailable(
  detail: string,
  { 'retry-after': after }: Readonly<Record<string, string>>,
  status?: number,
): Result<never> {
  const seconds = Number(after ?? Number.NaN);
  const until = Date.parse(after ?? '');
  const asked = Number.isFinite(seconds)
    ? seconds
    : Number.isNaN(until)
      ? usualRetrySeconds
      : (until - Date.now()) / 1000;
  const retryAfterSeconds = Math.max(1, Math.ceil(asked));
  return refuse('provider-unavailable', `${detail}. It is tried again.`, {
    facts: { retryAfterSeconds, ...(status !== undefined && { status }) },
  });
}
