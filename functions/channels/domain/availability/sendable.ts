import { atMost } from '../../../../shared/kernel/at-most.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type AvailabilityConnector, type Offer, isToldBy } from '../availability-connector.ts';
import { type LaneWorker } from '../lanes/lane-step.ts';
import { isByLocation } from './by-location.ts';
import { here } from './here.ts';
import { revisableAt } from './revisions.ts';
import { rewrite } from './rewrite.ts';
import { type Sent } from './settle.ts';
import { splitByLocation } from './split-by-location.ts';
import { next } from './record.ts';

/** SKUs whose shelves are read at once. */
const width = 8;

/**
 * What can be sent of some SKUs that the index has as due, as the table has them: those that are not due any more are skipped; those that the channel
 * does not show any more, or shows so already, are taken off; those whose listing was revised too often are put off.
 */
export async function sendable(
  worker: LaneWorker,
  availability: AvailabilityConnector,
  skus: readonly string[],
): Promise<Sent[]> {
  const { ports, channel, clock } = worker;
  const readAt = clock.now();
  const listings = await ports.listings(skus.map((sku) => ({ channelId: channel.channelId, sku })));
  const byPlace = new Map(listings.map((listing) => [listing.sku, here(listing, channel)]));
  const sents = await atMost(width, skus, async (sku) => {
    const listing = byPlace.get(sku);
    const offer = listing?.offer;
    if (offer?.due === undefined || offer.due.at > readAt) return undefined;
    return sentOf(worker, availability, listing as Dueing, readAt);
  });
  return sents.filter((sent) => sent !== undefined);
}

type Dueing = Listing & { readonly offer: ListingOffer & { readonly due: NonNullable<ListingOffer['due']> } };

async function sentOf(
  worker: LaneWorker,
  availability: AvailabilityConnector,
  listing: Dueing,
  readAt: string,
): Promise<Sent | undefined> {
  const { channel } = worker;
  const { due, ...settled } = listing.offer;
  if (!isToldBy(availability, channel, listing)) return instead(worker, listing, settled);
  const { revisionsPerDay } = availability;
  const later = revisionsPerDay === undefined ? undefined : revisableAt(listing.offer, revisionsPerDay, readAt);
  if (later !== undefined) return instead(worker, listing, { ...settled, due: { ...due, at: later } });
  const locations = isByLocation(channel, availability) ? await partsOf(worker, listing) : undefined;
  const isKnown = locations !== undefined && isShown(listing.offer, locations) && isCertain(worker, listing);
  if (isKnown) return instead(worker, listing, settled);
  return { offer: offerOf(worker, listing, locations), listing, readAt };
}

/** Writes another offer in the place of sending this one; one that was changed meanwhile is looked at again. */
async function instead({ ports }: LaneWorker, listing: Listing, offer: ListingOffer): Promise<undefined> {
  await rewrite(ports, listing, (current) => (current.version === listing.version ? next(current, offer) : undefined));
}

function offerOf(worker: LaneWorker, listing: Dueing, locations: Record<string, number> | undefined): Offer {
  const { sku, offer, version, variantId, listingId, barcode, inventoryItemId } = listing;
  const known = isCertain(worker, listing)
    ? { previous: offer.published, previousLocations: offer.publishedLocations }
    : {};
  return {
    sku,
    quantity: offer.wanted,
    sequence: version,
    ids: present({ variantId, listingId, barcode, inventoryItemId }),
    ...(locations && { locations }),
    ...present(known),
  };
}

/**
 * Whether the channel shows what it acknowledged last: not after a call without an answer, while a feed may change it, or where a worker has died since the
 * change came about, perhaps in the middle of telling it.
 */
function isCertain({ held }: LaneWorker, { offer }: Dueing): boolean {
  const brokenAt = held?.lane.brokenAt;
  const isBroken = brokenAt !== undefined && offer.due.since <= brokenAt;
  return offer.published !== undefined && offer.uncertain !== true && offer.feed === undefined && !isBroken;
}

const isShown = (
  { wanted, published, publishedLocations }: ListingOffer,
  locations: Readonly<Record<string, number>>,
): boolean => published === wanted && canonicalJson(publishedLocations ?? {}) === canonicalJson(locations);

/** Each location's part by what lies there now. One of ours that has several ids at the channel is told under the first. */
async function partsOf({ ports, channel }: LaneWorker, { sku, offer }: Dueing): Promise<Record<string, number>> {
  const ids = Object.entries(channel.locations ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const firstOf = new Map(ids.toReversed().map(([id, ours]) => [ours, id]));
  const there = new Map(
    (await ports.positionsOf(sku))
      .filter(({ pool }) => pool === channel.pool)
      .map(({ location, atf }) => [location, atf]),
  );
  const have = Object.fromEntries([...firstOf].map(([ours, id]) => [id, there.get(ours) ?? 0]));
  const parts = splitByLocation(offer.wanted, have);
  return Object.fromEntries(ids.map(([id]) => [id, parts[id] ?? 0]));
}
