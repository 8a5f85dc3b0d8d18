import { stockCountCancelled } from '../../../../shared/contracts/stock/count-events.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type StockPorts } from '../../ports.ts';
import { type CountCall, changeCount } from './count-call.ts';
import { assignedEvent } from './create-count.ts';
import { type CountView, aboutCount } from './view.ts';

/**
 * Sends a count back: the named SKUs are counted anew, or all of them. Refusals: `not-found`, `forbidden`, `state-conflict`,
 * `invalid-request` for a SKU that the count does not have.
 */
export const recount =
  (ports: Pick<StockPorts, 'count' | 'commit'>) =>
  (skus: readonly string[] | undefined, call: CountCall): Promise<Result<CountView>> =>
    changeCount(ports, call, 'recount', (count) => {
      const own = new Set(count.lines.map(({ sku }) => sku));
      const errors = (skus ?? []).flatMap((sku, index) =>
        own.has(sku) ? [] : [{ pointer: `/skus/${index}`, detail: 'is no SKU of this count' }],
      );
      if (errors.length > 0) return refuse('invalid-request', 'Name SKUs of this count, or none for all.', { errors });
      const again = skus === undefined ? own : new Set(skus);
      return ok({
        recounts: count.recounts + 1,
        lines: count.lines.map((line) => (again.has(line.sku) ? { sku: line.sku } : line)),
        events: (after) => [assignedEvent(after, call)],
      });
    });

/** Gives a count up; the books stay as they are. Refusals: `not-found`, `forbidden`, `state-conflict`. */
export const cancelCount =
  (ports: Pick<StockPorts, 'count' | 'commit'>) =>
  (call: CountCall): Promise<Result<CountView>> =>
    changeCount(ports, call, 'cancel', () =>
      ok({ events: (after) => [stockCountCancelled.of(after.countId, after.version, call, aboutCount(after))] }),
    );
