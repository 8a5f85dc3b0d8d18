import { type DriftRun } from '../../shared/model/channels/drift-run.ts';
import { type Listing } from '../../shared/model/network/network.ts';

/** Comparisons with channels, and what is gone over by them. */
export interface DriftStore {
  /** Those of a channel, the newest first, `most` at most. */
  runs(channelId: string, most: number): Promise<readonly DriftRun[]>;
  run(channelId: string, number: number): Promise<DriftRun | undefined>;
  /** A channel's listings in the order of their SKUs, behind one of them; fewer than `most` are the last. */
  listingsAfter(channelId: string, after: string | undefined, most: number): Promise<readonly Listing[]>;
  /** Measures which part of a channel's listings had drifted, in percent. */
  measure(channelId: string, percent: number): void;
}
