import { stockCountSubmitted } from '../../../../shared/contracts/stock/count-events.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type CountLine, type StockCount } from '../../../../shared/model/stock/count.ts';
import { type StockPorts } from '../../ports.ts';
import { type CountCall, changeCount } from './count-call.ts';
import { type CountView, differencesOf } from './view.ts';

/** What somebody counted of a SKU. */
export interface Counted {
  readonly sku: string;
  readonly counted: number;
}

/**
 * Submits what was counted: every SKU that is still to be counted, and no other. What the books say at this moment is kept beside it.
 * Refusals: `not-found`, `forbidden`, `state-conflict`, `invalid-request` naming each SKU that is missing or not asked for.
 */
export const submitCount =
  (ports: Pick<StockPorts, 'count' | 'positionsAt' | 'commit'>) =>
  (counted: readonly Counted[], call: CountCall): Promise<Result<CountView>> =>
    changeCount(ports, call, 'submit', async (count) => {
      const wrong = mismatches(count, counted);
      if (wrong.length > 0)
        return refuse(
          'invalid-request',
          'Submit each SKU that is to be counted, once, and no other; errors names those that differ.',
          {
            errors: wrong,
          },
        );
      const positions = await ports.positionsAt(
        count.location,
        counted.map(({ sku }) => sku),
      );
      const onHand = new Map(positions.map((position) => [position.sku, position.onHand]));
      const units = new Map(counted.map((one) => [one.sku, one.counted]));
      return ok({
        lines: count.lines.map((line) => withCount(line, units.get(line.sku), onHand.get(line.sku) ?? 0)),
        events: (after) => [stockCountSubmitted.of(after.countId, after.version, call, differencesOf(after))],
      });
    });

const withCount = (line: CountLine, counted: number | undefined, expected: number): CountLine =>
  counted === undefined ? line : { sku: line.sku, counted, expected };

/** More errors than these say no more. */
const mostErrors = 100;

function mismatches(count: StockCount, counted: readonly Counted[]): FieldError[] {
  const open = new Set(count.lines.filter((line) => line.counted === undefined).map(({ sku }) => sku));
  const given = new Set(counted.map(({ sku }) => sku));
  const foreign = counted.flatMap(({ sku }, index) =>
    open.has(sku) ? [] : [{ pointer: `/lines/${index}/sku`, detail: `${sku} is not to be counted` }],
  );
  const missing = [...open]
    .filter((sku) => !given.has(sku))
    .map((sku) => ({ pointer: '/lines', detail: `lacks ${sku}` }));
  return [...foreign, ...missing].slice(0, mostErrors);
}
