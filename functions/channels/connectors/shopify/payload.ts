import * as z from 'zod';

/** An id is text: Shopify's test notifications use ids beyond 2^53, which `parseJson` hands over as text already. */
const id = z.union([z.string().min(1), z.int()]).transform(String);
/** A decimal amount, text as a rule and a JSON number in places. */
const amount = z.union([z.string(), z.number()]);
/** Text that apps set may be a number (a zip code, a SKU). */
const optionalText = z.union([z.string(), z.number().transform(String)]).nullish();
/** A list that older API versions leave out and some fields have as null. */
const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((list) => list ?? []);

const oneCurrency = z.object({ amount, currency_code: z.string() });
/** An amount in the shop's currency and in the buyer's. */
const moneySet = z.object({ shop_money: oneCurrency, presentment_money: oneCurrency.nullish() }).nullish();

const discountAllocation = z.object({
  amount,
  amount_set: moneySet,
  discount_application_index: z.int().nullish(),
});
const taxLine = z.object({
  price: amount,
  price_set: moneySet,
  title: optionalText,
  rate: z.number().nullish(),
  channel_liable: z.boolean().nullish(),
});
const namedValue = z.object({ name: optionalText, value: z.unknown().optional() });

const postalAddress = z.object({
  name: optionalText,
  first_name: optionalText,
  last_name: optionalText,
  company: optionalText,
  address1: optionalText,
  address2: optionalText,
  city: optionalText,
  province: optionalText,
  province_code: optionalText,
  zip: optionalText,
  country_code: optionalText,
  phone: optionalText,
});

const lineItem = z.object({
  id,
  sku: optionalText,
  variant_id: id.nullish(),
  product_id: id.nullish(),
  name: optionalText,
  title: optionalText,
  quantity: z.int().min(0),
  /** What is left of `quantity` after edits, cancels and refunds. */
  current_quantity: z.int().nullish(),
  price: amount,
  price_set: moneySet,
  /** Only where `discount_allocations` is not there (before 2018): the line's own discounts. */
  total_discount: amount.nullish(),
  discount_allocations: z.array(discountAllocation).nullish(),
  tax_lines: listOf(taxLine),
  requires_shipping: z.boolean().nullish(),
  gift_card: z.boolean().nullish(),
  taxable: z.boolean().nullish(),
  fulfillment_service: optionalText,
  fulfillment_status: optionalText,
  vendor: optionalText,
  properties: listOf(namedValue),
  /** There on tips alone. */
  tip: z.unknown().optional(),
  origin_location: postalAddress.nullish(),
});

const shippingLine = z.object({
  title: optionalText,
  code: optionalText,
  delivery_category: optionalText,
  price: amount,
  price_set: moneySet,
  discounted_price: amount.nullish(),
  discount_allocations: z.array(discountAllocation).nullish(),
  tax_lines: listOf(taxLine),
  is_removed: z.boolean().nullish(),
});

const refundLine = z.object({
  line_item_id: id,
  quantity: z.int().min(0),
  restock_type: optionalText,
  location_id: id.nullish(),
  subtotal_set: moneySet,
  total_tax_set: moneySet,
  line_item: z
    .object({
      requires_shipping: z.boolean().nullish(),
      gift_card: z.boolean().nullish(),
      fulfillment_status: optionalText,
    })
    .nullish(),
});

const transaction = z.object({
  amount,
  amount_set: moneySet,
  currency: optionalText,
  kind: optionalText,
  status: optionalText,
});

/**
 * The body of `refunds/create`, and each of an order's refunds: the Refund resource of the REST Admin API.
 * Source: https://shopify.dev/docs/api/admin-rest/latest/resources/refund
 */
export const shopifyRefund = z.object({
  id,
  order_id: id.nullish(),
  created_at: optionalText,
  note: optionalText,
  /** Before `restock_type`: whether everything was put back. */
  restock: z.boolean().nullish(),
  refund_line_items: listOf(refundLine),
  /** Shipping that went back, and what was given back more or less than its parts come to. */
  order_adjustments: listOf(z.object({ amount_set: moneySet, tax_amount_set: moneySet })),
  total_duties_set: moneySet,
  total_additional_fees_set: moneySet,
  transactions: listOf(transaction),
});

/**
 * The body of the `orders/*` webhooks, as far as it is used: the Order resource of the REST Admin API.
 * Plain amounts are in the shop's currency, as are the `shop_money` halves of the `_set` fields beside them.
 * Source: https://shopify.dev/docs/api/admin-rest/latest/resources/order
 */
export const shopifyOrder = z.object({
  id,
  name: optionalText,
  created_at: z.iso.datetime({ offset: true }),
  processed_at: optionalText,
  updated_at: optionalText,
  closed_at: optionalText,
  cancelled_at: optionalText,
  cancel_reason: optionalText,
  confirmed: z.boolean().nullish(),
  confirmation_number: optionalText,
  test: z.boolean().nullish(),
  currency: z.string(),
  presentment_currency: optionalText,
  taxes_included: z.boolean().nullish(),
  duties_included: z.boolean().nullish(),
  financial_status: optionalText,
  fulfillment_status: optionalText,
  total_price: amount,
  total_price_set: moneySet,
  total_outstanding: amount.nullish(),
  total_tip_received: amount.nullish(),
  original_total_duties_set: moneySet,
  original_total_additional_fees_set: moneySet,
  payment_gateway_names: listOf(z.string()),
  payment_terms: z.object({ payment_terms_name: optionalText }).nullish(),
  email: optionalText,
  phone: optionalText,
  note: optionalText,
  note_attributes: listOf(namedValue),
  tags: optionalText,
  po_number: optionalText,
  source_name: optionalText,
  location_id: id.nullish(),
  customer_locale: optionalText,
  buyer_accepts_marketing: z.boolean().nullish(),
  discount_applications: listOf(z.object({ title: optionalText, description: optionalText, code: optionalText })),
  customer: z
    .object({
      id: id.nullish(),
      email: optionalText,
      phone: optionalText,
      first_name: optionalText,
      last_name: optionalText,
    })
    .nullish(),
  shipping_address: postalAddress.nullish(),
  billing_address: postalAddress.nullish(),
  line_items: z.array(lineItem),
  shipping_lines: listOf(shippingLine),
  tax_lines: listOf(taxLine),
  refunds: listOf(shopifyRefund),
  fulfillments: listOf(
    z.object({
      status: optionalText,
      line_items: listOf(z.object({ id, quantity: z.int().min(0).nullish() })),
      origin_address: postalAddress.nullish(),
    }),
  ),
});

/** An order as Shopify sends it. */
export type ShopifyOrder = z.output<typeof shopifyOrder>;
/** A line of it. */
export type ShopifyLine = ShopifyOrder['line_items'][number];
/** A refund as Shopify sends it. */
export type ShopifyRefund = z.output<typeof shopifyRefund>;
/** An amount with its two currencies, where it has them. */
export type MoneySet = z.output<typeof moneySet>;
/** A tax of a line, of shipping or of the order. */
export type ShopifyTax = z.output<typeof taxLine>;
/** A postal address of it. */
export type ShopifyAddress = z.output<typeof postalAddress>;

/** True for what leaves a shelf; gift cards and digital goods have no stock. */
export const isShipped = ({
  requires_shipping,
  gift_card,
}: {
  readonly requires_shipping?: boolean | null | undefined;
  readonly gift_card?: boolean | null | undefined;
}): boolean => requires_shipping !== false && gift_card !== true;
