/**
 * What a channel is told goes to it in lanes, each in its own order and at the channel's pace: what it may sell, what became of its orders,
 * and what its listings say; in a fourth one it is asked what it shows. One worker at a time works a lane off; lanes and channels do not wait for one another.
 */
export const laneNames = ['stock', 'orders', 'listings', 'drift'] as const;
/** One of them. */
export type LaneName = (typeof laneNames)[number];

/** Why a channel is not told anything for a while. */
export interface Breaker {
  /** Failures in a row, limits not counted. */
  readonly failures: number;
  /** Nothing is sent until then, RFC 3339; then one small batch tries. Absent: closed. */
  readonly openUntil?: string;
}

/** Acknowledgements of five minutes by how long each change had waited for it: `counts` by the bounds of `lag.ts`. */
export interface LagBucket {
  /** When the five minutes began, RFC 3339. */
  readonly from: string;
  readonly counts: readonly number[];
  /** The longest, in milliseconds. */
  readonly longest: number;
}

/** A file that the channel is working through. */
export interface OpenFeed {
  /** The channel's id of it; one of ours, while the channel has not answered. */
  readonly feedId: string;
  readonly submittedAt: string;
  /** When the channel is asked next what came of it, RFC 3339. */
  readonly checkAt: string;
  /**
   * Absent: the channel works through it. `submitting`, `marking`: a worker is at it, or died at it, and not all that it carries is marked so. `done`: its outcome
   * is recorded; what it carried is looked through once more, as the index may have been late. `refused`: there is none, and none is tried until `checkAt`.
   */
  readonly stage?: 'submitting' | 'marking' | 'done' | 'refused';
}

/** A lane of a channel, as it is kept. */
export interface Lane {
  readonly channelId: string;
  readonly lane: LaneName;
  /** Counts up whenever something was put into the lane: a worker leaves only if nobody asked since it looked. */
  readonly asked: number;
  /** Counts up whenever somebody has mended what the channel may have failed by; absent: never. */
  readonly mended?: number;
  /** When it was asked last, RFC 3339. */
  readonly askedAt?: string;
  /** Who works the lane off, and until when nobody else does: renewed as long as he lives. */
  readonly lease?: { readonly by: string; readonly until: string };
  /** When a delayed message brings the next worker, RFC 3339. */
  readonly wakeAt?: string;
  readonly breaker?: Breaker;
  /** The channel's last yes. */
  readonly workedAt?: string;
  /** When a worker was found to have died: which of its calls were carried out is not known. */
  readonly brokenAt?: string;
  /** How long the last hour's changes waited for the channel's yes. */
  readonly lags?: readonly LagBucket[];
  /** Feeds that are not worked through. */
  readonly feeds?: readonly OpenFeed[];
  /** The last thing that went wrong, in words. */
  readonly lastError?: { readonly at: string; readonly code: string; readonly detail: string };
}
