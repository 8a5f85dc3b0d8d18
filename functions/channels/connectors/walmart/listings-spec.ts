import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type ListingPrice } from '../../../../shared/contracts/network/listing-content.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { sellerSku } from '../kit/seller-sku.ts';

/** The two feeds of products: for what Walmart has not yet, and for what it has. */
export type ItemFeed = 'MP_ITEM' | 'MP_MAINTENANCE';

/** What Walmart knows of an item, as far as it is needed to speak of it again. */
export interface KnownItem {
  readonly productType?: string | undefined;
  readonly gtin?: string | undefined;
  /** True of one that was taken off. */
  readonly isRetired: boolean;
}

/** An item of a feed. */
export interface SpecItem {
  readonly Orderable: Readonly<Record<string, unknown>>;
  readonly Visible: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Walmart writes amounts as JSON numbers: the shortest text of this one is exactly the amount. */
const amountOf = (money: ListingPrice['price']): number => Number(decimalFromMinor(money));

/** The body of a price. Source: https://developer.walmart.com/us-marketplace/docs/update-pricing-for-a-single-item */
export function priceOf(sku: string, { price, compareAt }: ListingPrice) {
  const inFull = (money: ListingPrice['price']) => ({ currency: money.currency, amount: amountOf(money) });
  const before = compareAt && { comparisonPriceType: 'BASE', comparisonPrice: inFull(compareAt) };
  return { sku, pricing: [{ currentPriceType: 'BASE', currentPrice: inFull(price), ...before }] };
}

/** A feed of products. Walmart takes no other fields in its header. */
export const itemFeedOf = (version: string, items: readonly SpecItem[]) => ({
  MPItemFeedHeader: { businessUnit: 'WALMART_US', locale: 'en', version },
  MPItem: items,
});

/** The end of an item that is to have none. */
const noEnd = '2049-12-31T00:00:00.000Z';
const gramsOfPound = 453.59237;

/**
 * An item by the item spec 5.0: what can be ordered, and what is shown, under its product type. A new one needs its price with it; one that was taken off
 * is there again once its end lies ahead. The draft's own attributes win: those under `Orderable` there, all others under what is shown.
 * Source: https://developer.walmart.com/us-marketplace/docs/item-setup-schema-key-points, https://developer.walmart.com/us-marketplace/docs/item-inventory (end date)
 */
export function specItem(draft: ListingDraft, productType: string, productId: string, known?: KnownItem): SpecItem {
  const { content, price } = draft;
  const { Orderable: own, ...shown } = content.attributes ?? {};
  const Orderable = present({
    sku: sellerSku(draft),
    productIdentifiers: { productIdType: identifierType(productId), productId },
    price: known === undefined && price ? amountOf(price.price) : undefined,
    ShippingWeight: content.weightGrams === undefined ? undefined : pounds(content.weightGrams),
    endDate: known?.isRetired === true ? noEnd : undefined,
    ...(typeof own === 'object' && own),
  });
  return { Orderable, Visible: { [productType]: { ...visibleOf(draft), ...shown } } };
}

function visibleOf({ content, parent }: ListingDraft) {
  const { title, brand, description, images = [], options = {} } = content;
  const [mainImageUrl, ...others] = images;
  const values = Object.fromEntries(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  const isVariant = parent !== undefined && Object.keys(values).length > 0;
  return present({
    productName: title,
    brand,
    shortDescription: description,
    mainImageUrl,
    productSecondaryImageURL: others.length > 0 ? others : undefined,
    ...values,
    variantGroupId: isVariant ? parent : undefined,
    variantAttributeNames: isVariant ? Object.keys(values) : undefined,
  });
}

const identifierTypes: Readonly<Record<number, string>> = { 12: 'UPC', 13: 'EAN' };
const identifierType = (digits: string): string => identifierTypes[digits.length] ?? 'GTIN';

/** To the thousandth, as Walmart wants it. */
const pounds = (grams: number): number => Number((grams / gramsOfPound).toFixed(3));
