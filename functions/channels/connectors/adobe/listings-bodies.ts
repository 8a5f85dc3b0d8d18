import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { strikeThrough } from '../kit/listing-answers.ts';
import { storeSku } from './stock.ts';

/** Writes grams in the store's unit, where it is known. */
export type WriteWeight = ((grams: number) => number) | undefined;

/** What Crossdock itself decides; attributes do not reach it. */
const ours = [
  'sku',
  'name',
  'status',
  'price',
  'special_price',
  'special_from_date',
  'special_to_date',
  'weight',
  'attribute_set_id',
];
/** The attribute set `Default` of every installation. */
const defaultAttributeSet = 4;
/** Found in the catalog and by search. Source: Magento\Catalog\Model\Product\Visibility */
const everywhere = 4;

/**
 * A product as PUT takes it: what is left out stays as it is. One that is hidden or taken off is disabled: orders name it, so it is not deleted.
 * Source: Magento\Catalog\Api\Data\ProductInterface
 */
export function productBody(draft: ListingDraft, weight: WriteWeight) {
  const { content, visibility } = draft;
  const sku = storeSku(draft);
  if (visibility === 'gone') return { product: { sku, status: 2 } };
  const { title, description, category, weightGrams, attributes = {} } = content;
  const own = Object.entries(attributes).filter(([name]) => !ours.includes(name));
  const custom = [...own, ...(description === undefined ? [] : [['description', description] as const])];
  return {
    product: {
      ...{ sku, name: title, status: visibility === 'shown' ? 1 : 2 },
      ...present({
        weight: weightGrams === undefined ? undefined : weight?.(weightGrams),
        custom_attributes:
          custom.length === 0 ? undefined : custom.map(([attribute_code, value]) => ({ attribute_code, value })),
        extension_attributes:
          category !== undefined && /^\d+$/.test(category)
            ? { category_links: [{ position: 0, category_id: category }] }
            : undefined,
      }),
    },
  };
}

/** A product that is made. Its attribute set is the attribute `attribute_set_id`, or the default one. */
export function newProductBody(draft: ListingDraft, weight: WriteWeight, website: number) {
  const { product } = productBody(draft, weight);
  const set = Number(draft.content.attributes?.['attribute_set_id']);
  return {
    product: {
      ...product,
      attribute_set_id: Number.isSafeInteger(set) && set > 0 ? set : defaultAttributeSet,
      type_id: 'simple',
      price: basePrice(draft)?.price ?? 0,
      visibility: everywhere,
      extension_attributes: {
        ...('extension_attributes' in product && product.extension_attributes),
        website_ids: [website],
      },
    },
  };
}

/** In all store views. */
const allStores = 0;
/** The last second of years that Adobe Commerce schedules in: a sale ends when it is told no more. Source: Magento\Staging\Model\VersionManager::MAX_VERSION */
const endless = '2037-12-31 23:59:59';
/** Begun long ago. Source: SpecialPriceInterface, Y-m-d H:i:s */
const begun = '2000-01-01 00:00:00';

/** The price without a sale; `undefined` where none is told. */
export const basePrice = (draft: ListingDraft) =>
  draft.price && {
    price: numberOf(strikeThrough(draft.price).regular),
    store_id: allStores,
    sku: storeSku(draft),
  };

/** What is paid where a higher price is struck through, until it is told no more; else `undefined`. */
export function specialPrice(draft: ListingDraft) {
  const sale = draft.price && strikeThrough(draft.price).sale;
  return (
    sale && {
      price: numberOf(sale),
      store_id: allStores,
      sku: storeSku(draft),
      price_from: begun,
      price_to: endless,
    }
  );
}

/** A JSON number whose shortest text is the amount. */
const numberOf = (amount: Parameters<typeof decimalFromMinor>[0]): number => Number(decimalFromMinor(amount));
