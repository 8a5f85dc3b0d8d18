import * as z from 'zod';
import { type Result, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';

const error = z.looseObject({ code: z.string().nullish(), description: z.string().nullish() });
const errors = z.looseObject({ error: z.array(error) });
const failed = z.union([errors, z.looseObject({ errors }).transform((one) => one.errors)]);

/** What Walmart says is wrong, at most 300 characters. */
export function wordsOf({ body }: Pick<ChannelAnswer, 'body'>): string {
  const json = readJson(body);
  const said = failed.safeParse(json.ok ? json.value : undefined);
  const words = said.success ? said.data.error.map((one) => one.description ?? one.code ?? '').join(' ') : '';
  return (words.trim() === '' ? 'without words' : words).slice(0, 300);
}

/** True of an answer by which something was done: a 200 may have errors in it, and then it is none. */
export function isTaken({ status, body }: Pick<ChannelAnswer, 'status' | 'body'>): boolean {
  const json = readJson(body);
  return status === 200 && !failed.safeParse(json.ok ? json.value : undefined).success;
}

/** A call that Walmart did not take, finally and in its words. */
export const notTaken = (what: string, answer: ChannelAnswer, remedy: string): Result<never> =>
  answer.status === 404
    ? refuse('not-found', `Walmart does not know what it was told of: ${what} (${wordsOf(answer)}). ${remedy}`)
    : refuse('invalid-request', `Walmart did not take ${what} (${answer.status}: ${wordsOf(answer)}). ${remedy}`);

/** An answer's body by its schema. Refusal: `provider-unavailable` for one that is not as Walmart documents it. */
export function readAnswer<T>(answer: ChannelAnswer, schema: z.ZodType<T>, operation: string): Result<T> {
  const json = readJson(answer.body);
  const read = schema.safeParse(json.ok ? json.value : undefined);
  return read.success
    ? { ok: true, value: read.data }
    : refuse(
        'provider-unavailable',
        `Walmart's answer (${answer.status}) to ${operation} is not as documented. It is asked again.`,
      );
}
