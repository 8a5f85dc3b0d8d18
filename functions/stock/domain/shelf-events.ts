import { shelfChanged } from '../../../shared/contracts/stock/events.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';

/** A shelf before and after a write. */
export interface ShelfWrite {
  readonly before?: Position;
  readonly after: Position;
}

/**
 * The newest of each shelf of a batch whose free units have changed, in pools that are told by location; not where the same batch tells what the
 * pool can sell, as whoever hears that looks at the shelves anyway.
 * @param told what the batch tells of pools; its subject is `<sku>@<pool>`
 */
export function shelfEvents(
  writes: readonly ShelfWrite[],
  pools: ReadonlySet<string>,
  told: readonly { readonly subject: string }[],
) {
  const known = new Set(told.map(({ subject }) => subject));
  const changed = new Map<string, Position>();
  for (const { before, after } of writes) {
    const { sku, pool, location } = after;
    if (pool === undefined || !pools.has(pool) || known.has(`${sku}@${pool}`) || before?.atf === after.atf) continue;
    changed.set(JSON.stringify([sku, location]), after);
  }
  return [...changed.values()].flatMap(({ sku, pool, location, atf, version, cause }) =>
    pool === undefined
      ? []
      : [
          shelfChanged.of(
            `${sku}@${location}`,
            version,
            { now: cause.at, actor: cause.actor },
            { sku, pool, location, atf },
          ),
        ],
  );
}
