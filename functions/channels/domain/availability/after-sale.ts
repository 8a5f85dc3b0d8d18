import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Listing, usualLowStock } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { wakeLane } from '../lanes/wake-lane.ts';
import { isByLocation } from './by-location.ts';
import { next } from './record.ts';
import { rewrite } from './rewrite.ts';
import { sellableOf } from './sellable.ts';
import { type Judged, withDue } from './urgency.ts';

/** Listings written at once. */
const width = 16;

/** What a channel has sold, and when that was captured; a kit is captured as its components. */
interface Sale {
  readonly time: string;
  readonly data: SoldThere;
}
interface SoldThere {
  readonly channelId: string;
  readonly lines?: readonly { readonly sku: string; readonly kit?: { readonly sku: string } | undefined }[];
}

/**
 * Has a channel told again of what it has sold where that leaves what it may show as it was: its cap holds, or as much came in meanwhile. It counts down by itself, so
 * it shows less by now, and no change of its quantity would tell it. Twice, late and out of order it is told what it should show by then.
 */
export const tellAfterSale =
  (ports: ChannelsPorts) =>
  async ({ time, data: { channelId, lines = [] } }: Sale, now: string): Promise<void> => {
    const channel = await ports.channel(channelId);
    const availability = channel && ports.connectorOf(channel.type).availability;
    if (channel === undefined || availability === undefined || channel.paused === true) return;
    const skus = new Set(lines.flatMap(({ sku, kit }) => (kit === undefined ? sku : kit.sku)));
    const read = await ports.listings([...skus].map((sku) => ({ channelId, sku })));
    const listings = read.filter((listing) => isOfBefore(listing, time));
    if (listings.length === 0) return;
    const stocked = listings.map((listing) => ({ sku: listing.sku, listing }));
    const sellable = await sellableOf(ports, { channel, availability }, stocked);
    const unchanged = listings.filter(({ sku, offer }) => sellable.get(sku)?.quantity === offer?.published);
    const byLocation = isByLocation(channel, availability);
    const how = { lowStock: channel.lowStock ?? usualLowStock, byLocation, now };
    await atMost(width, unchanged, (listing) =>
      rewrite(ports, listing, (current) => (isOfBefore(current, time) ? shownAnew(current, how) : undefined)),
    );
    if (unchanged.length > 0) await wakeLane(ports, channel, 'stock', { now });
  };

/** True of what the channel has acknowledged before a sale, and is not to be told otherwise. */
const isOfBefore = ({ offer }: Listing, time: string): boolean =>
  offer !== undefined &&
  offer.published === offer.wanted &&
  (offer.publishedAt ?? '') < time &&
  offer.wanted > 0 &&
  offer.due === undefined &&
  offer.feed === undefined &&
  offer.refused === undefined;

/** What it shows now is not known; it is less than it may. */
function shownAnew(current: Listing, how: Judged): Listing | undefined {
  if (current.offer === undefined) return undefined;
  const { published: _published, publishedLocations: _locations, ...rest } = current.offer;
  return next(current, withDue(rest, { since: how.now, shown: 0 }, how));
}
