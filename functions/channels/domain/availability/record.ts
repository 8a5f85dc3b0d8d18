import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { movesOf } from './here.ts';
import { type News, type PoolNews } from './newest.ts';
import { type Judged, mostShown, withDue } from './urgency.ts';

/** The listing one version on. */
export const next = (listing: Listing, offer: ListingOffer): Listing => ({
  ...listing,
  offer,
  version: listing.version + 1,
});

/** What is to be recorded of a channel's SKU. */
export interface Wish {
  readonly news: News;
  /** What the channel may show by it; absent where the news are of shelves alone. */
  readonly quantity?: number;
}

/**
 * Records what a channel should show.
 *
 * - An older version of the pool changes nothing, nor does a repeat.
 * - What the channel has refused is not due again while the quantity stays; what it does not know, not for a day.
 * - Other shelves under the same total are due where the channel is told by location.
 * @param listing a listing of the channel, as it is; one that is made for this has version 0
 * @returns what to write; `undefined`: nothing
 */
export function recorded(listing: Listing, { news, quantity }: Wish, how: Judged): Listing | undefined {
  const { availability, pool, shelvesSince } = news;
  const isNews =
    availability !== undefined &&
    quantity !== undefined &&
    (isNewer(listing.offer, availability, pool) || (availability.anew === true && listing.offer?.wanted !== quantity));
  const offer = isNews ? wanting(listing.offer, { availability, pool, quantity }, how) : listing.offer;
  const told =
    shelvesSince !== undefined && how.byLocation && offer ? onOtherShelves(offer, shelvesSince, how.now) : offer;
  return told === undefined || told === listing.offer ? undefined : next(listing, told);
}

const isNewer = (offer: ListingOffer | undefined, { version }: PoolNews, pool: string): boolean =>
  offer === undefined || offer.wantedPool !== pool || version > offer.wantedVersion;

/** For a day, a SKU that the channel does not know is not told with each change: that would spend scarce calls on the same answer. */
const unknownSeconds = 86_400;
const isUnknownThere = ({ code, at }: NonNullable<ListingOffer['refused']>, now: string): boolean =>
  code === 'not-found' && plusSeconds(at, unknownSeconds) > now;

function wanting(
  before: ListingOffer | undefined,
  {
    availability,
    pool,
    quantity,
  }: { readonly availability: PoolNews; readonly pool: string; readonly quantity: number },
  how: Judged,
): ListingOffer {
  const { version, changes } = availability;
  const news = changes
    .filter((change) => isNewer(before, { ...availability, ...change }, pool))
    .map(({ time }) => time);
  const wantedAt = changes.find((change) => change.version === version)?.time ?? how.now;
  const since = news.reduce((oldest, time) => (time < oldest ? time : oldest), wantedAt);
  const { refused, due, ...kept } = before ?? {};
  const isRefused = refused !== undefined && (before?.wanted === quantity || isUnknownThere(refused, how.now));
  const offer: ListingOffer = {
    ...kept,
    ...movesOf({ moves: before?.moves ?? how.moves }),
    wanted: quantity,
    wantedVersion: version,
    wantedPool: pool,
    wantedAt,
    ...(isRefused && { refused }),
  };
  return withDue(offer, { ...(due && { before: due }), since, shown: before && mostShown(before) }, how);
}

/** Counted up each time, so that what is being told at this moment is told once more. */
const onOtherShelves = (offer: ListingOffer, since: string, now: string): ListingOffer =>
  offer.refused === undefined ? { ...offer, due: offer.due ?? { urgency: 'fall', at: now, since } } : offer;
