import { barcodeKey } from './barcode.ts';
import { type Listing } from './network.ts';

/** The ids by which a line of an order is looked up, the one that says most first. */
export const lookupKinds = ['variantId', 'listingId', 'barcode'] as const;
/** One of them. */
export type LookupKind = (typeof lookupKinds)[number];
/** An id of something that a channel sells. */
export interface ListingId {
  readonly channelId: string;
  readonly kind: LookupKind;
  readonly value: string;
}

/** That an id of a channel is listed for a SKU: found from the id. It is there as long as the listing has that id. */
export interface ListingAlias extends ListingId {
  readonly sku: string;
}

/** An id as it is compared. */
export const lookedUpAs = ({ kind, value }: Pick<ListingId, 'kind' | 'value'>): string =>
  kind === 'barcode' ? barcodeKey(value) : value;

/** What finds a listing by its ids. */
export const aliasesOf = (listing: Pick<Listing, 'channelId' | 'sku' | LookupKind>): ListingAlias[] =>
  lookupKinds.flatMap((kind) => {
    const value = listing[kind];
    const { channelId, sku } = listing;
    return value === undefined ? [] : [{ channelId, kind, value: lookedUpAs({ kind, value }), sku }];
  });
