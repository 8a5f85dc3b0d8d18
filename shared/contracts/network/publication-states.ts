/** States of a product on a channel. */
export const publicationStates = ['DRAFT', 'PUBLISHING', 'LIVE', 'HIDDEN', 'REJECTED', 'STALE', 'UNPUBLISHED'] as const;
/**
 * `DRAFT`: never published, nothing is asked for. `PUBLISHING`: on its way, or looked at by the channel. `LIVE`: the channel shows what we want.
 * `HIDDEN`: not shown while nothing is left to sell, by rule. `REJECTED`: the channel will not have it, with its reasons. `STALE`: what the channel shows is
 * no longer what we want, or was changed there. `UNPUBLISHED`: taken off.
 */
export type PublicationState = (typeof publicationStates)[number];

/** What a merchant may want of a SKU on a channel. */
export const publicationIntents = ['draft', 'published', 'unpublished'] as const;
/** One of them. */
export type PublicationIntent = (typeof publicationIntents)[number];
