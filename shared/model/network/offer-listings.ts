import { type Listing } from './network.ts';
import { type Urgency, urgencies } from './offer.ts';

/** The listing of what a channel must be told of its stock. */
export const dueListing = (channelId: string): string => `DUE#${channelId}`;
/** The listing of the SKUs that a feed carries. */
export const feedListing = (channelId: string, feedId: string): string => `FEED#${channelId}#${feedId}`;
/** The listing of the SKUs that a channel will not have told. */
export const refusedListing = (channelId: string): string => `REFUSED#${channelId}`;

/** Its place in the order of urgency, as text. */
export const urgencyRank = (urgency: Urgency): string => String(urgencies.indexOf(urgency));

/** Where a listing is found by the state of its offer: an item has one place in the index, and what must be told is the first of them. */
export function offerListed({
  channelId,
  sku,
  offer,
}: Listing): { readonly lpk: string; readonly lsk: string } | undefined {
  if (offer?.due)
    return { lpk: dueListing(channelId), lsk: `${urgencyRank(offer.due.urgency)}#${offer.due.at}#${sku}` };
  if (offer?.feed) return { lpk: feedListing(channelId, offer.feed.feedId), lsk: sku };
  return offer?.refused && { lpk: refusedListing(channelId), lsk: `${offer.refused.at}#${sku}` };
}
