import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { marketplaceOf } from './marketplaces.ts';

/** Attributes of a listing by Amazon's names; each is a list of values with what selects them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Where a draft is shown. */
export interface Shelf {
  readonly marketplaceId: string;
  readonly currency: string;
  /** When an offer that nobody may buy has ended, RFC 3339. */
  readonly now: string;
  /** True of a listing that is not there yet. */
  readonly isNew?: true;
}

/** The language of a marketplace's texts. Source: https://developer-docs.amazon.com/sp-api/docs/marketplace-ids, Product Type Definitions (`language_tag`) */
const languages: Readonly<Record<string, string>> = {
  US: 'en_US',
  CA: 'en_CA',
  MX: 'es_MX',
  BR: 'pt_BR',
  GB: 'en_GB',
  IE: 'en_IE',
  ES: 'es_ES',
  FR: 'fr_FR',
  DE: 'de_DE',
  IT: 'it_IT',
  NL: 'nl_NL',
  SE: 'sv_SE',
  PL: 'pl_PL',
  TR: 'tr_TR',
  AE: 'en_AE',
  IN: 'en_IN',
  SG: 'en_SG',
  AU: 'en_AU',
  JP: 'ja_JP',
};
/** Where the list price is said with its tax. */
const taxIncluded = new Set(['GB', 'IE', 'ES', 'FR', 'DE', 'IT', 'NL', 'SE', 'PL', 'BE']);
/** Pictures beside the main one. */
const mostOtherImages = 8;

/**
 * What Amazon is told of a product and its offer. The draft's own attributes win, and `null` takes one of ours away. Stock is no part of it: that is told
 * by itself. Source: the JSON Schemas of the Product Type Definitions API, https://developer-docs.amazon.com/sp-api/docs/product-type-definitions-api
 */
export function attributesOf(draft: ListingDraft, shelf: Shelf): Attributes {
  const own = draft.content.attributes ?? {};
  const facts = isOfferAlone(draft) ? {} : { ...factsOf(draft, shelf), ...familyOf(draft, shelf) };
  const all = { ...facts, ...listPriceOf(draft, shelf), ...offerOf(draft, shelf), ...own };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
}

/** True of an offer for a product that is in Amazon's catalog: it says which, and tells nothing of the product. */
export const isOfferAlone = ({ content }: Pick<ListingDraft, 'content'>): boolean =>
  content.attributes?.['merchant_suggested_asin'] != null;

function factsOf({ content, ids }: ListingDraft, { marketplaceId }: Shelf): Attributes {
  const { title, description, brand, images = [], weightGrams, options = {} } = content;
  const [main, ...others] = images.map((media_location) => [{ media_location, marketplace_id: marketplaceId }]);
  const texts = { item_name: title, product_description: description, brand, ...byAttribute(options) };
  return {
    ...Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, text === undefined ? undefined : textOf(text, marketplaceId)]),
    ),
    main_product_image_locator: main,
    ...Object.fromEntries(
      others.slice(0, mostOtherImages).map((image, index) => [`other_product_image_locator_${index + 1}`, image]),
    ),
    item_package_weight:
      weightGrams === undefined ? undefined : [{ unit: 'grams', value: weightGrams, marketplace_id: marketplaceId }],
    externally_assigned_product_identifier: identifierOf(ids.barcode, marketplaceId),
  };
}

function textOf(value: string, marketplaceId: string) {
  const language = languages[marketplaceOf(marketplaceId)?.country ?? ''];
  return [{ value, ...(language !== undefined && { language_tag: language }), marketplace_id: marketplaceId }];
}

/** Options by the names of attributes: "Shoe Size" is `shoe_size`. */
const byAttribute = (options: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '_'),
      value,
    ]),
  );

const identifierTypes: Readonly<Record<number, string>> = { 12: 'upc', 13: 'ean', 14: 'gtin' };

function identifierOf(barcode: string | undefined, marketplaceId: string) {
  const type = /^\d+$/.test(barcode ?? '') ? identifierTypes[barcode?.length ?? 0] : undefined;
  return type === undefined ? undefined : [{ type, value: barcode, marketplace_id: marketplaceId }];
}

/** A variant belongs to its parent where the theme is known by which they differ; it is a listing of its own where not. */
function familyOf({ parent, content }: ListingDraft, { marketplaceId }: Shelf): Attributes {
  if (parent === undefined || content.attributes?.['variation_theme'] == null) return {};
  return {
    parentage_level: [{ value: 'child', marketplace_id: marketplaceId }],
    child_parent_sku_relationship: [
      { child_relationship_type: 'variation', parent_sku: parent, marketplace_id: marketplaceId },
    ],
  };
}

/** Amazon writes amounts as JSON numbers: the shortest text of this one is exactly the amount. */
const amountOf = (money: NonNullable<ListingDraft['price']>['price']): number => Number(decimalFromMinor(money));

/** The price that is struck through, where it is known under which name the marketplace has it. */
function listPriceOf({ price }: ListingDraft, { marketplaceId }: Shelf): Attributes {
  const country = marketplaceOf(marketplaceId)?.country ?? '';
  const name = country === 'US' ? 'value' : taxIncluded.has(country) ? 'value_with_tax' : undefined;
  if (price?.compareAt === undefined || name === undefined) return {};
  const { currency } = price.compareAt;
  return { list_price: [{ currency, [name]: amountOf(price.compareAt), marketplace_id: marketplaceId }] };
}

/**
 * The offer to everybody. Nobody can buy one that has ended, and `null` takes an end away; a price that is not said stays.
 * Source: https://developer-docs.amazon.com/sp-api/docs/manage-purchasable-offer
 */
function offerOf({ price, visibility }: ListingDraft, { marketplaceId, currency, now, isNew }: Shelf): Attributes {
  const our_price = price && [{ schedule: [{ value_with_tax: amountOf(price.price) }] }];
  const end_at = visibility === 'hidden' ? { value: now } : isNew === true ? undefined : { value: null };
  if (our_price === undefined && end_at === undefined) return {};
  const whose = { marketplace_id: marketplaceId, currency: price?.price.currency ?? currency, audience: 'ALL' };
  return { purchasable_offer: [{ ...whose, ...present({ our_price, end_at }) }] };
}
