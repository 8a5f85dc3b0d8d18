import { type DriftCause } from '../../contracts/channels/drift-causes.ts';

/** What a channel shows otherwise than it was told, or was to be told otherwise than its pool says. */
export interface DriftDifference {
  readonly sku: string;
  readonly cause: DriftCause;
  /** What the channel had acknowledged, else what it was to be told; absent: nothing was ever recorded for it. */
  readonly ours?: number;
  /** What it shows; absent: it does not know the SKU, or cannot be asked. */
  readonly theirs?: number;
  /** What it may sell by its pool, where that was not recorded. */
  readonly sellable?: number;
  /** When it was seen, RFC 3339. */
  readonly at: string;
}

/** What a channel was seen to show; by its own location ids where it is told by location. */
export interface SeenThere {
  readonly quantity: number;
  readonly locations?: Readonly<Record<string, number>>;
}

/** A difference that is to be put right: only while the listing is what it was compared as, unless what its pool says is recorded anew. */
export interface DriftRepair {
  readonly sku: string;
  readonly version: number;
  /** True where what its pool says was not recorded. */
  readonly anew?: true;
  /** Absent: the channel does not know it. */
  readonly seen?: SeenThere;
}

/** What may pass, and is looked at again. */
export type SecondLook = ShownLook | PoolLook;

/** Another quantity than its pool says was recorded of a SKU, or none: news of the pool may be on their way. */
export interface PoolLook {
  readonly sku: string;
  /** Version of the pool that says otherwise, and the one that what is recorded is of; absent: nothing is. */
  readonly poolVersion: number;
  readonly wantedVersion?: number;
  readonly seenAt: string;
}

/** Less than we told, which a sale there explains that we do not know yet, or what was told just now. */
export interface ShownLook {
  readonly sku: string;
  /** What the channel had acknowledged, and what it showed; absent: it did not know the SKU. */
  readonly ours: number;
  readonly seen?: number;
  /** Version of the pool that the listing was of. */
  readonly wantedVersion: number;
  readonly seenAt: string;
}

/**
 * One comparison of what a channel shows with what it was told, and of that with what its pool says, listing by listing in the order of their SKUs; then, where
 * it is told of what is not listed too, of the SKUs of its pool that were never recorded. Its place, what it has found and what is to be
 * repaired are one item, so a crash neither leaves anything out nor counts it twice.
 */
export interface DriftRun {
  readonly channelId: string;
  /** Counts up from 1 by channel. */
  readonly number: number;
  readonly state: 'RUNNING' | 'DONE' | 'FAILED';
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** The last SKU that was looked at. */
  readonly after?: string;
  /** True when all listings were gone over; some may be looked at again. */
  readonly walked?: true;
  /** Where in the pool it is, behind its listings; and true when all of it was gone over. */
  readonly poolAfter?: string;
  readonly poolWalked?: true;
  readonly looks: readonly SecondLook[];
  readonly repairs: readonly DriftRepair[];
  /** Listings of the next call: fewer where the channel's limit did not hold a larger one. */
  readonly batch: number;
  /** Listings that were compared, that the channel shows otherwise than told, and that it is told again. */
  readonly compared: number;
  readonly drifted: number;
  readonly repaired: number;
  /** Listings that the channel gave no answer for, again and again, and that were left out; absent: none. */
  readonly unread?: number;
  readonly causes: Readonly<Partial<Record<DriftCause, number>>>;
  /** The first hundred. */
  readonly differences: readonly DriftDifference[];
  /** Why it failed. */
  readonly reason?: string;
  readonly version: number;
  readonly updatedAt: string;
}

/** So many runs of a channel are kept. */
export const keptRuns = 30;
