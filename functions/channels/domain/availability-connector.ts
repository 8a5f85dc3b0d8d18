import { type Result } from '../../../shared/kernel/result.ts';
import { type Channel, type Listing } from '../../../shared/model/network/network.ts';
import { type Connection } from './connection.ts';

/** A quantity that a channel is to show: absolute, so that only the newest matters. */
export interface Offer {
  readonly sku: string;
  readonly quantity: number;
  /** For a channel that is told by location: the part of each, by the channel's own location ids; together they are `quantity`. */
  readonly locations?: Readonly<Record<string, number>>;
  /** Counts up with every offer of this SKU to this channel, so that a receiver can tell the newer of two. */
  readonly sequence: number;
  /** What the channel acknowledged last, for its compare-and-set; absent when that is not known for certain. */
  readonly previous?: number;
  readonly previousLocations?: Readonly<Record<string, number>>;
  /** The ids that the SKU has on the channel. */
  readonly ids: Pick<Listing, 'variantId' | 'listingId' | 'barcode' | 'inventoryItemId'>;
}

/**
 * What came of each offer, by SKU. Refusals: `provider-unavailable` (tried again; with `facts.retryAfterSeconds` not before); any other is the
 * channel's final no to this SKU, in words, with the remedy where one is known.
 */
export type Acknowledgements = ReadonlyMap<string, Result<true>>;

/** What a channel shows of a SKU; `locations` by its own location ids. */
export interface Shown {
  readonly quantity: number;
  readonly locations?: Readonly<Record<string, number>>;
}

/** What it takes for a channel to be told of stock. What is missing is named as the end of a sentence; left out, nothing is needed. */
export interface StockNeeds {
  /** What the channel itself lacks: then it is told of no SKU at all (`give its setting warehouseId`). */
  readonly lacksSetting?: (channel: Channel) => string | undefined;
  /** Which ids of a listing are needed and are not there (`give variantId`). */
  readonly lacks?: (channel: Channel, ids: Offer['ids']) => string | undefined;
  /** True where SKUs are told that are not listed too. */
  readonly unlisted?: true;
}

/** Whether a channel is told about a SKU: its type is told of stock, it lacks nothing, and the SKU is listed where it must be. */
export const isToldBy = (needs: StockNeeds | undefined, channel: Channel, listing: Listing | undefined): boolean =>
  needs !== undefined &&
  needs.lacksSetting?.(channel) === undefined &&
  (listing === undefined ? needs.unlisted === true : needs.lacks?.(channel, listing) === undefined);

/** How stock reaches a channel. */
export interface AvailabilityConnector extends StockNeeds {
  /** By what the channel knows whose stock it is told: of two SKUs with the same, one would overwrite the other. Left out: by our SKU. */
  readonly target?: (offer: Pick<Offer, 'sku' | 'ids'>) => string | undefined;
  /** The most offers that one `publish` is given. */
  readonly batch: number;
  /** True where the channel can be told by location (`Offer.locations`). */
  readonly byLocation?: true;
  /** Revisions of one listing a day that the channel allows; what is not urgent is spread over what is left of the day. */
  readonly revisionsPerDay?: number;
  /** Tells the channel. One that takes one SKU a call makes a call for each, within its limits; every offer has its answer. Safe to repeat. */
  readonly publish: (connection: Connection, offers: readonly Offer[]) => Promise<Acknowledgements>;
  /** For many at once: a file that the channel works through later. */
  readonly feed?: {
    /** How many must be due for a feed to be worth it, and the most that one carries. */
    readonly from: number;
    readonly most: number;
    readonly submit: (connection: Connection, offers: readonly Offer[]) => Promise<Result<{ readonly feedId: string }>>;
    /** What came of it; `pending` while the channel is not done. Offers that the channel does not name were taken. */
    readonly outcome: (
      connection: Connection,
      feedId: string,
      offers: readonly Pick<Offer, 'sku' | 'ids'>[],
    ) => Promise<Result<'pending' | Acknowledgements>>;
  };
  /** What the channel shows now of some listings; a SKU that the channel does not know is left out. */
  readonly read?: {
    /** The most listings of one call. */
    readonly batch: number;
    /** So long after its yes the channel may still be read as it was before; left out: a minute. */
    readonly settlesSeconds?: number;
    readonly quantities: (
      connection: Connection,
      listings: readonly Listing[],
    ) => Promise<Result<ReadonlyMap<string, Shown>>>;
  };
}
