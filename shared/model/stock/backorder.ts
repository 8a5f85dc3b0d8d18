import { type EventMessage } from '../../contracts/define-event.ts';

/** Units of a supply that a backorder rests on. */
export interface SupplyPromise {
  /** The supply's reference and location. */
  readonly reference: string;
  readonly location: string;
  readonly quantity: number;
  /** When it is to arrive, RFC 3339. */
  readonly eta: string;
}

/** What an order that waits is promised. */
export interface Promised {
  /** In order of arrival; units that no supply covers are in none. */
  readonly promises: readonly SupplyPromise[];
  /** When the last of its units is promised for; absent while some unit has no supply. */
  readonly promisedFor?: string;
}

/**
 * An order that waits for a SKU: how many units, since when, and which supply it rests on. Stock that comes fills the oldest first
 * (`queuedAt`, then order id); so are promises given.
 */
export interface Backorder extends Promised {
  readonly sku: string;
  readonly pool: string;
  readonly orderId: string;
  readonly channelId: string;
  /** When it joined the queue: the order's capture. */
  readonly queuedAt: string;
  readonly quantity: number;
  /** What the customer was told first: later promises are measured by it. */
  readonly firstPromisedFor?: string;
  /** True while the promise is later than that by more days than the channel tolerates. */
  readonly late?: boolean;
  readonly version: number;
  /** What its last write made happen (`PromiseMoved`); the stream publishes exactly these. */
  readonly events?: readonly EventMessage[];
}
