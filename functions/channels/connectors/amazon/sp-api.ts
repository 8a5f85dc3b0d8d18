import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { apiUrlOf } from './api-url.ts';
import { accessToken, restrictedToken, tokenNames } from './tokens.ts';

/** A call of the Selling Partner API. */
export interface SpCall {
  /** Its name in Amazon's documents, which its usage plan goes by. */
  readonly operation: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Told who the buyer is, which takes a token of its own. */
  readonly restricted?: boolean;
}

/**
 * Calls the Selling Partner API with a good token: one that Amazon refuses is made anew, once. Answers of 200 to 299, 400 and 404 are the
 * caller's to judge. Refusal: `provider-unavailable`, in Amazon's words and with the remedy.
 */
export async function callApi(connection: Connection, call: SpCall): Promise<Result<ChannelAnswer>> {
  const first = await callOnce(connection, call);
  if (!first.ok || !isRefusedToken(first.value)) return judged(first, connection, call);
  for (const name of Object.values(tokenNames)) connection.forgetToken(name);
  return judged(await callOnce(connection, call), connection, call);
}

/** A 401, and a 403 for a token that is over: Amazon answers both. */
const isRefusedToken = ({ status }: ChannelAnswer): boolean => status === 401 || status === 403;

async function callOnce(
  connection: Connection,
  { operation, method = 'GET', path, query = {}, body, restricted }: SpCall,
) {
  const token = await (restricted === true ? restrictedToken : accessToken)(connection);
  if (!token.ok) return token;
  const url = new URL(path, apiUrlOf(connection.channel));
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  return connection.call({
    operation,
    method,
    url,
    headers: {
      accept: 'application/json',
      'x-amz-access-token': token.value,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function judged(answer: Result<ChannelAnswer>, { channel }: Connection, { operation }: SpCall): Result<ChannelAnswer> {
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if ((status >= 200 && status < 300) || status === 400 || status === 404) return answer;
  const remedy = isRefusedToken(answer.value)
    ? `Grant its app the role for ${operation} in Seller Central and authorize it again; seller and region must be those of the setting apiUrl or region.`
    : 'See its words.';
  return refuse(
    'provider-unavailable',
    `Amazon answered ${status} to ${operation} for ${channel.channelId} (${wordsOf(answer.value)}). ${remedy}`,
  );
}

const errors = z.object({ errors: z.array(z.object({ code: z.string(), message: z.string() })).min(1) });

/** A call that Amazon did not take, finally and in its words. */
export const notTaken = (what: string, answer: ChannelAnswer, remedy: string): Result<never> =>
  refuse(
    answer.status === 404 ? 'not-found' : 'invalid-request',
    `Amazon did not take ${what} (${answer.status}, ${wordsOf(answer)}). ${remedy}`,
  );

/** What Amazon says is wrong. */
export function wordsOf({ body }: ChannelAnswer): string {
  const json = readJson(body);
  const parsed = json.ok ? errors.safeParse(json.value) : undefined;
  return parsed?.success === true
    ? parsed.data.errors
        .map(({ code, message }) => `${code}: ${message}`)
        .join('; ')
        .slice(0, 300)
    : 'without words';
}

/** An answer's body by its schema. Refusal: `provider-unavailable` for one that is not as Amazon documents it. */
export function readAnswer<T>({ status, body }: ChannelAnswer, schema: z.ZodType<T>, operation: string): Result<T> {
  const json = readJson(body);
  const parsed = json.ok && status < 300 ? schema.safeParse(json.value) : undefined;
  return parsed?.success === true
    ? ok(parsed.data)
    : refuse(
        'provider-unavailable',
        `Amazon's answer (${status}) to ${operation} is not as documented. It is asked again.`,
      );
}
