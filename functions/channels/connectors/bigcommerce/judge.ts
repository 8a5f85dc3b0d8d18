import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { remedyOf } from './api.ts';

/** V2 writes errors as a list, V3 as a problem; details may be deeper. */
const problem = z.looseObject({ title: z.string().nullish(), errors: z.unknown().optional() });
const list = z.array(z.looseObject({ message: z.string().nullish(), details: z.unknown().optional() }));

/** What an answer that is no good one says, in one line. */
export function saidIn({ body }: Pick<ChannelAnswer, 'body'>): string {
  const json = readJson(body);
  const value = json.ok ? json.value : undefined;
  const messages = list.safeParse(value).data?.map(({ message, details }) => [message, details]);
  const { title, errors } = problem.safeParse(value).data ?? {};
  return [...(messages ?? []), [title, errors]]
    .flat()
    .flatMap((one) => (one == null || isEmpty(one) ? [] : [typeof one === 'string' ? one : JSON.stringify(one)]))
    .join(' ')
    .slice(0, 500);
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/**
 * The JSON of a good answer. Refusals: `not-found` (404); `state-conflict` for what the store will not do, in its words, which is final;
 * `provider-unavailable` for credentials, scopes and anything that is no answer of BigCommerce.
 */
export function judged<T>(answer: ChannelAnswer, what: string, of: z.ZodType<T>): Result<T> {
  const { status, body } = answer;
  if (status === 401 || status === 403 || status < 200 || (status >= 300 && status < 400))
    return refuse('provider-unavailable', `BigCommerce answered ${status} to ${what}${remedyOf(status)}`);
  if (status === 404) return refuse('not-found', `BigCommerce has nothing there to ${what}: ${saidIn(answer)}`);
  if (status >= 400) return refuse('state-conflict', `BigCommerce refused to ${what} (${status}): ${saidIn(answer)}`);
  const json = readJson(status === 204 ? Buffer.from('[]') : body);
  const parsed = of.safeParse(json.ok ? json.value : undefined);
  return parsed.success
    ? ok(parsed.data)
    : refuse(
        'provider-unavailable',
        `BigCommerce answered ${what} with something that is not documented. It is tried again.`,
      );
}
