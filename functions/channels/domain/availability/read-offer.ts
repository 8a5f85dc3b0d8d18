import { present } from '../../../../shared/kernel/present.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { type ListingKey } from '../listings/put-listing.ts';
import { listingLacks, settingLack } from './lacking.ts';

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

type OfferPorts = Pick<ChannelsPorts, 'channel' | 'connectorOf' | 'listing' | 'isInPool'>;

/** Reads what a channel should show of a SKU, and what it shows. Refusal: `not-found`. */
export const readOffer =
  (ports: OfferPorts) =>
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
  ports: OfferPorts,
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
  const why = await reason(ports, channel, { channelId, sku }, listing);
  return refuse('not-found', `${channelId} was never to be told of ${sku}: ${why}`);
}

async function reason(
  { connectorOf, isInPool }: Pick<ChannelsPorts, 'connectorOf' | 'isInPool'>,
  channel: Channel,
  { channelId, sku }: ListingKey,
  listing: Listing | undefined,
): Promise<string> {
  const connector = connectorOf(channel.type);
  const lacks = listingLacks(channel, connector, listing ?? { sku });
  const isMissing = listing === undefined && connector.availability?.unlisted !== true;
  const isMissingAlone =
    isMissing && settingLack(channel, connector) === undefined && connector.availability !== undefined;
  if (isMissingAlone) return `it is not listed there. List it with PUT /v1/channels/${channelId}/listings/${sku}.`;
  if (lacks.length > 0) return lacks.join(' ');
  if (channel.paused === true) return `the channel is paused. Resume it with POST /v1/channels/${channelId}/resume.`;
  if (!channel.active) return `the channel is not active. Put it with active true (PUT /v1/channels/${channelId}).`;
  return (await isInPool(sku, channel.pool))
    ? 'its stock is being gone over. Ask again in a moment.'
    : `pool ${channel.pool} has no stock of it. Receive some, or correct it.`;
}
