import {
  type Breaker,
  type LagBucket,
  type Lane,
  type LaneName,
  type OpenFeed,
} from '../../shared/model/channels/lane.ts';
import { type Urgency } from '../../shared/model/network/offer.ts';

/** How long a change waited for the channel's yes. */
export interface Lag {
  readonly urgency: Urgency;
  readonly milliseconds: number;
}

/** How late a channel is at a moment. */
export interface Lateness {
  /** How long the urgent change that has waited longest has waited; 0: none waits. */
  readonly urgentMs: number;
  /** Failures in a row, of the lane that has most. */
  readonly failures: number;
}

/** Which lane of which channel. */
export interface LaneId {
  readonly channelId: string;
  readonly lane: LaneName;
}

/** What a worker writes when it leaves. */
export interface LaneReport {
  readonly breaker?: Breaker;
  readonly workedAt?: string;
  readonly brokenAt?: string;
  readonly lags?: readonly LagBucket[];
  readonly lastError?: Lane['lastError'];
}

/** How a worker leaves. */
export interface Leaving {
  readonly by: string;
  readonly report: LaneReport;
  /** It leaves only if nobody has asked since it counted this; absent: it leaves in any case. */
  readonly ifAsked?: number;
  /** It leaves only if nobody has mended anything since it counted this. */
  readonly ifMended: number;
  /** When the next worker is to come. */
  readonly wakeAt?: string;
}

/** Lanes, as they are kept: each of these is one atomic step. */
export interface LaneStore {
  /** All lanes of a channel that were ever used. */
  all(channelId: string): Promise<readonly Lane[]>;
  /** Counts `asked` up. @returns the lane after that */
  ask(id: LaneId, now: string): Promise<Lane>;
  /**
   * Notes when a message brings a worker, if nobody has the lane, or has asked since it was read.
   * @returns whether it is noted
   */
  expectAt(lane: Lane, wakeAt: string, now: string): Promise<boolean>;
  /**
   * Takes the lane, if it is free, its lease is over, or it is held under the same name (a request that was sent twice); nobody is expected
   * then. @returns the lane as it was before; `undefined` when somebody else works it off
   */
  take(
    id: LaneId,
    lease: { readonly by: string; readonly now: string; readonly until: string },
  ): Promise<Lane | undefined>;
  /** Holds on to the lane, while it is held. @returns whether it is */
  renew(id: LaneId, lease: { readonly by: string; readonly until: string }): Promise<boolean>;
  /** Keeps what becomes of feeds, while the lane is held. @returns whether it is */
  keepFeeds(id: LaneId, by: string, feeds: readonly OpenFeed[]): Promise<boolean>;
  /** Closes the breaker of a lane that was used, and counts `mended` up. */
  mend(id: LaneId): Promise<void>;
  /** Leaves the lane. @returns `left`; the lane when somebody has asked or mended; `lost` when it is somebody else's by now */
  leave(id: LaneId, leaving: Leaving): Promise<Lane | 'left' | 'lost'>;
  /** Brings a worker, not before a time, where one is given. */
  send(id: LaneId, at?: string): Promise<void>;
}
