import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type ListingKey } from '../listings/put-listing.ts';

/** What is told of an offer to whoever asks. */
export type OfferView = ListingKey &
  Pick<
    ListingOffer,
    'wanted' | 'wantedAt' | 'published' | 'publishedAt' | 'publishedLocations' | 'due' | 'uncertain' | 'refused'
  >;

/** Reads what a channel should show of a SKU, and what it shows. Refusal: `not-found`. */
export const readOffer =
  (ports: Pick<ChannelsPorts, 'listing'>) =>
  async ({ channelId, sku }: ListingKey): Promise<Result<OfferView>> => {
    const offer = (await ports.listing(channelId, sku))?.offer;
    if (offer === undefined)
      return refuse(
        'not-found',
        `${channelId} was never to be told of ${sku}: it has no stock in the channel's pool, or the channel does not show it.`,
      );
    const { wanted, wantedAt, published, publishedAt, publishedLocations, due, uncertain, refused } = offer;
    const more = present({ published, publishedAt, publishedLocations, due, uncertain, refused });
    return ok({ channelId, sku, wanted, wantedAt, ...more });
  };
