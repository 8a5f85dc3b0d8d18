import { present } from '../../../../shared/kernel/present.ts';
import { type LineDraft, type OrderDraft } from '../../domain/connector.ts';
import { lineMoney, moneyIn } from '../kit/amounts.ts';
import { discountParts } from '../kit/discount-parts.ts';
import { fineMinorOf } from '../kit/fine-amounts.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { type PricedProduct } from './money.ts';
import { type BigCommerceDocument, type BigCommerceProduct } from './payload.ts';

type Charge = NonNullable<OrderDraft['charges']>[number];

/** A product that leaves a shelf, as a line. A product that was picked with another one (`parent_order_product_id`) is a line as well. */
export function lineOf(
  { product, ...amounts }: PricedProduct,
  { coupons }: Pick<BigCommerceDocument, 'coupons'>,
  places: ReadonlyMap<string, string>,
  currency: string,
): LineDraft {
  const { quantity } = product;
  const money = lineMoney({ quantity, ...amounts }, currency);
  const named = (product.applied_discounts ?? []).map(({ id, name, code, amount }) => ({
    title: name ?? id,
    code,
    minor: fineMinorOf(amount, currency).round().toNumber(),
  }));
  const ofOrder = coupons.map(({ code, discount }) => ({
    code,
    minor: fineMinorOf(discount, currency).round().toNumber(),
  }));
  return {
    sku: product.sku ?? undefined,
    quantity,
    externalLineId: product.id,
    ...money,
    ...present({
      title: clean(product.name),
      listing: listingOf(product),
      discounts: discountParts(money.discount, named.length > 0 ? named : ofOrder),
      gift: giftOf(product),
      attributes: attributesOf({
        ...optionsOf(product),
        destination: places.get(product.order_address_id ?? ''),
        event: product.event_name,
        eventDate: product.event_date,
        bin: product.bin_picking_number,
        pickedWith: product.parent_order_product_id,
      }),
    }),
  };
}

/** A product that nobody ships, as a charge of all its units. */
export function chargeOf({ product, grossMinor, discountMinor, taxMinor }: PricedProduct, currency: string): Charge {
  const of = moneyIn(currency);
  return {
    kind: product.type === 'giftcertificate' ? 'gift-card' : 'digital',
    externalLineId: product.id,
    price: of(grossMinor - discountMinor),
    ...(taxMinor > 0 && { tax: of(taxMinor) }),
    ...present({ title: clean(product.name) }),
  };
}

/** The ids that BigCommerce has for it; a product that is not in the catalog has 0 for each. */
function listingOf({ variant_id: variantId, product_id: productId, upc }: BigCommerceProduct): LineDraft['listing'] {
  const barcode = clean(upc);
  const listing = present({
    variantId: variantId == null || variantId === '0' ? undefined : variantId,
    listingId: productId == null || productId === '0' ? undefined : productId,
    barcode: /^\d{8,14}$/.test(barcode ?? '') ? barcode : undefined,
  });
  return Object.keys(listing).length === 0 ? undefined : listing;
}

function giftOf({ wrapping_name: name, wrapping_message: message }: BigCommerceProduct): LineDraft['gift'] {
  const [wrap, text] = [clean(name), clean(message, 500)];
  return wrap === undefined && text === undefined
    ? undefined
    : { ...(wrap !== undefined && { wrap: true }), ...(text !== undefined && { message: text }) };
}

const optionsOf = ({ product_options: options }: BigCommerceProduct): Record<string, string> =>
  Object.fromEntries(
    (options ?? []).flatMap(({ display_name: name, display_value: value }) =>
      name == null || typeof value !== 'string' ? [] : [[name, value]],
    ),
  );
