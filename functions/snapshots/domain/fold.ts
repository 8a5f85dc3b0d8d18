import { type CountedRow } from '../../../shared/contracts/snapshots/apis.ts';
import { type StockChange, mostUnits } from '../../../shared/model/stock/stock-change.ts';
import { type Cause, type Position } from '../../../shared/model/stock/counters.ts';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Snapshot } from '../../../shared/model/stock/snapshot.ts';
import { type CountedUnits, countedCounters, referenceOf } from './difference.ts';

/** A row with what it is about. */
export interface Shelf {
  readonly row: CountedRow;
  readonly location: Location;
  /** As it was read; none for a shelf that nobody wrote yet. */
  readonly position?: Position | undefined;
}

/** Who folds, when and why. */
export interface Fold {
  readonly snapshot: Pick<Snapshot, 'source' | 'takenAt' | 'actor'>;
  readonly now: string;
  readonly reason: string;
}

/** The first counter that would fall below zero: then the movements since the mark and the counts cannot both be right. */
export const belowZero = (position: Position | undefined, difference: CountedUnits) =>
  countedCounters.find((counter) => (position?.[counter] ?? 0) + difference[counter] < 0);

/**
 * A difference becomes part of the books: the shelf, and what its pool can sell, in one transaction. Only on the version that the
 * difference was made from, and only if no snapshot of the source as new as this one was there; promises stay, so that what can be sold
 * may fall below zero. No difference: the shelf keeps the snapshot's time and nothing else.
 */
export function foldIn(
  { row: { sku }, location, position }: Shelf,
  difference: CountedUnits,
  fold: Fold,
): StockChange[] {
  const { source, takenAt, actor } = fold.snapshot;
  const cause: Cause = {
    operation: 'snapshot',
    reference: referenceOf(fold.snapshot),
    actor,
    at: fold.now,
    reason: fold.reason,
  };
  const { locationId, pool } = location;
  const sellable = difference.onHand - difference.damaged - difference.qualityControl;
  const shelf: StockChange = {
    kind: 'stock',
    key: { level: 'position', sku, location: locationId },
    add: notZero({ ...difference, atf: sellable }),
    version: position?.version ?? 0,
    snapshot: { source, takenAt },
    mayCreate: position === undefined,
    ...(pool !== undefined && { pool }),
    cause,
  };
  if (pool === undefined || sellable === 0) return [shelf];
  const atMost = sellable > 0 && { atMost: { ats: mostUnits - sellable } };
  return [
    shelf,
    { kind: 'stock', key: { level: 'pool', sku, pool }, add: { ats: sellable }, mayCreate: true, ...atMost, cause },
  ];
}

const notZero = (counters: Readonly<Record<string, number>>): StockChange['add'] =>
  Object.fromEntries(Object.entries(counters).filter(([, units]) => units !== 0));
