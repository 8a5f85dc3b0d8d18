import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { launchOf } from '../../../shared/model/orders/launch.ts';
import { availableToPromise, queuedUnits } from '../../../shared/model/stock/promises.ts';
import { type SupplyPorts } from '../ports.ts';

/** What can be promised of a SKU, and when. */
export interface Promisable {
  readonly sku: string;
  readonly pool: string;
  readonly asOf: string;
  readonly backordered: number;
  readonly steps: { readonly date: string; readonly available: number }[];
  readonly quantity?: number;
  readonly earliest?: string;
}

/**
 * What a pool can promise of a SKU now and at each arrival, after who waits already. Goods that are overdue could come any day: they count
 * from now on, and not for a day that is over.
 * Refusal: `not-found` when neither stock nor supply of it was ever recorded for the pool.
 */
export const readPromisable =
  (ports: Pick<SupplyPorts, 'outlook' | 'product'>) =>
  async (sku: string, poolName: string, now: string, quantity?: number): Promise<Result<Promisable>> => {
    const [outlook, product] = await Promise.all([ports.outlook(sku), ports.product(sku)]);
    const pool = outlook.pools.find((one) => one.pool === poolName);
    const supplies = outlook.supplies.filter((one) => one.pool === poolName);
    if (pool === undefined && supplies.length === 0)
      return refuse('not-found', `Neither stock nor supply of ${sku} was ever recorded for pool ${poolName}.`);
    const queue = outlook.backorders.filter((one) => one.pool === poolName);
    const found = availableToPromise(pool?.ats ?? 0, supplies, queue, launchOf(product, now));
    const steps = inTime(found, now);
    const earliest = steps.find(({ available }) => available >= (quantity ?? Infinity))?.date;
    return ok({
      sku,
      pool: poolName,
      asOf: now,
      backordered: queuedUnits(queue),
      steps,
      ...(quantity !== undefined && { quantity }),
      ...(earliest !== undefined && { earliest }),
    });
  };

/** Steps by date, none before now; of several at one time the last, which is the highest. */
function inTime(found: ReturnType<typeof availableToPromise>, now: string): Promisable['steps'] {
  const steps = new Map<string, number>();
  for (const { date = now, available } of found) {
    const time = Date.parse(date) > Date.parse(now) ? date : now;
    steps.set(time, available);
  }
  return [...steps].map(([date, available]) => ({ date, available }));
}
