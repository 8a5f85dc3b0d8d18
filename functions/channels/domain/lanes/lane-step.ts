import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Clock } from '../../../../shared/kernel/time.ts';
import { type Lane, type OpenFeed } from '../../../../shared/model/channels/lane.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Lag } from '../../lane-ports.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Connection } from '../connection.ts';
import { type Connector } from '../connector.ts';

/** Who works a lane off: the channel as it is now, and what is needed to speak to it. */
export interface LaneWorker {
  readonly ports: ChannelsPorts;
  readonly clock: Clock;
  readonly channel: Channel;
  readonly connector: Connector;
  /** One connection for the whole run. */
  readonly connection: () => Promise<Connection>;
  /** True where the channel failed lately: one small batch finds out whether it is there again. */
  readonly probing: boolean;
  /** True in the first step of a run, which comes twice a minute where there is much to do: what costs much to look at is looked at then. */
  readonly beginning: boolean;
  /** The lane as the steps of this run have left it, and the name it is held under. */
  readonly held?: { readonly lane: Lane; readonly by: string };
}

/** What one step came to. */
export interface StepOutcome {
  /** What the channel said yes or a final no to. */
  readonly answered: number;
  /** When something of the lane is due next, RFC 3339: now or earlier, there is more to do; absent, the lane is empty. */
  readonly next?: string;
  /**
   * Why the channel as a whole did not take it: `provider-unavailable`. With `facts.limit` it is a limit and no failure; with
   * `facts.retryAfterSeconds` nothing is tried before.
   */
  readonly failure?: Refusal;
  /** Of what the channel said yes to. */
  readonly lags?: readonly Lag[];
  /** Feeds that are not worked through now, where that has changed. */
  readonly feeds?: readonly OpenFeed[];
}

/** Sends one batch of what is due in a lane, the most urgent first, and records what the channel answered. Safe to repeat after a crash anywhere. */
export type LaneStep = (worker: LaneWorker) => Promise<StepOutcome>;
