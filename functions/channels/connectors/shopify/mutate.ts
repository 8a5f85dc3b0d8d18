import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { ask } from './graphql.ts';

const userErrors = z.array(z.object({ message: z.string() })).nullish();
const payload = z.looseObject({ userErrors, orderCancelUserErrors: userErrors });

/** What a mutation came to where it did not go through, in Shopify's own words. */
export function wordsOf(refused: Result<unknown>): string {
  if (refused.ok) return '';
  const said = refused.refusal.facts?.['said'];
  return typeof said === 'string' ? said : refused.refusal.detail;
}

/**
 * Carries out one mutation of an order. Refusals: `state-conflict` with what Shopify says against it (`facts.said`), which is final;
 * `provider-unavailable` for everything else.
 * @param name the mutation's field, whose payload is parsed by `shape`
 */
export async function mutate<T>(
  connection: Connection,
  name: string,
  call: { readonly query: string; readonly variables: object },
  shape: z.ZodType<T>,
): Promise<Result<T>> {
  const data = await ask(connection, { ...call, operation: 'orderWrites' });
  if (!data.ok) return data;
  const fields = z.record(z.string(), z.unknown()).safeParse(data.value);
  const raw = fields.data?.[name];
  const came = payload.safeParse(raw);
  if (!came.success) return refuse('provider-unavailable', `Shopify answered without a result of ${name}`);
  const errors = [...(came.data.orderCancelUserErrors ?? []), ...(came.data.userErrors ?? [])];
  const said = [...new Set(errors.map(({ message }) => message))].join(' ').slice(0, 500);
  if (errors.length > 0) return refuse('state-conflict', `Shopify refused ${name}: ${said}`, { facts: { said } });
  const parsed = shape.safeParse(raw);
  return parsed.success
    ? ok(parsed.data)
    : refuse('provider-unavailable', `Shopify answered ${name} with something that is not documented`);
}
