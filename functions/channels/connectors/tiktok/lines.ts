import { type LineDraft } from '../../domain/connector.ts';
import { lineMoney, minorOf, moneyIn, sumOf } from '../kit/amounts.ts';
import { discountParts } from '../kit/discount-parts.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { type TiktokItem } from './payload.ts';

/** Units of one SKU that were sold alike: they become one line, named by the least of their ids. */
export interface ItemGroup {
  readonly lineId: string;
  readonly ids: readonly string[];
  readonly items: readonly [TiktokItem, ...TiktokItem[]];
}

/** Ids are digits: a shorter one is the smaller number. */
const byNumber = (a: TiktokItem, b: TiktokItem): number =>
  a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** What units of a line have in common. Nothing that may change after the order was placed, so that its lines stay the same ones. */
const kindOf = (item: TiktokItem): string =>
  JSON.stringify([
    [item.product_id, item.sku_id, item.seller_sku, item.is_gift === true],
    [item.original_price, item.sale_price, item.seller_discount, item.platform_discount, item.pfand_fee].map(String),
    (item.item_tax ?? []).map(({ tax_type, tax_amount }) => [tax_type, String(tax_amount)]),
  ]);

/**
 * TikTok has a line item for each unit; a warehouse wants three of a SKU on one line. Units of the same SKU at the same price, discounts and
 * taxes are one line. Every unit's id stays on it, and what happens to units later is counted on their line.
 */
export function groupsOf(items: readonly TiktokItem[]): ItemGroup[] {
  const sorted = [...new Map(items.map((item) => [item.id, item])).values()].sort(byNumber);
  return Object.values(Object.groupBy(sorted, kindOf)).flatMap((of = []) => {
    const [first, ...rest] = of;
    return first === undefined
      ? []
      : [{ lineId: first.id, ids: of.map(({ id }) => id), items: [first, ...rest] as const }];
  });
}

/** How many units of each line are among these line item ids; those that are on no line are left out. */
export function unitsOf(groups: readonly ItemGroup[], itemIds: readonly string[]) {
  const among = new Set(itemIds);
  return groups.flatMap(({ lineId, ids }) => {
    const quantity = ids.filter((id) => among.has(id)).length;
    return quantity === 0 ? [] : [{ externalLineId: lineId, quantity }];
  });
}

/** The price of a unit before any discount, in minor units. */
function priceOf(item: TiktokItem, currency: string): number {
  if (item.original_price != null && item.original_price !== '') return minorOf(item.original_price, currency);
  const parts = [item.sale_price, item.seller_discount, item.platform_discount];
  return sumOf(parts.map((part) => minorOf(part, currency)));
}

/** Tax on all units of a line as its line items say it, in minor units. */
export const statedTax = ({ items }: ItemGroup, currency: string): number =>
  sumOf(items.flatMap(({ item_tax }) => (item_tax ?? []).map(({ tax_amount }) => minorOf(tax_amount, currency))));

/** What all units of a line cost after discounts, without tax, in minor units. */
export function netOf({ items: [item, ...rest] }: ItemGroup, currency: string): number {
  const discount = minorOf(item.seller_discount, currency) + minorOf(item.platform_discount, currency);
  return (rest.length + 1) * (priceOf(item, currency) - discount);
}

/** What falls to a whole line: its tax, what a payment provider took off, and whether its price holds the tax. */
interface LineShare {
  readonly taxMinor: number;
  readonly payDiscountMinor: number;
  readonly taxWithin: boolean;
}

/** A line of its units. */
export function lineOf(
  group: ItemGroup,
  currency: string,
  { taxMinor, payDiscountMinor, taxWithin }: LineShare,
): LineDraft {
  const { lineId, ids, items } = group;
  const [item] = items;
  const quantity = ids.length;
  const sellerMinor = quantity * minorOf(item.seller_discount, currency);
  const platformMinor = quantity * minorOf(item.platform_discount, currency);
  const discountMinor = sellerMinor + platformMinor + payDiscountMinor;
  const grossMinor = quantity * priceOf(item, currency) - (taxWithin ? taxMinor : 0);
  const money = lineMoney({ quantity, grossMinor, discountMinor, taxMinor }, currency);
  const discounts = discountParts(money.discount, [
    { title: 'seller discount', minor: sellerMinor },
    { title: 'TikTok discount', minor: platformMinor },
    { title: 'payment discount', minor: payDiscountMinor },
  ]);
  const title = clean([item.product_name, item.sku_name].filter((part) => (part ?? '') !== '').join(', '), 500);
  const attributes = lineAttributes(group);
  return {
    ...(clean(item.seller_sku, 100) !== undefined && { sku: clean(item.seller_sku, 100) }),
    quantity,
    ...(title !== undefined && { title }),
    externalLineId: lineId,
    listing: {
      ...(item.sku_id !== undefined && { variantId: item.sku_id }),
      ...(item.product_id !== undefined && { listingId: item.product_id }),
    },
    ...money,
    ...(discounts && { discounts }),
    ...(taxMinor > 0 && { taxes: [taxPart(item, moneyIn(currency)(taxMinor))] }),
    ...(item.is_gift === true && { gift: {} }),
    ...(attributes && { attributes }),
  };
}

/** TikTok collects sales tax and remits it itself. A rate is kept where it is one number for all. */
function taxPart({ item_tax }: TiktokItem, amount: { readonly amount: number; readonly currency: string }) {
  const [first, ...others] = item_tax ?? [];
  const rate = /^\d{1,3}(\.\d{1,8})?$/.test(first?.tax_rate ?? '') && others.length === 0 ? first?.tax_rate : undefined;
  return {
    title: clean(first?.tax_type) ?? 'tax',
    ...(rate != null && Number(rate) >= 1 && { ratePercent: rate }),
    remittedByChannel: true,
    amount,
  };
}

/** As many 20-digit ids as an attribute holds. */
const idsInAttribute = 23;

function lineAttributes({ ids, items: [item] }: ItemGroup) {
  const all = ids.length === 1 ? [] : ids;
  const parts: Record<string, string> = {};
  for (let start = 0; start < all.length; start += idsInAttribute) {
    const number = start / idsInAttribute + 1;
    parts[number === 1 ? 'lineItemIds' : `lineItemIds${number}`] = all.slice(start, start + idsInAttribute).join(' ');
  }
  const combo = (item.combined_listing_skus ?? []).map(
    ({ seller_sku, sku_id, sku_count }) => `${sku_count ?? 1} × ${clean(seller_sku) ?? sku_id ?? '?'}`,
  );
  const type = item.sku_type === 'NORMAL' ? undefined : item.sku_type;
  return attributesOf({ ...parts, comboSkus: combo.join(', '), skuType: type });
}
