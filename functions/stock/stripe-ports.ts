import { type Cause, type Pool } from '../../shared/model/stock/counters.ts';

/** A pool of a SKU. */
export interface PoolName {
  readonly sku: string;
  readonly pool: string;
}

/** A pool as the sum of its stripes, and whether one of them is low while others have plenty. */
export interface StripedPoolNow {
  readonly pool: Pool;
  readonly isUneven: boolean;
}

/** What became of a wish for stripes; a pool that owes units has none to spread. */
export type StripesSet = { readonly before: number; readonly stripes: number } | 'unknown' | 'owes';

/** How busy a pool was: when writers last told of conflicts, and how many writes it had had when it was last looked at. */
export interface Heat {
  readonly conflictsAt?: string;
  readonly seenVersion?: number;
  readonly seenAt?: string;
}

/** What the tending of stripes needs of the world. */
export interface StripePorts {
  poolNow(of: PoolName): Promise<StripedPoolNow | undefined>;
  /** Every pool that lies on several stripes, as the index has it. */
  stripedPools(): AsyncIterable<PoolName>;
  heatOf(of: PoolName): Promise<Heat>;
  /** Remembers how many writes a pool has had, for the next look. */
  looked(of: PoolName, seen: { readonly seenVersion: number; readonly seenAt: string }): Promise<void>;
  setStripes(of: PoolName, stripes: number, cause: Cause, keptUntil?: string): Promise<StripesSet>;
  /** True when units were moved. */
  rebalance(of: PoolName, cause: Cause): Promise<boolean>;
}
