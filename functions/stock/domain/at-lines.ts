import { type FieldError } from '../../../shared/kernel/refusal.ts';
import { type Result } from '../../../shared/kernel/result.ts';

/** A refusal about stock with the fields at fault: of each line whose SKU its facts name, the one that says how many. */
export function atLines<T>(
  result: Result<T>,
  lines: readonly { readonly sku: string }[],
  field: 'quantity' | 'delta',
): Result<T> {
  if (result.ok || result.refusal.errors !== undefined) return result;
  const { facts = {}, code } = result.refusal;
  const named = new Set([facts['short'], facts['over']].flatMap(skusIn));
  const pointer = code === 'unknown-sku' ? 'sku' : field;
  const detail = code === 'unknown-sku' ? 'was never recorded here' : 'is more than there is room or stock for';
  const errors = lines.flatMap(({ sku }, index): FieldError[] =>
    named.has(sku) ? [{ pointer: `/lines/${index}/${pointer}`, detail }] : [],
  );
  return errors.length === 0 ? result : { ok: false, refusal: { ...result.refusal, errors } };
}

const skusIn = (facts: unknown): unknown[] =>
  Array.isArray(facts)
    ? facts.map((fact: unknown) => (typeof fact === 'object' && fact && 'sku' in fact ? fact.sku : undefined))
    : [];
