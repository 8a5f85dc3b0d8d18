import { type VarianceReason } from '../../../../shared/contracts/stock/variance-reasons.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type CountLine, type StockCount, varianceOf } from '../../../../shared/model/stock/count.ts';

/** Why a SKU differs. */
export interface Explained {
  readonly sku: string;
  readonly reason: VarianceReason;
}

/** More errors than these say no more. */
const mostErrors = 100;

/**
 * The lines of a count, each that differs with its reason. One that is being applied has its reasons already.
 * Refusal: `invalid-request`, naming each SKU that differs and has no reason, or has one and does not differ.
 */
export function explained({ state, lines }: StockCount, reasons: readonly Explained[]): Result<readonly CountLine[]> {
  if (state === 'APPLYING') return ok(lines);
  const varied = new Set(lines.filter((line) => varianceOf(line) !== 0).map(({ sku }) => sku));
  const given = new Map(reasons.map(({ sku, reason }) => [sku, reason]));
  const needless = reasons.flatMap(({ sku }, index): FieldError[] =>
    varied.has(sku)
      ? []
      : [{ pointer: `/varianceReasons/${index}/sku`, detail: `${sku} does not differ in this count` }],
  );
  const missing = [...varied]
    .filter((sku) => !given.has(sku))
    .map((sku) => ({ pointer: '/varianceReasons', detail: `lacks the reason of ${sku}` }));
  const errors = [...needless, ...missing].slice(0, mostErrors);
  if (errors.length > 0)
    return refuse('invalid-request', 'Give each SKU that differs its reason, and no other; errors names them.', {
      errors,
    });
  return ok(
    lines.map((line) => {
      const reason = given.get(line.sku);
      return reason === undefined ? line : { ...line, reason };
    }),
  );
}
