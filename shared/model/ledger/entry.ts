import {
  type Cause,
  type Counter,
  type Pool,
  type Position,
  type Share,
  poolCounters,
  positionCounters,
  shareCounters,
} from '../stock/counters.ts';
import { type Counters } from '../stock/stock-change.ts';

/** A position, a pool (of a hot SKU one of its stripes) or a channel's share: what has counters, and a history of its own. */
export type Place =
  | { readonly level: 'position'; readonly sku: string; readonly location: string }
  | { readonly level: 'pool'; readonly sku: string; readonly pool: string; readonly stripe?: number }
  | { readonly level: 'share'; readonly sku: string; readonly pool: string; readonly channel: string };

/** One write of a place: who, why, when, and what became of its counters. */
export interface LedgerEntry {
  readonly place: Place;
  /** Counts the writes of its place from 1: every version has its entry. */
  readonly version: number;
  /** When it was asked for, RFC 3339 UTC with milliseconds; the versions of a place say in which order it happened. */
  readonly at: string;
  /** When it happened, where that was told later than it happened. */
  readonly occurredAt?: string;
  readonly operation: string;
  readonly reference: string;
  readonly actor: string;
  readonly reason?: string;
  /** Units by which counters changed; what did not change is left out. */
  readonly change: Counters;
  /** Every counter after it that is not 0. */
  readonly after: Counters;
  /** The pool that a position counted in after it. */
  readonly inPool?: string;
  /** On how many items the pool lay after it; absent is 1. */
  readonly stripes?: number;
}

/** A stored item with counters, as the table's stream shows it. */
export type Counted = Position | Pool | Share;

/** The entry of one write. */
export function entryOf(place: Place, before: Counted | undefined, after: Counted): LedgerEntry {
  const counters: readonly Counter[] = countersOf(place);
  const unitsIn = (item: Counted | undefined, counter: Counter): number =>
    item === undefined ? 0 : ((item as Counters)[counter] ?? 0);
  const change = counters.map((one) => [one, unitsIn(after, one) - unitsIn(before, one)] as const);
  const left = counters.map((one) => [one, unitsIn(after, one)] as const);
  const { at, occurredAt, operation, reference, actor, reason }: Cause = after.cause;
  return {
    place,
    version: after.version,
    at: new Date(at).toISOString(),
    ...(occurredAt !== undefined && { occurredAt: new Date(occurredAt).toISOString() }),
    operation,
    reference,
    actor,
    ...(reason !== undefined && { reason }),
    change: notZero(change),
    after: notZero(left),
    ...('location' in after && after.pool !== undefined && { inPool: after.pool }),
    ...('stripes' in after && after.stripes !== undefined && { stripes: after.stripes }),
  };
}

const notZero = (counts: readonly (readonly [Counter, number])[]): Counters =>
  Object.fromEntries(counts.filter(([, units]) => units !== 0));

const countersOf = ({ level }: Place): readonly Counter[] =>
  level === 'position' ? positionCounters : level === 'pool' ? poolCounters : shareCounters;

/** Every counter of a place, those that are 0 too. */
export const countsOf = (place: Place, counts: Counters): Readonly<Record<string, number>> =>
  Object.fromEntries(countersOf(place).map((counter) => [counter, counts[counter] ?? 0]));

/** The counters that an entry changed, as they were before it. */
export const beforeOf = ({ change, after }: Pick<LedgerEntry, 'change' | 'after'>): Counters =>
  Object.fromEntries(
    Object.entries(change).map(([counter, units]) => [
      counter,
      ((after as Record<string, number>)[counter] ?? 0) - units,
    ]),
  );
