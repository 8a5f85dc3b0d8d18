import { availabilityChanged } from '../../../shared/contracts/stock/events.ts';
import { type Pool } from '../../../shared/model/stock/counters.ts';

/** A pool before and after a write. */
export interface PoolChange {
  readonly before?: Pool;
  readonly after: Pool;
}

/** The newest availability per SKU and pool of a batch, where it changed: absolute, so that only the newest matters. */
export function availabilityEvents(changes: readonly PoolChange[]) {
  const newest = new Map<
    string,
    { readonly first: number | undefined; readonly rose: boolean; readonly after: Pool }
  >();
  for (const { before, after } of changes) {
    const key = JSON.stringify([after.sku, after.pool]);
    const earlier = newest.get(key);
    if (earlier !== undefined && earlier.after.version >= after.version) continue;
    const rose = after.ats > (before?.ats ?? 0) || earlier?.rose === true;
    newest.set(key, { first: earlier ? earlier.first : before?.ats, rose, after });
  }
  return [...newest.values()]
    .filter(({ first, rose, after }) => rose || first !== after.ats)
    .map(({ rose, after: { sku, pool, ats, version, cause } }) =>
      availabilityChanged.of(
        `${sku}@${pool}`,
        version,
        { now: cause.at, actor: cause.actor },
        { sku, pool, ats, rose, operation: cause.operation, reference: cause.reference },
      ),
    );
}
