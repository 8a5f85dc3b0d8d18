/** Counters of a position, in units. `atf` is stored, because a DynamoDB condition compares but does not compute. */
export const positionCounters = ['onHand', 'allocated', 'held', 'damaged', 'qualityControl', 'safety', 'atf'] as const;
/** Counters of a pool, in units. `backordered` counts units that are promised from supply still to come: no part of what is there. */
export const poolCounters = ['ats', 'reserved', 'held', 'fenced', 'backordered'] as const;
/** Counters of a channel's share of a pool: `fenced` is set apart for it and left, `consumed` it has sold of that, `held` by its checkouts. */
export const shareCounters = ['fenced', 'consumed', 'held'] as const;

/** A counter of a position. */
export type PositionCounter = (typeof positionCounters)[number];
/** A counter of a pool. */
export type PoolCounter = (typeof poolCounters)[number];
/** A counter of a channel's share. */
export type ShareCounter = (typeof shareCounters)[number];
/** Any counter. */
export type Counter = PositionCounter | PoolCounter | ShareCounter;
/** All counters of a position, in units. */
export type PositionCounts = Readonly<Record<PositionCounter, number>>;
/** All counters of a pool, in units. */
export type PoolCounts = Readonly<Record<PoolCounter, number>>;
/** All counters of a channel's share, in units. */
export type ShareCounts = Readonly<Record<ShareCounter, number>>;

/** A SKU at a location. */
export interface PositionKey {
  readonly level: 'position';
  readonly sku: string;
  readonly location: string;
}
/** A SKU in a pool. A hot one lies on several stripes; which of them a change goes to is the store's affair. */
export interface PoolKey {
  readonly level: 'pool';
  readonly sku: string;
  readonly pool: string;
}
/** What one channel has of a SKU in a pool for itself. */
export interface ShareKey {
  readonly level: 'share';
  readonly sku: string;
  readonly pool: string;
  readonly channel: string;
}
/** What a stock change is applied to. */
export type StockKey = PositionKey | PoolKey | ShareKey;

/** Why a counter moved; the ledger that is derived from the table's stream repeats it. */
export interface Cause {
  /** The operation: `receive`, `capture`, `allocate`, `ship`… */
  readonly operation: string;
  /** What it was done for: an order, fulfillment order, return or the caller's own document. */
  readonly reference: string;
  readonly actor: string;
  readonly at: string;
  /** When it happened, where that was told later than it happened: a sale at a till that was offline. */
  readonly occurredAt?: string;
  readonly reason?: string;
}

/** What every counter item carries besides its counters. */
interface Counted {
  readonly sku: string;
  readonly version: number;
  readonly cause: Cause;
}

/** A position as it is stored. */
export interface Position extends PositionCounts, Counted {
  readonly location: string;
  /** The pool that its location belonged to when it was last written; none for a location closed to online selling. */
  readonly pool?: string;
  /** What the rule in force wants as safety stock; `safety` follows it as far as there are units. */
  readonly safetyTarget?: number;
  /** Its location is not active: all that is free here counts as safety stock, so that nobody sells it. */
  readonly closed?: true;
}

/** How one channel may sell a SKU of a pool; the result of the rule in force, kept on the pool so that one write can check it. */
export interface Terms {
  /** Units that it never sells. */
  readonly buffer: number;
  /** Of what is above the buffer, what it is told: 1 to 100. */
  readonly sharePercent: number;
  /** The most that it is told. */
  readonly cap?: number;
  /** Ids of the rules that say so. */
  readonly rules: readonly string[];
}

/** A pool as it is stored; of a hot SKU, the sum of its stripes. */
export interface Pool extends PoolCounts, Counted {
  readonly pool: string;
  /** By channel id; a channel that is not named sells by its own settings. */
  readonly terms?: Readonly<Record<string, Terms>>;
  /** On how many items its units lie; absent is 1. */
  readonly stripes?: number;
  /** When that number last changed. */
  readonly stripedAt?: string;
  /** Until when a person wants that many: before, it is not lowered by itself. */
  readonly keptUntil?: string;
}

/** A channel's share as it is stored. */
export interface Share extends ShareCounts, Counted {
  readonly pool: string;
  readonly channel: string;
}

/** Available to fulfill, by its definition: what may still be promised from this shelf. */
export const atfOf = (p: Omit<PositionCounts, 'atf'>): number =>
  p.onHand - p.allocated - p.held - p.damaged - p.qualityControl - p.safety;
