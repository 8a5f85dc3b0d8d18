import { type MovementLine } from '../../../../shared/contracts/stock/movement-apis.ts';
import { type Refusal, type RefusalCode } from '../../../../shared/kernel/refusal.ts';
import { type Result } from '../../../../shared/kernel/result.ts';
import { amountField } from './changes-of.ts';

/** What is wrong with which field of a line, by the code of its refusal. */
const faults: Partial<Record<RefusalCode, readonly [field: string, detail: string]>> = {
  forbidden: ['location', 'is not for this key'],
  'unknown-location': ['location', 'is no location'],
  'unknown-sku': ['sku', 'was never recorded at this location'],
  'quantity-stale': ['changeFrom', 'is not what is on hand'],
  'reference-reused': ['reference', 'was used for another line'],
};

/** A refused line with the field at fault, relative to the line: where it says how many, unless the code is about another field. */
export function pointed<T>(result: Result<T>, line: MovementLine): Result<T> {
  if (result.ok || result.refusal.code === 'too-busy') return result;
  const { refusal } = result;
  const [field, detail] = faults[refusal.code] ?? [amountField(line), 'is more than there is room or stock for'];
  return { ok: false, refusal: { ...refusal, ...remedied(refusal, line), errors: [{ pointer: `/${field}`, detail }] } };
}

const remedied = ({ code, detail }: Refusal, line: MovementLine) =>
  code === 'insufficient-stock'
    ? {
        detail: `${detail} At ${line.location} only what is promised to nobody can be taken: lower ${amountField(line)}, or receive stock first.`,
      }
    : {};
