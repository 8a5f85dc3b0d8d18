import { type FieldError } from '../../kernel/refusal.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type LineUnits } from './order.ts';

/** Units of one line, with the SKU that it is of. */
export interface SkuUnits extends LineUnits {
  readonly sku: string;
}

/**
 * Checks what a caller asks of some lines against what is left of each. The same line asked for twice is one sum; zeros are left out.
 * @param asked the body's `lines`, in their order: refusals point into it
 * @param left per line what may be asked for; a line that is not in it is unknown
 * @param what the thing that has the lines, for the refusal's sentence ("fulfillment order")
 * @returns the sums; or `invalid-request` for unknown lines, `quantity-exceeded` with line, wanted and left
 */
export function askedLines(
  asked: readonly LineUnits[],
  left: readonly SkuUnits[],
  what: string,
): Result<readonly SkuUnits[]> {
  const unknown = asked.flatMap(({ lineId }, index): FieldError[] =>
    left.some((line) => line.lineId === lineId)
      ? []
      : [{ pointer: `/lines/${index}/lineId`, detail: `is no line of this ${what}` }],
  );
  if (unknown.length > 0) {
    const known = left.map(({ lineId }) => lineId);
    return refuse('invalid-request', `Some lines are not of this ${what}, which has ${known.join(', ')}.`, {
      errors: unknown,
      facts: { known },
    });
  }
  const sums = left.map((line) => ({ ...line, left: line.quantity, quantity: sumOf(asked, line.lineId) }));
  const exceeded = sums.filter((line) => line.quantity > line.left);
  if (exceeded.length > 0) return tooMany(asked, exceeded, what);
  return ok(sums.filter(({ quantity }) => quantity > 0).map(({ left: _left, ...line }) => line));
}

const sumOf = (asked: readonly LineUnits[], lineId: string): number =>
  asked.reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0);

function tooMany(
  asked: readonly LineUnits[],
  exceeded: readonly (SkuUnits & { readonly left: number })[],
  what: string,
) {
  const facts = exceeded.map(({ lineId, sku, quantity, left }) => ({ lineId, sku, wanted: quantity, left }));
  const errors = asked.flatMap(({ lineId }, index): FieldError[] => {
    const fact = facts.find((one) => one.lineId === lineId);
    return fact === undefined
      ? []
      : [{ pointer: `/lines/${index}/quantity`, detail: `must be at most ${fact.left} for line ${lineId}` }];
  });
  const words = facts
    .map(({ lineId, sku, wanted, left }) => `line ${lineId} (${sku}): wanted ${wanted}, left ${left}`)
    .join('; ');
  return refuse('quantity-exceeded', `More units than this ${what} has: ${words}.`, {
    facts: { exceeded: facts },
    errors,
  });
}
