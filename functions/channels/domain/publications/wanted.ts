import { type ContentInput } from '../../../../shared/contracts/network/content-input.ts';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type EffectivePrice } from '../../../../shared/model/network/price-list.ts';
import { type Product } from '../../../../shared/model/network/product.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';
import { movesOf } from '../availability/here.ts';
import { type ListingDraft, type ListingsConnector } from '../listings-connector.ts';

/** A publication with all that it rests on. */
export interface Basis {
  readonly channel: Channel;
  readonly publication: Publication;
  readonly product?: Product;
  readonly listing?: Listing;
  readonly price: EffectivePrice;
}

/** What a channel is to show of a SKU, with its fingerprint and when it may be another; or why nothing can be shown. */
export type Wanted =
  | { readonly kind: 'draft'; readonly draft: ListingDraft; readonly fingerprint: string; readonly changesAt?: string }
  | { readonly kind: 'impossible'; readonly reasons: readonly string[] };

/** True where a publication is hidden while nothing is left to sell. */
export const hidesSoldOut = (channel: Channel, { hideWhenSoldOut }: Publication): boolean =>
  hideWhenSoldOut ?? channel.hideWhenSoldOut ?? false;

/** True of a listing that has nothing to sell; where it was never said how much there is, it is not sold out. */
export const isSoldOut = (listing: Listing | undefined): boolean => listing?.offer?.wanted === 0;

/** The ids that a SKU has on a channel. */
export function idsIn(listing: Listing | undefined): ListingDraft['ids'] {
  const { variantId, listingId, barcode, inventoryItemId } = listing ?? {};
  return present({ variantId, listingId, barcode, inventoryItemId });
}

/** What a channel is to show: pure, so the same basis is always the same fingerprint. What was taken out is shown as little as what is not published. */
export function wantedOf(
  basis: Basis,
  { creates, lacksSetting }: Pick<ListingsConnector, 'creates' | 'lacksSetting'>,
): Wanted {
  const { publication, listing, product, price } = basis;
  const { sku, intent } = publication;
  const ids = idsIn(listing);
  if (intent === 'unpublished' || listing?.out !== undefined)
    return drafted(basis, { sku, content: { title: sku }, visibility: 'gone', ids });
  const { title, ...content } = { ...contentOf(product), ...publication.overrides };
  const lacking = lacksSetting?.(basis.channel);
  const reasons = [
    ...(lacking === undefined ? [] : [isNotTold(publication, lacking)]),
    ...(title === undefined
      ? [`${sku} has no title. Give it one with PUT /v1/products/${sku}, or in the overrides.`]
      : []),
    ...(!creates && Object.keys(ids).length === 0 ? [noIds(publication)] : []),
  ];
  if (title === undefined || reasons.length > 0) return { kind: 'impossible', reasons };
  const visibility = hidesSoldOut(basis.channel, publication) && isSoldOut(listing) ? 'hidden' : 'shown';
  const parent = product?.parent;
  const draft = { sku, content: { title, ...present(content) }, visibility, ids } as const;
  return drafted(basis, { ...draft, ...present({ parent, price: price.price }) }, price.changesAt);
}

const isNotTold = ({ channelId }: Publication, lacking: string): string =>
  `${channelId} is told of no products as it is: ${lacking} with PUT /v1/channels/${channelId}.`;

const noIds = ({ channelId, sku }: Publication): string =>
  `${channelId} takes no new products from Crossdock. Add ${sku} there, say its ids with PUT /v1/channels/${channelId}/listings/${sku}, then retry.`;

/**
 * Ids are left out of the fingerprint: the channel gives them while it answers. Of what is taken off, nothing else matters. A channel that has moved shows nothing of it where it is
 * now, as far as is known.
 */
function drafted({ channel }: Basis, draft: ListingDraft, changesAt?: string): Wanted {
  const { ids: _ids, ...shown } = draft;
  const told = draft.visibility === 'gone' ? { visibility: draft.visibility } : shown;
  const fingerprint = sha256Hex(canonicalJson({ ...told, ...movesOf(channel) })).slice(0, 32);
  return { kind: 'draft', draft, fingerprint, ...(changesAt !== undefined && { changesAt }) };
}

function contentOf(product: Product | undefined): ContentInput {
  if (product === undefined) return {};
  const { title, description, brand, images, weightGrams, options, category, attributes } = product;
  return present({ title, description, brand, images, weightGrams, options, category, attributes });
}
