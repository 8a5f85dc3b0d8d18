import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { strikeThrough } from '../kit/listing-answers.ts';
import { type ShopProduct } from './listings-read.ts';

/** Writes grams in the shop's unit. */
export type WriteWeight = ((grams: number) => string) | undefined;

/** What Crossdock itself decides; attributes do not reach it. */
const ours = [
  'id',
  'sku',
  'type',
  'parent_id',
  'attributes',
  'regular_price',
  'sale_price',
  'date_on_sale_from',
  'date_on_sale_from_gmt',
  'date_on_sale_to',
  'date_on_sale_to_gmt',
  'manage_stock',
  'stock_quantity',
];

/** What is sold by itself: it has its own text, price and weight. Source: Product properties */
export const simpleBody = (draft: ListingDraft, weight: WriteWeight, known?: ShopProduct) => ({
  ...sharedBody(draft, known),
  ...pricesOf(draft),
  ...weightOf(draft, weight),
  status: productStatus[draft.visibility],
});

/** `private`: only the shop's own people see it. A product that is taken off stays as a draft, as orders name it. */
const productStatus = { shown: 'publish', hidden: 'private', gone: 'draft' } as const;

/** What a product says for itself, or for all of its variations. */
export function sharedBody({ content }: ListingDraft, known?: ShopProduct) {
  const { title, description, images, category, attributes = {} } = content;
  const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => !ours.includes(name)));
  return {
    ...own,
    name: title,
    ...present({
      description,
      images: images?.map((url) => imageOf(url, known)),
      categories: category !== undefined && /^\d+$/.test(category) ? [{ id: Number(category) }] : undefined,
    }),
  };
}

/** What a variation says for itself. Source: Product variation properties */
export const variationBody = (draft: ListingDraft, weight: WriteWeight) => ({
  ...pricesOf(draft),
  ...weightOf(draft, weight),
  status: draft.visibility === 'shown' ? ('publish' as const) : ('private' as const),
});

/** A variation that is made: with its options and its own picture. */
export const newVariationBody = (draft: ListingDraft, weight: WriteWeight) => ({
  sku: draft.sku,
  ...variationBody(draft, weight),
  attributes: Object.entries(draft.content.options ?? {}).map(([name, option]) => ({ name, option })),
  ...present({ image: draft.content.images?.slice(0, 1).map((url) => imageOf(url))[0] }),
});

/**
 * A product's attributes, with all that variations of it are told apart by: what is there stays, as a list that is sent takes the place of
 * the one before.
 */
export function attributesWith(drafts: readonly ListingDraft[], known?: ShopProduct) {
  const there = (known?.attributes ?? []).map(({ id, name, visible, variation, options }) => ({
    ...(id === 0 ? {} : { id }),
    ...{ name, visible: visible ?? true, variation: variation ?? false, options: options ?? [] },
  }));
  const wanted = Map.groupBy(
    drafts.flatMap(({ content }) => Object.entries(content.options ?? {})),
    ([name]) => name.toLowerCase(),
  );
  const grown = there.map((attribute) => {
    const values = (wanted.get(attribute.name.toLowerCase()) ?? []).map(([, value]) => value);
    if (values.length === 0) return attribute;
    return { ...attribute, variation: true, options: [...new Set([...attribute.options, ...values])] };
  });
  const added = [...wanted].flatMap(([key, entries]) =>
    there.some(({ name }) => name.toLowerCase() === key)
      ? []
      : [
          {
            ...{ name: entries[0]?.[0] ?? key, visible: true, variation: true },
            options: [...new Set(entries.map(([, value]) => value))],
          },
        ],
  );
  return [...grown, ...added];
}

/** A shop loads an image anew each time that it gets an address; one that it has by that name is named by its id. */
function imageOf(url: string, known?: ShopProduct) {
  const name = `crossdock-${sha256Hex(url).slice(0, 16)}`;
  const there = known?.images?.find((image) => image.name === name);
  return there === undefined ? { src: url, name } : { id: there.id };
}

function pricesOf({ price }: ListingDraft) {
  if (price === undefined) return {};
  const { regular, sale } = strikeThrough(price);
  // An empty sale price ends the sale. What is told is on sale now: dates of a sale before would end it. Empty clears them, and null does not:
  // https://github.com/woocommerce/woocommerce/issues/25350
  return {
    regular_price: decimalFromMinor(regular),
    ...(sale === undefined
      ? { sale_price: '' }
      : { sale_price: decimalFromMinor(sale), date_on_sale_from: '', date_on_sale_to: '' }),
  };
}

const weightOf = ({ content: { weightGrams } }: ListingDraft, weight: WriteWeight) =>
  weightGrams === undefined || weight === undefined ? {} : { weight: weight(weightGrams) };
