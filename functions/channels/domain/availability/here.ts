import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';

/** What is wanted, and due, stays; what was acknowledged, refused, never answered or put into a feed was so of something else. */
export const unknownOffer = ({ wanted, wantedVersion, wantedPool, wantedAt, due }: ListingOffer): ListingOffer => ({
  wanted,
  wantedVersion,
  wantedPool,
  wantedAt,
  ...(due && { due }),
});

/** Where a channel is: how often it has moved. */
export type Whereabouts = Pick<Channel, 'moves'>;

/** Of what is known of an offer, as its channel is. */
export const movesOf = ({ moves = 0 }: { readonly moves?: number | undefined }): Whereabouts =>
  moves === 0 ? {} : { moves };

/**
 * A listing with what is known of it where its channel is now: of a channel that has moved since, nothing. Who knows the channel from before it moved changes nothing.
 */
export function here(listing: Listing, { moves = 0 }: Whereabouts): Listing {
  const { offer } = listing;
  if (offer === undefined || (offer.moves ?? 0) >= moves) return listing;
  return { ...listing, offer: { ...unknownOffer(offer), moves } };
}

/** True where what was said of one says something of the other: the channel had moved as often. */
export const isSamePlace = (one: Listing, other: Listing): boolean =>
  (one.offer?.moves ?? 0) === (other.offer?.moves ?? 0);
