/**
 * How soon a channel must know: `now` a fall to zero or below the threshold, where an oversell is likeliest; `fall` any other fall; `rise` more to
 * sell, which waits a moment for the next change. The first letter of the order in which they are sent.
 */
export const urgencies = ['now', 'fall', 'rise'] as const;
/** One of them. */
export type Urgency = (typeof urgencies)[number];

/** What a feed says of a SKU. */
export interface OfferInFeed {
  readonly feedId: string;
  readonly quantity: number;
  readonly locations?: Readonly<Record<string, number>>;
  /** When the oldest change came about that it tells, RFC 3339. */
  readonly since: string;
  /** A call told the SKU while the feed was open: nobody knows which of the two the channel did last. */
  readonly overtaken?: true;
}

/** What a channel should show of a SKU, what it shows, and whether it must be told. Part of the listing. */
export interface ListingOffer {
  /** What it should show: the newest that is known. */
  readonly wanted: number;
  /** Version of the pool that `wanted` came from, and which pool that was: versions of two pools do not compare. */
  readonly wantedVersion: number;
  readonly wantedPool: string;
  /** When the change came about that `wanted` is of. */
  readonly wantedAt: string;
  /** Present while the channel must be told. */
  readonly due?: {
    readonly urgency: Urgency;
    /** Not before, RFC 3339. */
    readonly at: string;
    /** When the oldest change came about that the channel has not acknowledged: the oversell window opened. */
    readonly since: string;
  };
  /** After how many moves of the channel (`Channel.moves`) it said what is known of it here; absent: none. Of another place nothing is known. */
  readonly moves?: number;
  /** What the channel has acknowledged last, and when. By location where it is told so, by the channel's location ids. */
  readonly published?: number;
  readonly publishedAt?: string;
  readonly publishedLocations?: Readonly<Record<string, number>>;
  /** True after a call whose outcome is not known: what the channel shows is then not known for certain. */
  readonly uncertain?: true;
  /**
   * Of calls in a row without an answer: when the first was, how many SKUs the last one told, this one counted, and how often in a row it was
   * alone in one; how many there were, and why the last one had none, in words.
   */
  readonly unanswered?: {
    readonly since: string;
    readonly among: number;
    readonly alone: number;
    readonly tries?: number;
    readonly reason?: string;
  };
  /** Why the channel will not have it; it is not told again until the listing or the quantity changes, or somebody asks. */
  readonly refused?: { readonly at: string; readonly code: string; readonly detail: string };
  /** Calls of one day (UTC) that count against the channel's limit per listing. */
  readonly revisions?: { readonly day: string; readonly count: number };
  /** The feed that carries it and is not worked through yet; what is told meanwhile is told again after it. */
  readonly feed?: OfferInFeed;
}
