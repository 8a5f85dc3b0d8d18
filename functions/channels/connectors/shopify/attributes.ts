import { attributesOf } from '../kit/texts.ts';
import { type ShopifyLine, type ShopifyOrder } from './payload.ts';

type Named = { readonly name?: string | null | undefined; readonly value?: unknown };

const named = (facts: readonly Named[]): Record<string, string> =>
  Object.fromEntries(
    facts.flatMap(({ name, value }) =>
      name == null || value == null ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
    ),
  );

/** What else Shopify says of an order, by its own names; then what the shop's checkout added. */
export const attributesOfOrder = (order: ShopifyOrder, isPos: boolean): Record<string, string> | undefined =>
  attributesOf({
    pos: isPos ? true : undefined,
    source_name: order.source_name,
    confirmation_number: order.confirmation_number,
    po_number: order.po_number,
    payment_terms: order.payment_terms?.payment_terms_name,
    location_id: order.location_id,
    tags: order.tags,
    customer_locale: order.customer_locale,
    buyer_accepts_marketing: order.buyer_accepts_marketing,
    cancel_reason: order.cancel_reason,
    ...named(order.note_attributes),
  });

/** What else Shopify says of a line; `properties` is what the buyer chose (an engraving). */
export const attributesOfLine = (line: ShopifyLine): Record<string, string> | undefined =>
  attributesOf({
    vendor: line.vendor,
    // `manual` is the shop itself.
    fulfillment_service: line.fulfillment_service === 'manual' ? undefined : line.fulfillment_service,
    ...named(line.properties),
  });
