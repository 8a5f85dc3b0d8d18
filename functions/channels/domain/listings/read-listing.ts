import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { lookupKinds } from '../../../../shared/model/network/listing-alias.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type ChannelsPorts, type ListingIds } from '../../ports.ts';
import { type ListingKey, type ListingView, viewOf } from './put-listing.ts';

/** A listing with what its channel should show, and acknowledged last. */
export type ListingRead = ListingView &
  Pick<Listing, 'version'> &
  Partial<Pick<ListingOffer, 'wanted' | 'published' | 'publishedAt'>>;

const toldOf = ({ offer }: Listing) =>
  present({ wanted: offer?.wanted, published: offer?.published, publishedAt: offer?.publishedAt });

/** Reads a listing: its ids and what the channel acknowledged last. Refusal: `not-found`. */
export const readListing =
  (ports: Pick<ChannelsPorts, 'listing'>) =>
  async ({ channelId, sku }: ListingKey): Promise<Result<ListingRead>> => {
    const listing = await ports.listing(channelId, sku);
    return listing
      ? ok({ ...viewOf(listing), version: listing.version, ...toldOf(listing) })
      : refuse(
          'not-found',
          `${sku} is not listed on ${channelId}. List it with PUT /v1/channels/${channelId}/listings/{sku}.`,
        );
  };

/** Finds the listings of an id of a channel; more than one is ambiguous. */
export const findListings =
  (ports: Pick<ChannelsPorts, 'listing' | 'listedUnder'>) =>
  async (channelId: string, ids: ListingIds): Promise<Result<{ readonly listings: ListingView[] }>> => {
    const found = await Promise.all(
      lookupKinds.map((kind) => {
        const value = ids[kind];
        return value === undefined ? Promise.resolve([]) : ports.listedUnder({ channelId, kind, value });
      }),
    );
    const listings = await Promise.all(found.flat().map((sku) => ports.listing(channelId, sku)));
    return ok({ listings: listings.filter((one) => one !== undefined).map(viewOf) });
  };
