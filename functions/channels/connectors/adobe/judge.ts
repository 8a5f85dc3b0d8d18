import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ChannelAnswer } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { remedyOf } from './api.ts';

const values = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish();
/** A message of the store, with what fills it in. */
export const fault = z.looseObject({ message: z.string(), parameters: values });
const faults = fault.extend({ errors: z.array(fault).nullish() });

/** A message with its `%1` and `%name` filled in. Source: Magento\Framework\Webapi\ErrorProcessor */
export const filled = ({ message, parameters }: z.output<typeof fault>): string =>
  Object.entries(parameters ?? {}).reduce(
    (text, [name, value]) => text.replaceAll(`%${Array.isArray(parameters) ? Number(name) + 1 : name}`, String(value)),
    message,
  );

/** What a store says against a call, in one line. */
export function saidIn({ body }: Pick<ChannelAnswer, 'body'>): string {
  const json = readJson(body);
  const said = faults.safeParse(json.ok ? json.value : undefined).data;
  if (said === undefined) return 'it does not say why';
  return [said, ...(said.errors ?? [])].map(filled).join(' ').replaceAll(/\s+/g, ' ').slice(0, 500);
}

/**
 * The JSON of a good answer. Refusals: `not-found` (404) and `state-conflict` (400) in the store's words, which are final; `provider-unavailable` for
 * credentials, and anything that is no answer of the store.
 */
export function judged<T>(answer: ChannelAnswer, what: string, of: z.ZodType<T>): Result<T> {
  const { status } = answer;
  if (status === 404) return refuse('not-found', `Adobe Commerce has nothing there to ${what}: ${saidIn(answer)}`);
  if (status === 400) return refuse('state-conflict', `Adobe Commerce refused to ${what}: ${saidIn(answer)}`);
  if (status !== 200)
    return refuse('provider-unavailable', `Adobe Commerce answered ${status} to ${what}${remedyOf(answer)}`);
  const json = readJson(answer.body);
  const parsed = of.safeParse(json.ok ? json.value : undefined);
  return parsed.success
    ? ok(parsed.data)
    : refuse(
        'provider-unavailable',
        `Adobe Commerce answered ${what} with something that is not documented. It is tried again.`,
      );
}
