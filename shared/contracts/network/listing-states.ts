/**
 * States of a SKU on a channel. `LEAVING`: it is taken out, and the channel has not said yet that nothing of it is to be sold there. `OUT`: it is not sold there, and
 * told nothing any more; its ids stay known for what was sold before.
 */
export const listingStates = ['LISTED', 'LEAVING', 'OUT'] as const;
/** One of them. */
export type ListingState = (typeof listingStates)[number];
