import { type ListingDraft } from '../../domain/listings-connector.ts';
import { type Shelf, attributesOf, isOfferAlone } from './listings-attributes.ts';

/**
 * A new listing, whole.
 * Source: https://developer-docs.amazon.com/sp-api/docs/create-or-fully-update-a-listing
 */
export const creationOf = (draft: ListingDraft, productType: string, shelf: Shelf) => ({
  productType,
  requirements: isOfferAlone(draft) ? 'LISTING_OFFER_ONLY' : 'LISTING',
  attributes: {
    condition_type: [{ value: 'new_new', marketplace_id: shelf.marketplaceId }],
    ...attributesOf(draft, { ...shelf, isNew: true }),
  },
});

/**
 * What a listing becomes: attributes that are named are replaced, the offer is merged, and all else (stock, handling time, business prices) stays. A PUT would take
 * away what it does not name. Source: https://developer-docs.amazon.com/sp-api/docs/merge-a-listing
 */
export const changeOf = (draft: ListingDraft, productType: string, shelf: Shelf) => ({
  productType,
  patches: Object.entries(attributesOf(draft, shelf)).map(([name, value]) => ({
    op: name === 'purchasable_offer' ? 'merge' : 'replace',
    path: `/attributes/${name}`,
    value,
  })),
});
