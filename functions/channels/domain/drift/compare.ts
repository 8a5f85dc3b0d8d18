import { type DriftCause } from '../../../../shared/contracts/channels/drift-causes.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
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
  /** `again`: it is to be told again, as nothing else would tell it. */
  | { readonly kind: 'differs'; readonly cause: DriftCause; readonly ours: number | undefined; readonly again?: true }
  /** What its pool says is not recorded; perhaps it is on its way. */
  | { readonly kind: 'unrecorded'; readonly poolVersion: number }
  /** Perhaps it passes: less may be a sale that we do not know yet, and what was told just now may not be shown yet. `cause`: if it does not. */
  | { readonly kind: 'unsure'; readonly cause: DriftCause; readonly ours: number };

/** By what is compared. */
export interface Measure {
  /** Whether the channel is told what each of its locations has. */
  readonly isByLocation: boolean;
  /** So long after its yes the channel may still be read as it was before. */
  readonly settlesSeconds: number;
  readonly now: string;
}

/**
 * Compares what a channel shows of a SKU with what it acknowledged. What was, or is to be, told while the channel was asked says nothing about drift: it is told
 * in any case.
 */
export function compare({ before, after, shown }: Compared, how: Measure): Verdict {
  const offer = after?.offer;
  if (after === undefined || offer === undefined) return { kind: 'nothing' };
  const ours = offer.published ?? offer.wanted;
  if (isUnderWay(before) || isUnderWay(after) || bearing(before) !== bearing(after))
    return underWay(offer, shown, ours);
  if (offer.refused !== undefined)
    return shown?.quantity === offer.wanted ? { kind: 'same' } : { kind: 'differs', cause: 'refused', ours };
  if (offer.published === undefined) return { kind: 'nothing' };
  const cause = causeOf(offer, shown, how);
  if (cause === undefined) return { kind: 'same' };
  const isFresh = offer.publishedAt !== undefined && plusSeconds(offer.publishedAt, how.settlesSeconds) > how.now;
  const isLess = shown !== undefined && shown.quantity < ours;
  return isFresh || isLess ? { kind: 'unsure', cause, ours } : { kind: 'differs', cause, ours, again: true };
}

/** True of a listing that its lane, or a feed, is about to tell. */
export const isUnderWay = ({ offer }: Listing): boolean => offer?.due !== undefined || offer?.feed !== undefined;

/** All of a listing that bears upon what the channel shows of it: news of stock that leave its quantity as it is do not. */
function bearing({ variantId, listingId, barcode, inventoryItemId, offer }: Listing): string {
  const { wanted, published, publishedAt, publishedLocations, uncertain, refused } = offer ?? {};
  const told = { wanted, published, publishedAt, publishedLocations, uncertain, refused };
  return canonicalJson(present({ variantId, listingId, barcode, inventoryItemId, ...told }));
}

function causeOf(offer: ListingOffer, shown: Shown | undefined, { isByLocation }: Measure): DriftCause | undefined {
  if (shown === undefined) return 'unknown-there';
  if (shown.quantity !== offer.published) return 'changed-at-channel';
  return isByLocation && !isSameSplit(offer.publishedLocations, shown.locations) ? 'locations-differ' : undefined;
}

/** A call without an answer is known to be lost where the channel still shows what it showed before it; what else it shows may be what the call said. */
function underWay({ wanted, published, uncertain }: ListingOffer, shown: Shown | undefined, ours: number): Verdict {
  if (shown?.quantity === wanted) return { kind: 'same' };
  const isAsBefore = shown?.quantity === published;
  if (isAsBefore && uncertain === true) return { kind: 'differs', cause: 'call-lost', ours };
  return isAsBefore && shown !== undefined ? { kind: 'same' } : { kind: 'differs', cause: 'not-told-yet', ours };
}

/** Where either is not told by location there is nothing to compare; a location that is not named has nothing. */
function isSameSplit(told: ListingOffer['publishedLocations'], shown: Shown['locations']): boolean {
  if (told === undefined || shown === undefined) return true;
  return Object.keys(told).every((id) => (told[id] ?? 0) === (shown[id] ?? 0));
}
