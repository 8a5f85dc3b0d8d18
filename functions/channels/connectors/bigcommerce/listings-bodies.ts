import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { strikeThrough } from '../kit/listing-answers.ts';

/** Writes grams in the store's unit, where it is known. */
export type WriteWeight = ((grams: number) => number) | undefined;

/** What Crossdock itself decides; attributes do not reach it. */
const ours = [
  'id',
  'sku',
  'type',
  'variants',
  'images',
  'price',
  'sale_price',
  'retail_price',
  'weight',
  'is_visible',
  'inventory_level',
];

/** What a product says for itself and all of its variants. Source: PUT and POST /v3/catalog/products */
export function productBody({ content }: ListingDraft) {
  const { title, description, brand, category, attributes = {} } = content;
  return {
    ...Object.fromEntries(Object.entries(attributes).filter(([name]) => !ours.includes(name))),
    name: title,
    ...present({
      description,
      brand_name: brand,
      categories: category !== undefined && /^\d+$/.test(category) ? [Number(category)] : undefined,
    }),
  };
}

/** What something costs and weighs, of a product without options; a sale price of 0 is none. */
export const productTerms = (draft: ListingDraft, weight: WriteWeight) => terms(draft, weight, 0);

/** The same of a variant, and whether it can be bought. Source: PUT /v3/catalog/variants */
export const variantTerms = (draft: ListingDraft, weight: WriteWeight) => ({
  ...terms(draft, weight, null),
  purchasing_disabled: draft.visibility !== 'shown',
});

function terms<None>({ content: { weightGrams }, price }: ListingDraft, weight: WriteWeight, none: None) {
  const paid = price && strikeThrough(price);
  return {
    ...(paid && {
      price: numberOf(paid.regular),
      sale_price: paid.sale === undefined ? none : numberOf(paid.sale),
    }),
    ...(weightGrams !== undefined && weight !== undefined && { weight: weight(weightGrams) }),
  };
}

/** A JSON number whose shortest text is the amount. */
const numberOf = (amount: Parameters<typeof decimalFromMinor>[0]): number => Number(decimalFromMinor(amount));

/** A product that is made, with its variants where it has options. `parent` is its SKU then. */
export function newProduct(drafts: readonly ListingDraft[], speaker: ListingDraft, weight: WriteWeight) {
  const { parent, content, visibility, ids } = speaker;
  const images = content.images?.map((image_url, index) => ({ image_url, is_thumbnail: index === 0 }));
  return {
    ...productBody(speaker),
    type: 'physical',
    sku: parent ?? speaker.sku,
    // BigCommerce takes no product without one.
    weight: 0,
    ...productTerms(speaker, weight),
    is_visible: visibility === 'shown',
    ...present({ images, upc: parent === undefined ? ids.barcode : undefined }),
    ...(parent !== undefined && {
      variants: drafts.map((draft) => ({
        sku: draft.sku,
        ...variantTerms(draft, weight),
        ...present({ upc: draft.ids.barcode }),
        option_values: Object.entries(draft.content.options ?? {}).map(([option_display_name, label]) => ({
          option_display_name,
          label,
        })),
      })),
    }),
  };
}
