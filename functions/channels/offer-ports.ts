import { type Urgency } from '../../shared/model/network/offer.ts';

/** What is due, as the index has it: the most urgent first, and what has waited longest. */
export interface DueOffers {
  readonly offers: readonly { readonly sku: string; readonly urgency: Urgency }[];
  /** When the next is due, if all that is due now is in it; absent: nothing more waits. */
  readonly next?: string;
}

/** What waits, counted up to `most` of each urgency. */
export interface Backlog {
  readonly count: number;
  /** True when there are more. */
  readonly more: boolean;
}

/** Offers, as the index has them: it is a moment behind the table. */
export interface OfferListings {
  /** What is due at a time, `most` at most. */
  due(channelId: string, now: string, most: number): Promise<DueOffers>;
  /** SKUs that are, or will be, due: of each urgency the first `most` and the last, each once. What failed lately stands last. */
  ends(channelId: string, most: number): Promise<readonly string[]>;
  /** Whether anything is, or will be, due. */
  waits(channelId: string): Promise<boolean>;
  /** How much waits, due or not. */
  backlog(channelId: string, most: number): Promise<Readonly<Record<Urgency, Backlog>>>;
  /** The SKUs that a feed carries, page by page. */
  inFeed(channelId: string, feedId: string): AsyncIterable<readonly string[]>;
  /** SKUs that the channel will not have told, the oldest first, page by page. */
  refused(channelId: string): AsyncIterable<readonly string[]>;
}
