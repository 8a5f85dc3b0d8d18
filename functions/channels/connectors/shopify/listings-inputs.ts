import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { type ShopProduct } from './listings-read.ts';

/** Whether buyers see a product: https://shopify.dev/docs/api/admin-graphql/2026-04/enums/ProductStatus */
export type ProductStatus = 'ACTIVE' | 'DRAFT' | 'ARCHIVED';

/** Parts of `ProductSetInput` that Crossdock itself decides; attributes do not reach them. */
const ours = ['id', 'handle', 'variants', 'productOptions', 'files', 'status'];

/** What a product says for all of its variants. Source: ProductSetInput, 2026-04; what it leaves out stays as it is. */
export function productInput({ content }: ListingDraft, product?: ShopProduct) {
  const { title, description, brand, category, images, attributes = {} } = content;
  const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => !ours.includes(name)));
  const isTaxonomy = category?.startsWith('gid://shopify/TaxonomyCategory/') === true;
  return {
    ...own,
    title,
    ...present({
      descriptionHtml: description,
      vendor: brand,
      productType: isTaxonomy ? undefined : category,
      category: isTaxonomy ? category : undefined,
      files: images?.map((url) => fileInput(url, product)),
    }),
  };
}

/** An image by its address; one that the product has from that address already is named, not loaded again. */
function fileInput(url: string, product: ShopProduct | undefined) {
  const name = `crossdock-${sha256Hex(url).slice(0, 16)}`;
  const present = product?.images.find((one) => one.url.includes(name));
  if (present !== undefined) return { id: present.id };
  const extension = /\.(jpe?g|png|webp|gif)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? 'jpg';
  return { originalSource: url, contentType: 'IMAGE', filename: `${name}.${extension}` };
}

/** What a variant says for itself. Sources: ProductVariantSetInput, ProductVariantsBulkInput, 2026-04 */
export function variantInput({ sku, content, price, visibility, ids }: ListingDraft) {
  const { weightGrams } = content;
  return {
    ...(price !== undefined && {
      price: decimalFromMinor(price.price),
      // Without one, what was struck through before is no longer.
      compareAtPrice: price.compareAt === undefined ? null : decimalFromMinor(price.compareAt),
    }),
    ...present({ barcode: ids.barcode }),
    // A variant among others cannot be hidden; it cannot be bought once it is sold out, which is when it is hidden.
    ...(visibility === 'hidden' && { inventoryPolicy: 'DENY' }),
    inventoryItem: {
      sku,
      ...(weightGrams !== undefined && { measurement: { weight: { value: weightGrams, unit: 'GRAMS' } } }),
    },
  };
}

/** Notes at a variant whether it was taken off with its product, which Shopify keeps with its last variant. Source: ProductVariantsBulkInput, 2026-04 */
export const goneInput = (isGone: boolean) => ({
  metafields: [{ namespace: 'crossdock', key: 'gone', type: 'boolean', value: String(isGone) }],
});

/** A variant that is made: tracked, so that nothing is sold before its stock is told. */
export function newVariantInput(draft: ListingDraft) {
  const variant = variantInput(draft);
  return {
    ...variant,
    inventoryPolicy: 'DENY',
    inventoryItem: { ...variant.inventoryItem, tracked: true },
    optionValues: optionsOf(draft).map(([optionName, name]) => ({ optionName, name })),
  };
}

/** The options of a product that is made, with the values that its variants have. */
export const newOptions = (drafts: readonly ListingDraft[]) =>
  [...Map.groupBy(drafts.flatMap(optionsOf), ([name]) => name)].map(([name, all]) => ({
    name,
    values: [...new Set(all.map(([, value]) => value))].map((value) => ({ name: value })),
  }));

/** A product without options has one that Shopify does not show. */
const optionsOf = ({ parent, content }: ListingDraft): (readonly [string, string])[] =>
  parent === undefined ? [['Title', 'Default Title']] : Object.entries(content.options ?? {});

/** The handle of a product that is made: of its SKU alone, so that a product is made once. */
export function handleOf({ sku, parent }: ListingDraft): string {
  const name = parent ?? sku;
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return [words, sha256Hex(name).slice(0, 8)].filter((part) => part !== '').join('-');
}
