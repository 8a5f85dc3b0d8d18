import { atMost } from '../../../../shared/kernel/at-most.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { next } from './record.ts';
import { rewrite } from './rewrite.ts';

/** So many of each end of what is due are looked at, by urgency: what stepped aside is due later than the others. */
const mostOfEnd = 500;
/** Listings written at once. */
const width = 16;

type HastenPorts = Pick<ChannelsPorts, 'offers' | 'listings' | 'listing' | 'commit'>;

/** The listings of a channel that had no answer and are waited with. */
export async function waitingAlone(ports: HastenPorts, channelId: string, now: string): Promise<readonly Listing[]> {
  const skus = await ports.offers.ends(channelId, mostOfEnd);
  const listings = await ports.listings(skus.map((sku) => ({ channelId, sku })));
  return listings.filter((listing) => isAside(listing, now));
}

/** True of a SKU that stepped aside for others: it had no answer, and its time has not come. */
export const isAside = ({ offer }: Listing, now: string): boolean =>
  offer?.due !== undefined && offer.unanswered !== undefined && offer.due.at > now;

/** Due at once, still alone. How often it failed so far counts no more. `undefined`: it does not wait. */
export function hastened(listing: Listing, now: string): Listing | undefined {
  const { offer } = listing;
  if (offer?.due === undefined || offer.unanswered === undefined || !isAside(listing, now)) return undefined;
  const unanswered = { ...offer.unanswered, alone: 0 };
  return next(listing, { ...offer, unanswered, due: { ...offer.due, at: now } });
}

/**
 * Has what stepped aside told at once: somebody has mended something. The lane is to be woken after it. Safe to repeat; what a crash leaves undone, is told when its time
 * has come.
 */
export async function hastenOffers(ports: HastenPorts, channelId: string, now: string): Promise<number> {
  const aside = await waitingAlone(ports, channelId, now);
  await atMost(width, aside, (listing) => rewrite(ports, listing, (current) => hastened(current, now)));
  return aside.length;
}
