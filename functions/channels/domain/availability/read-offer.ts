import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { type ListingKey } from '../listings/put-listing.ts';

/** What is told of an offer to whoever asks. */
export type OfferView = ListingKey &
  Pick<
    ListingOffer,
    'wanted' | 'wantedAt' | 'published' | 'publishedAt' | 'publishedLocations' | 'due' | 'uncertain' | 'refused'
  > & { readonly failing?: Failing };

/** Of calls in a row without an answer. */
export type Failing = Pick<NonNullable<ListingOffer['unanswered']>, 'since' | 'tries' | 'reason'>;

/** What is told of calls without an answer. */
export const failingOf = ({ since, tries, reason }: NonNullable<ListingOffer['unanswered']>): Failing => ({
  since,
  ...present({ tries, reason }),
});

/** Reads what a channel should show of a SKU, and what it shows. Refusal: `not-found`. */
export const readOffer =
  (ports: Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'listing'>) =>
  async ({ channelId, sku }: ListingKey): Promise<Result<OfferView>> => {
    const listing = await ports.listing(channelId, sku);
    const offer = listing?.offer;
    if (offer === undefined) return neverTold(ports, { channelId, sku }, listing);
    const { wanted, wantedAt, published, publishedAt, publishedLocations, due, uncertain, refused, unanswered } = offer;
    const more = present({ published, publishedAt, publishedLocations, due, uncertain, refused });
    const failing = unanswered && { failing: failingOf(unanswered) };
    return ok({ channelId, sku, wanted, wantedAt, ...more, ...failing });
  };

/** Why nothing was ever to be told, as far as that can be seen. */
async function neverTold(
  ports: Pick<ChannelsPorts, 'channel' | 'connectorOf'>,
  { channelId, sku }: ListingKey,
  listing: Listing | undefined,
): Promise<Result<never>> {
  const channel = await ports.channel(channelId);
  if (channel === undefined) return noChannel(channelId);
  if (listing?.out !== undefined)
    return refuse(
      'not-found',
      `${sku} was taken out of ${channelId}, which is told of it no more. List it again with PUT /v1/channels/${channelId}/listings/${sku}.`,
    );
  const lacking = listing && ports.connectorOf(channel.type).availability?.lacks?.(channel, listing);
  const why =
    lacking === undefined
      ? "it has no stock in the channel's pool, or the channel does not show it"
      : `its listing lacks an id; ${lacking} (PUT /v1/channels/${channelId}/listings/${sku})`;
  return refuse('not-found', `${channelId} was never to be told of ${sku}: ${why}.`);
}
