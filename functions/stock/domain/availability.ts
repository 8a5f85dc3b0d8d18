import { availabilityChanged } from '../../../shared/contracts/stock/events.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Pool } from '../../../shared/model/stock/counters.ts';
import { tellOperation } from '../../../shared/model/stock/telling.ts';

/** A pool before and after a write. */
export interface PoolChange {
  readonly before?: Pool;
  readonly after: Pool;
}

/** What channels are told rests on: units for all, units for some, and how each may sell. */
export const restsOn = ({ ats, fenced, terms = {} }: Pool): string => canonicalJson([ats, fenced, terms]);

/**
 * The newest availability per SKU and pool of a batch, where anything changed that it rests on, or where channels are to be told anyway:
 * absolute, so that only the newest matters.
 */
export function availabilityEvents(changes: readonly PoolChange[]) {
  const newest = new Map<
    string,
    { readonly first: string | undefined; readonly rose: boolean; readonly anyway: boolean; readonly after: Pool }
  >();
  for (const { before, after } of changes) {
    const key = JSON.stringify([after.sku, after.pool]);
    const earlier = newest.get(key);
    if (earlier !== undefined && earlier.after.version >= after.version) continue;
    const rose = after.ats > (before?.ats ?? 0) || earlier?.rose === true;
    const anyway = after.cause.operation === tellOperation || earlier?.anyway === true;
    newest.set(key, { first: earlier ? earlier.first : before && restsOn(before), rose, anyway, after });
  }
  return [...newest.values()]
    .filter(({ first, rose, anyway, after }) => rose || anyway || first !== restsOn(after))
    .map(({ rose, after }) => availabilityEvent(after, rose));
}

/** What a pool can sell, as it is told. */
export const availabilityEvent = ({ sku, pool, ats, fenced, terms, version, cause }: Pool, rose: boolean) =>
  availabilityChanged.of(
    `${sku}@${pool}`,
    version,
    { now: cause.at, actor: cause.actor },
    { sku, pool, ats, fenced, ...(terms && { terms }), rose, operation: cause.operation, reference: cause.reference },
  );
