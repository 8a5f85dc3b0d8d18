import { type Aggregate } from '../orders/order.ts';

/** What a walk has done so far. */
export interface WalkTally {
  readonly skus: number;
  /** Positions whose safety stock or target changed, and pools whose terms did. */
  readonly positions: number;
  readonly pools: number;
}

/** Which SKUs a walk visits, and whom it tells. */
export interface WalkScope {
  /** What it is for, and so its name: `rule-…`, `channel-…`, `location-…`, `product-…`. */
  readonly walkId: string;
  /** Only these; all there are where they are not named. */
  readonly skus?: readonly string[];
  /** Channels of this pool are told what they may sell, even if that stays the same: one of them is new or sells by other settings. */
  readonly tell?: string;
}

/**
 * A walk over stock because something that its floors rest on has changed. It is put in the transaction that changed it and carries the
 * event that starts it; it keeps where it is, so that whoever comes next goes on there.
 */
export interface StockWalk extends Aggregate, WalkScope {
  /** Counts how often the walk was asked for: an event of an earlier asking is over. */
  readonly generation: number;
  readonly state: 'RUNNING' | 'DONE';
  /** Where to go on; absent at the beginning. */
  readonly cursor?: string;
  readonly startedAt: string;
  readonly tally: WalkTally;
}
