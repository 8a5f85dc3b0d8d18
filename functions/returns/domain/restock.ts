import { type Cause } from '../../../shared/model/stock/counters.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { type StockChange } from '../../../shared/model/stock/stock-change.ts';
import { stockKey } from '../../../shared/model/stock/table.ts';
import { type Inspection } from '../../../shared/model/returns/return.ts';
import { dispositionRules } from './disposition-rules.ts';

/**
 * What inspected units do to the stock of the location that took them in; units that are not stock do nothing. The location's pool, if it
 * has one, can sell what is restocked.
 */
export const restock = (
  inspections: readonly Inspection[],
  at: { readonly location: string; readonly pool?: string },
  cause: Cause,
): StockChange[] =>
  combined(
    inspections.flatMap(({ sku, quantity, disposition }) => {
      const { arrival } = dispositionRules[disposition];
      return arrival === undefined ? [] : adjust({ ...at, sku }, quantity, arrival, { ...cause, reason: disposition });
    }),
  );

/** One change per position and pool, since a transaction takes one action per item: arrivals of one SKU are added up. */
function combined(arrivals: readonly StockChange[]): StockChange[] {
  const sums = new Map<string, StockChange>();
  for (const change of arrivals) {
    const { pk, sk } = stockKey(change.key);
    const key = `${pk}\u0000${sk}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? change : merged(before, change));
  }
  return [...sums.values()];
}

function merged(a: StockChange, b: StockChange): StockChange {
  const add: Record<string, number> = { ...a.add };
  for (const [counter, delta] of Object.entries(b.add)) add[counter] = (add[counter] ?? 0) + delta;
  const reasons = new Set([...(a.cause.reason ?? '').split(', '), b.cause.reason ?? '']);
  return { ...a, add, cause: { ...a.cause, reason: [...reasons].join(', ') } };
}
