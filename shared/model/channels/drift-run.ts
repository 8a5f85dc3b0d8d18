import { type DriftCause } from '../../contracts/channels/drift-causes.ts';

/** What a channel shows otherwise than it was told. */
export interface DriftDifference {
  readonly sku: string;
  readonly cause: DriftCause;
  /** What the channel had acknowledged, and what it shows; absent: it does not know the SKU. */
  readonly ours: number;
  readonly theirs?: number;
  /** When it was seen, RFC 3339. */
  readonly at: string;
}

/** What a channel was seen to show; by its own location ids where it is told by location. */
export interface SeenThere {
  readonly quantity: number;
  readonly locations?: Readonly<Record<string, number>>;
}

/** A difference that is to be put right: only while the listing is what it was compared as. */
export interface DriftRepair {
  readonly sku: string;
  readonly version: number;
  /** Absent: the channel does not know it. */
  readonly seen?: SeenThere;
}

/** What may pass: less than we told, which a sale there explains that we do not know yet, or what was told just now. It is looked at again. */
export interface SecondLook {
  readonly sku: string;
  /** What the channel had acknowledged, and what it showed; absent: it did not know the SKU. */
  readonly ours: number;
  readonly seen?: number;
  /** Version of the pool that the listing was of. */
  readonly wantedVersion: number;
  readonly seenAt: string;
}

/**
 * One comparison of what a channel shows with what it was told, listing by listing in the order of their SKUs. Its place, what it has found and what is to be
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
