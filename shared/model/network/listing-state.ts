import { type ListingState } from '../../contracts/network/listing-states.ts';
import { type Transitions } from '../../kernel/states.ts';
import { type Listing } from './network.ts';
import { type ListingOffer } from './offer.ts';

/** What may happen to it. `list`: it is put; `takeOut`: it is to go; `release`: the channel has acknowledged that, or there is nothing to acknowledge. */
export type ListingOperation = 'list' | 'takeOut' | 'release';

/** The states, and what leads from each to which. */
export const listingTransitions: Transitions<ListingState, ListingOperation> = {
  LISTED: { list: 'LISTED', takeOut: 'LEAVING' },
  LEAVING: { list: 'LISTED', takeOut: 'LEAVING', release: 'OUT' },
  OUT: { list: 'LISTED', takeOut: 'OUT' },
};

/** The state of a listing. */
export const listingStateOf = ({ out }: Pick<Listing, 'out'>): ListingState => out?.state ?? 'LISTED';

/** Nothing of it is to be told any more: the channel shows what it should, nobody is there to tell, or the channel says that it has no such thing. */
const isOver = ({ due, feed, refused }: ListingOffer): boolean =>
  due === undefined && feed === undefined && (refused === undefined || refused.code === 'not-found');

/**
 * A listing as it is to be written: one that was leaving is out as soon as its channel has acknowledged that there is nothing to sell, or does not know it. What was
 * told of its stock goes; its version stays, as the sequence of what a channel is told counts on when it comes back.
 */
export function released(listing: Listing): Listing {
  const { offer, out, ...rest } = listing;
  if (out?.state !== 'LEAVING' || (offer !== undefined && !isOver(offer))) return listing;
  return { ...rest, out: { ...out, state: 'OUT' } };
}
