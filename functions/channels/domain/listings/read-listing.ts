import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { lookupKinds } from '../../../../shared/model/network/listing-alias.ts';
import { listingStateOf } from '../../../../shared/model/network/listing-state.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { cursorOf, placeOf } from '../../../../shared/kernel/cursor.ts';
import { places } from '../../../../shared/model/places.ts';
import { type ChannelsPorts, type ListingIds } from '../../ports.ts';
import { noChannel, noneOf } from '../channels/read-channel.ts';
import { type ListingKey, type ListingView, viewOf } from './put-listing.ts';

type OfferSummary = Pick<ListingOffer, 'wanted' | 'published' | 'publishedAt'>;

/** A listing among others, with what its channel should show, acknowledged last, and why it will not have it. */
export type ListedListing = ListingView & Partial<OfferSummary & Pick<ListingOffer, 'refused'>>;

/** A listing with what its channel should show, and acknowledged last. */
export type ListingRead = ListingView & Pick<Listing, 'version'> & Partial<OfferSummary>;

const toldOf = ({ offer }: Listing) =>
  present({ wanted: offer?.wanted, published: offer?.published, publishedAt: offer?.publishedAt });

/** What was taken out, and is out, is known for what was sold before, and is no listing. */
const isThere = (listing: Listing): boolean => listingStateOf(listing) !== 'OUT';

/** Reads a listing: its ids and what the channel acknowledged last. Refusal: `not-found`. */
export const readListing =
  (ports: Pick<ChannelsPorts, 'channel' | 'listing'>) =>
  async ({ channelId, sku }: ListingKey): Promise<Result<ListingRead>> => {
    const listing = await ports.listing(channelId, sku);
    return listing !== undefined && isThere(listing)
      ? ok({ ...viewOf(listing), version: listing.version, ...toldOf(listing) })
      : noneOf(
          ports,
          channelId,
          `${sku} is not listed on ${channelId}. List it with PUT /v1/channels/${channelId}/listings/${sku}.`,
        );
  };

const listedOf = (listing: Listing): ListedListing => ({
  ...viewOf(listing),
  ...toldOf(listing),
  ...present({ refused: listing.offer?.refused }),
});

/** Which listings of a channel: those of one of its ids, or all, page by page. */
export type ListingsAsked = ListingIds & { readonly cursor?: string | undefined; readonly limit: number };

/** One page of listings. */
export interface ListingsFound {
  readonly listings: ListedListing[];
  readonly cursor?: string;
}

/**
 * Finds the listings of an id of a channel, more than one being ambiguous; without an id, all of them in the order of their SKUs.
 * Refusals: `not-found`, `invalid-request` for a cursor of another listing.
 */
export const findListings =
  (ports: Pick<ChannelsPorts, 'channel' | 'listing' | 'listedUnder' | 'listingsAfter'>) =>
  async (channelId: string, { cursor, limit, ...ids }: ListingsAsked): Promise<Result<ListingsFound>> => {
    if ((await ports.channel(channelId)) === undefined) return noChannel(channelId);
    if (Object.keys(present(ids)).length === 0) return pageOf(ports, channelId, { cursor, limit });
    const found = await Promise.all(
      lookupKinds.map((kind) => {
        const value = ids[kind];
        return value === undefined ? Promise.resolve([]) : ports.listedUnder({ channelId, kind, value });
      }),
    );
    const listings = await Promise.all(found.flat().map((sku) => ports.listing(channelId, sku)));
    return ok({ listings: listings.flatMap((one) => (one !== undefined && isThere(one) ? [listedOf(one)] : [])) });
  };

async function pageOf(
  ports: Pick<ChannelsPorts, 'listingsAfter'>,
  channelId: string,
  { cursor, limit }: Pick<ListingsAsked, 'cursor' | 'limit'>,
): Promise<Result<ListingsFound>> {
  const lpk = places.listing.key({ channelId, sku: '' }).pk;
  const from = cursor === undefined ? undefined : placeOf(cursor);
  if (cursor !== undefined && from?.lpk !== lpk)
    return refuse('invalid-request', 'The cursor is from another listing. Leave it out to begin with the first page.', {
      errors: [{ pointer: '#query/cursor', detail: 'must come from the previous page of this listing' }],
    });
  const listings = await ports.listingsAfter(channelId, from?.lsk, limit);
  const last = listings.length < limit ? undefined : listings.at(-1);
  const next = last && cursorOf({ lpk, lsk: last.sku, ...places.listing.key(last) });
  return ok({ listings: listings.filter(isThere).map(listedOf), ...(next !== undefined && { cursor: next }) });
}
