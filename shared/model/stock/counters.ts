/** What a position (a SKU at a location) counts. `atf` is what is available to fulfill: the guard of every allocation. */
export const positionCounters = ['onHand', 'allocated', 'held', 'damaged', 'qualityControl', 'safety', 'atf'] as const;
/** What a pool (a SKU across the locations that one group of channels sells from) counts. `ats` is available to sell. */
export const poolCounters = ['ats', 'reserved', 'held'] as const;

/** A counter of a position. */
export type PositionCounter = (typeof positionCounters)[number];
/** A counter of a pool. */
export type PoolCounter = (typeof poolCounters)[number];
/** All counters of a position, in units. */
export type PositionCounts = Readonly<Record<PositionCounter, number>>;
/** All counters of a pool, in units. */
export type PoolCounts = Readonly<Record<PoolCounter, number>>;

/** A SKU at a location. */
export interface PositionKey {
  readonly level: 'position';
  readonly sku: string;
  readonly location: string;
}
/** A SKU in a pool. */
export interface PoolKey {
  readonly level: 'pool';
  readonly sku: string;
  readonly pool: string;
}
/** What a stock change is applied to. */
export type StockKey = PositionKey | PoolKey;

/** Why a counter moved; the ledger that is derived from the table's stream repeats it. */
export interface Cause {
  /** The operation: `receive`, `capture`, `allocate`, `ship`… */
  readonly operation: string;
  /** What it was done for: an order, fulfillment order, return or the caller's own document. */
  readonly reference: string;
  readonly actor: string;
  readonly at: string;
  readonly reason?: string;
}

/** A position as it is stored. */
export interface Position extends PositionCounts {
  readonly sku: string;
  readonly location: string;
  /** The pool that its location belonged to when it was last written; none for a location closed to online selling. */
  readonly pool?: string;
  readonly version: number;
  readonly cause: Cause;
}

/** A pool as it is stored. */
export interface Pool extends PoolCounts {
  readonly sku: string;
  readonly pool: string;
  readonly version: number;
  readonly cause: Cause;
}

/** Available to fulfill, by its definition: what may still be promised from this shelf. */
export const atfOf = (p: Omit<PositionCounts, 'atf'>): number =>
  p.onHand - p.allocated - p.held - p.damaged - p.qualityControl - p.safety;
