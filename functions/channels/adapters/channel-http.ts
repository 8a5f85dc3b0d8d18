import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type ChannelAnswer, type ChannelCall } from '../domain/connection.ts';

/** How long a channel may take to answer one call. */
const timeoutMs = 10_000;
/** Where a channel says that it is asked too often and not until when. */
const usualRetrySeconds = 30;

/** The longest that a channel may have us wait: some answer a moment in the wrong unit, and nobody is to wait for years. */
const longestRetrySeconds = 3_600;
/** More than any page of orders has; what is larger would not fit into a function's memory. */
const mostBytes = 20 * 1024 * 1024;

/** Calls a channel's API. See `Connection.call`. */
export async function callChannel(channelId: string, call: ChannelCall): Promise<Result<ChannelAnswer>> {
  const host = new URL(call.url).host;
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: { 'user-agent': 'crossdock/1', ...call.headers },
      ...(call.body !== undefined && { body: call.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const headers = Object.fromEntries(response.headers);
    const answer = { status: response.status, headers, body: await bodyOf(response) };
    const target = headers['location'];
    if (redirects.has(response.status)) return redirected(channelId, call, { status: response.status, target });
    if (response.status !== 429 && response.status < 500) return ok(answer);
    return unavailable(`${host} answered ${response.status} to ${call.operation} for ${channelId}`, headers, {
      status: response.status,
    });
  } catch (error) {
    const detail = `${host} could not be reached: ${causeOf(error)}`;
    return unavailable(detail, {}, neverArrived(error) ? { unsent: true } : {});
  }
}

/** @throws TooLarge for a body without end */
async function bodyOf(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) throw new TooLarge(`it answers more than ${mostBytes} bytes`);
  }
  return Buffer.concat(chunks);
}

class TooLarge extends Error {}

/** Why there is no answer. The words of a call that could not even be made may have its headers, and so its credentials, in them. */
function causeOf(error: unknown): string {
  if (error instanceof TooLarge) return error.message;
  if (!(error instanceof Error)) return 'no reason is known';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : 'the call could not be made: look at its credentials';
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** No call follows to where nobody has said that its credentials may go. */
function redirected(
  channelId: string,
  { url, operation }: ChannelCall,
  { status, target }: { readonly status: number; readonly target: string | undefined },
): Result<never> {
  const to = target === undefined ? null : URL.parse(target, String(url));
  const where = to?.protocol.startsWith('http') ? `to ${to.origin}${to.pathname}` : 'to another address';
  const remedy = `Give the address that it redirects to, with PUT /v1/channels/${channelId}.`;
  const detail = `${new URL(url).host} redirects ${operation} (${status}) ${where}, and calls do not follow. ${remedy}`;
  return unavailable(detail, {}, { status });
}

/** True where there was no connection yet: the channel has carried nothing out. Of several addresses of a host, none may have been connected to. */
function neverArrived(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const causes: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.length > 0 && causes.every((one) => isSystemError(one) && beforeSending.has(one.syscall));
}

/** What a system does before anything is sent: it asks for the address, and connects. */
const beforeSending: ReadonlySet<unknown> = new Set(['getaddrinfo', 'connect']);

const isSystemError = (error: unknown): error is Error & { readonly syscall: unknown } =>
  error instanceof Error && 'syscall' in error;

/** `Retry-After` is seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function unavailable(
  detail: string,
  { 'retry-after': after }: Readonly<Record<string, string>>,
  seen: { readonly status?: number; readonly unsent?: true },
): Result<never> {
  const isThrottled = seen.status === 429;
  const seconds = Number(after ?? Number.NaN);
  const until = Date.parse(after ?? '');
  const said = Number.isFinite(seconds) ? seconds : (until - Date.now()) / 1000;
  const asked = Number.isNaN(said) && isThrottled ? usualRetrySeconds : said;
  const retryAfterSeconds = Math.min(longestRetrySeconds, Math.max(1, Math.ceil(asked)));
  return refuse('provider-unavailable', `${detail.replace(/\.$/, '')}. It is tried again.`, {
    facts: {
      ...(!Number.isNaN(asked) && { retryAfterSeconds }),
      ...seen,
      ...(isThrottled && { limit: true }),
    },
  });
}
