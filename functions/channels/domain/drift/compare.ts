import { type DriftCause } from '../../../../shared/contracts/channels/drift-causes.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type ListingOffer } from '../../../../shared/model/network/offer.ts';
import { type Shown } from '../availability-connector.ts';

/** A listing as it was before the channel was asked, as it is after that, and what the channel shows of it; absent: it does not know it. */
export interface Compared {
  readonly before: Listing;
  readonly after: Listing | undefined;
  readonly shown: Shown | undefined;
}

/** What comparing it came to. */
export type Verdict =
  /** Nothing was ever acknowledged, or it is gone: there is nothing to compare. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly cause: DriftCause; readonly ours: number }
  /** The channel shows less than it was told: perhaps a sale that we do not know yet. */
  | { readonly kind: 'less'; readonly ours: number };

/**
 * Compares what a channel shows of a SKU with what it acknowledged. What was, or is to be, told while the channel was asked says nothing about drift: it is told
 * in any case.
 * @param isByLocation whether the channel is told what each of its locations has
 */
export function compare({ before, after, shown }: Compared, isByLocation: boolean): Verdict {
  const offer = after?.offer;
  if (offer === undefined) return { kind: 'nothing' };
  const ours = offer.published ?? offer.wanted;
  if (offer.due !== undefined || offer.feed !== undefined || before.version !== after?.version)
    return underWay(offer, shown, ours);
  if (offer.refused !== undefined)
    return shown?.quantity === offer.wanted ? { kind: 'same' } : { kind: 'differs', cause: 'refused', ours };
  if (offer.published === undefined) return { kind: 'nothing' };
  if (shown === undefined) return { kind: 'differs', cause: 'unknown-there', ours };
  if (shown.quantity < ours) return { kind: 'less', ours };
  if (shown.quantity > ours) return { kind: 'differs', cause: 'changed-at-channel', ours };
  const differ = isByLocation && !isSameSplit(offer.publishedLocations, shown.locations);
  return differ ? { kind: 'differs', cause: 'locations-differ', ours } : { kind: 'same' };
}

function underWay({ wanted, published, uncertain }: ListingOffer, shown: Shown | undefined, ours: number): Verdict {
  if (shown?.quantity === wanted) return { kind: 'same' };
  if (uncertain === true) return { kind: 'differs', cause: 'call-lost', ours };
  if (shown !== undefined && shown.quantity === published) return { kind: 'same' };
  return { kind: 'differs', cause: 'not-told-yet', ours };
}

/** Where either is not told by location there is nothing to compare; a location that is not named has nothing. */
function isSameSplit(told: ListingOffer['publishedLocations'], shown: Shown['locations']): boolean {
  if (told === undefined || shown === undefined) return true;
  return Object.keys(told).every((id) => (told[id] ?? 0) === (shown[id] ?? 0));
}
