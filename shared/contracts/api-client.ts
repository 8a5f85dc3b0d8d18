import type * as z from 'zod';
import { type ApiContract } from './define-api.ts';

/** RFC 9457 problem details as this API answers them. */
export interface Problem {
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly [fact: string]: unknown;
}

/** What a call came back with: the parsed body, or a problem. */
export type ApiAnswer<T> =
  | { readonly ok: true; readonly status: number; readonly body: T }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

/** What a call sends. `key`: the Idempotency-Key of a POST; each call has its own unless it is given. */
export interface ApiInput<C extends ApiContract> {
  readonly params?: z.input<C['params']>;
  readonly query?: z.input<C['query']>;
  readonly body?: z.input<C['body']>;
  readonly key?: string;
}

/** Calls routes by their contracts: `call(captureOrder, { body })`. */
export type ApiClient = <C extends ApiContract>(
  contract: C,
  input?: ApiInput<C>,
) => Promise<ApiAnswer<z.output<C['response']>>>;

/** Longer than the API lets any call run. */
const timeoutMs = 35_000;

/**
 * A client of the API, typed by its contracts.
 * @param baseUrl where the API is, without a trailing slash
 * @param apiKey goes out as `Authorization: Bearer`
 */
export const apiClient =
  (baseUrl: string, apiKey: string): ApiClient =>
  async (contract, { params, query, body, key = crypto.randomUUID() } = {}) => {
    const response = await fetch(`${baseUrl}${pathOf(contract.path, params)}${queryOf(query)}`, {
      signal: AbortSignal.timeout(timeoutMs),
      method: contract.method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(contract.method === 'POST' ? { 'idempotency-key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { status } = response;
    if (!response.ok) return { ok: false, status, problem: await problemOf(response) };
    return { ok: true, status, body: contract.response.parse(await response.json()) as never };
  };

const entriesOf = (values: unknown): [string, string | number | boolean][] =>
  Object.entries((values ?? {}) as Record<string, string | number | boolean | undefined>).filter(
    (entry): entry is [string, string | number | boolean] => entry[1] !== undefined,
  );

function pathOf(path: string, params: unknown): string {
  const values = Object.fromEntries(entriesOf(params));
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function queryOf(query: unknown): string {
  const entries = entriesOf(query).map(([name, value]): [string, string] => [name, String(value)]);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}

/** Gateways answer some refusals themselves, in a form of their own. */
async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return { ...(JSON.parse(text) as object), status: response.status };
  } catch {
    return { status: response.status, detail: text };
  }
}

/** The body of an answer that must be a success. @throws Error with the problem's sentence when it is none */
export function mustSucceed<T>(answer: ApiAnswer<T>): T {
  if (answer.ok) return answer.body;
  throw new Error(
    `${answer.status} ${answer.problem.code ?? ''}: ${answer.problem.detail ?? JSON.stringify(answer.problem)}`,
  );
}
