import { present } from '../../../../shared/kernel/present.ts';
import { type LineDraft, type OrderDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { lineMoney, moneyIn } from '../kit/amounts.ts';
import { discountParts } from '../kit/discount-parts.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { type SoldItem, unitsOf } from './items.ts';
import { type OrderMoney, type PricedItem } from './money.ts';
import { type AdobeItem, type AdobeOrder } from './payload.ts';

type Charge = NonNullable<OrderDraft['charges']>[number];

/** An item that leaves a shelf, as a line. */
export function lineOf({ sold, ...amounts }: PricedItem, order: AdobeOrder, currency: string): LineDraft {
  const { item, picked, bundle } = sold;
  const quantity = item.qty_ordered ?? 0;
  const money = lineMoney({ quantity, ...amounts }, currency);
  const discount = { title: order.discount_description, code: order.coupon_code, minor: amounts.discountMinor };
  return {
    // A configurable product goes by the SKU of the variant that was chosen.
    sku: picked?.sku ?? item.sku ?? undefined,
    quantity,
    externalLineId: item.item_id,
    ...money,
    ...present({
      title: clean(item.name),
      listing: listingOf(sold),
      discounts:
        clean(discount.title) === undefined && clean(discount.code) === undefined
          ? undefined
          : discountParts(money.discount, [discount]),
      gift: giftOf(item),
      attributes: attributesOf({
        bundle: bundle?.sku,
        bundleItem: bundle?.item_id ?? (item.parent_item_id == null ? undefined : item.parent_item_id),
        pickedItem: picked?.item_id,
        taxPercent: item.tax_percent === 0 ? undefined : item.tax_percent,
      }),
    }),
  };
}

/** An item that nobody ships, as a charge of all its units. */
export function chargeOf(
  { sold: { item }, grossMinor, discountMinor, taxMinor }: PricedItem,
  currency: string,
): Charge {
  const of = moneyIn(currency);
  const kinds: Readonly<Record<string, Charge['kind']>> = { downloadable: 'digital', giftcard: 'gift-card' };
  return {
    kind: kinds[item.product_type ?? ''] ?? 'service',
    externalLineId: item.item_id,
    price: of(grossMinor - discountMinor),
    ...(taxMinor > 0 && { tax: of(taxMinor) }),
    ...present({ title: clean(item.name) }),
  };
}

/** Gift wrapping and fixed product taxes of the whole order. */
export function orderCharges({ wrapping, productTaxMinor }: OrderMoney, currency: string): Charge[] {
  const of = moneyIn(currency);
  const { priceMinor, taxMinor } = wrapping;
  return [
    ...(priceMinor + taxMinor === 0
      ? []
      : [{ kind: 'gift-wrap' as const, price: of(priceMinor), ...(taxMinor > 0 && { tax: of(taxMinor) }) }]),
    ...(productTaxMinor === 0
      ? []
      : [{ kind: 'fee' as const, title: 'Fixed product tax', price: of(productTaxMinor) }]),
  ];
}

/** All units that the store has cancelled by now, by line. */
export const cancelledOf = (sold: readonly SoldItem[]): NonNullable<SnapshotDraft['cancelled']> =>
  sold.flatMap((one) => {
    const quantity = unitsOf(one, ({ qty_canceled: canceled }) => canceled);
    return quantity > 0 ? [{ externalLineId: one.item.item_id, quantity }] : [];
  });

/** The variant's product where one was chosen, within the product that was looked at. */
function listingOf({ item, picked }: SoldItem): LineDraft['listing'] {
  const [variantId, listingId] = [picked?.product_id ?? item.product_id, picked && item.product_id];
  return variantId == null ? undefined : { variantId, ...(listingId != null && { listingId }) };
}

function giftOf({ extension_attributes: more }: AdobeItem): LineDraft['gift'] {
  const { message, sender } = more?.gift_message ?? {};
  const gift = present({ message: clean(message, 500), from: clean(sender) });
  return Object.keys(gift).length === 0 ? undefined : gift;
}
