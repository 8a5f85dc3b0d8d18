import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type ListingOffer, type Urgency } from '../../../../shared/model/network/offer.ts';

/** More to sell waits so long for the next change of the SKU: what rises mostly rises by many small steps, and nobody is hurt meanwhile. */
export const riseDelaySeconds = 1;

/** By what the urgency of a change is judged. */
export interface Judged {
  /** A fall below this many units is urgent. */
  readonly lowStock: number;
  /** True where the channel is told by location: the same total may lie elsewhere. */
  readonly byLocation: boolean;
  /** How often the channel has moved; absent: never. */
  readonly moves?: number;
  readonly now: string;
}

type Told = Pick<ListingOffer, 'published' | 'uncertain' | 'feed'>;

/** The most that a channel may show at the moment; `undefined`: anything, as it was never told, or nobody knows what came of it. */
export const mostShown = ({ published, uncertain, feed }: Told): number | undefined =>
  published === undefined || uncertain === true ? undefined : Math.max(published, feed?.quantity ?? 0);

/** How soon a channel must know that it may sell `wanted` now. */
export function urgencyOf(shown: number | undefined, wanted: number, lowStock: number): Urgency {
  if (shown !== undefined && wanted >= shown) return 'rise';
  return wanted === 0 || wanted < lowStock ? 'now' : 'fall';
}

/**
 * The offer with what is due by it: nothing where the channel shows that quantity for certain, or has refused it. A fall overtakes what waits;
 * a rise never makes what waits wait longer. What an open feed carries waits for its end, unless it is urgent: whatever were told meanwhile, the feed
 * might put the older quantity back over it.
 * @param offer without `due`
 * @param before what was due already
 * @param since when the oldest change came about that the channel has not acknowledged
 * @param shown the most that the channel may show
 */
export function withDue(
  offer: ListingOffer,
  {
    before,
    since,
    shown,
  }: { readonly before?: ListingOffer['due']; readonly since: string; readonly shown: number | undefined },
  { lowStock, byLocation, now }: Judged,
): ListingOffer {
  const { due: _due, ...rest } = offer;
  const isShown = offer.published === offer.wanted && offer.uncertain !== true && !byLocation;
  if (isShown || offer.refused !== undefined) return rest;
  const urgency = urgencyOf(shown, offer.wanted, lowStock);
  if (offer.feed !== undefined && urgency !== 'now') return rest;
  const soonest = urgency === 'rise' ? plusSeconds(now, riseDelaySeconds) : now;
  const at = before !== undefined && before.at < soonest ? before.at : soonest;
  return { ...rest, due: { urgency, at, since: before?.since ?? since } };
}
