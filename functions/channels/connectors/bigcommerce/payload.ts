import * as z from 'zod';

/** An id is text: `parseJson` hands ids beyond 2^53 over as text already. */
const id = z.union([z.string().min(1).max(255), z.int()]).transform(String);
/** An id of something that need not be there; V2 has empty text for none in places. */
const optionalId = z
  .union([z.string().max(255), z.int()])
  .nullish()
  .transform((value) => (value == null || value === '' ? undefined : String(value)));
/** BigCommerce writes amounts as text with four decimals as a rule (`"8"`, `"41.5700"`), and as numbers in places. */
const amount = z.union([z.string(), z.number()]);
const optionalAmount = amount.nullish();
/** Ids of other systems stand in places of text as numbers. */
const optionalText = z.union([z.string(), z.number().transform(String)]).nullish();
const count = z.int().nullish();

const postalAddress = z.object({
  first_name: optionalText,
  last_name: optionalText,
  company: optionalText,
  street_1: optionalText,
  street_2: optionalText,
  city: optionalText,
  state: optionalText,
  zip: optionalText,
  country: optionalText,
  country_iso2: optionalText,
  phone: optionalText,
  email: optionalText,
  form_fields: z.array(z.object({ name: optionalText, value: z.unknown().optional() })).nullish(),
});

const shippingAddress = postalAddress.extend({
  id,
  items_total: count,
  shipping_method: optionalText,
  shipping_zone_name: optionalText,
});

const pickup = z.object({
  pickup_method_display_name: optionalText,
  collection_instructions: optionalText,
  collection_time_description: optionalText,
  location: z
    .object({
      id: optionalId,
      name: optionalText,
      code: optionalText,
      address_line_1: optionalText,
      address_line_2: optionalText,
      city: optionalText,
      state: optionalText,
      postal_code: z.union([z.string(), z.number()]).transform(String).nullish(),
      country_alpha2: optionalText,
      email: optionalText,
      phone: optionalText,
    })
    .nullish(),
});

const fee = z.object({
  id: optionalId,
  type: optionalText,
  display_name_customer: optionalText,
  cost_inc_tax: optionalAmount,
  cost_tax: optionalAmount,
});

/** A part of an order that its channel embeds when it is asked to (`include`), and otherwise only names by its address. */
const embedded = <T extends z.ZodType>(shape: T) => z.union([shape, z.unknown().transform(() => undefined)]);

const order = z.object({
  id,
  customer_id: optionalId,
  date_created: optionalText,
  date_modified: optionalText,
  status_id: z.int(),
  status: optionalText,
  total_inc_tax: amount,
  total_tax: optionalAmount,
  shipping_cost_inc_tax: optionalAmount,
  shipping_cost_tax: optionalAmount,
  handling_cost_inc_tax: optionalAmount,
  handling_cost_tax: optionalAmount,
  wrapping_cost_inc_tax: optionalAmount,
  wrapping_cost_tax: optionalAmount,
  discount_amount: optionalAmount,
  coupon_discount: optionalAmount,
  store_credit_amount: optionalAmount,
  gift_certificate_amount: optionalAmount,
  items_total: count,
  items_shipped: count,
  /** Empty, or null, until all of it has left. */
  date_shipped: optionalText,
  payment_method: optionalText,
  payment_provider_id: z.union([z.string(), z.number()]).transform(String).nullish(),
  payment_status: optionalText,
  currency_code: optionalText,
  currency_exchange_rate: optionalAmount,
  default_currency_code: optionalText,
  store_default_currency_code: optionalText,
  staff_notes: optionalText,
  customer_message: optionalText,
  billing_address: postalAddress.nullish(),
  order_source: optionalText,
  channel_id: optionalId,
  external_source: optionalText,
  external_id: optionalText,
  external_order_id: optionalText,
  cart_id: optionalText,
  tax_provider_id: optionalText,
  customer_locale: optionalText,
  is_deleted: z.boolean().nullish(),
  consignments: embedded(z.object({ pickups: z.array(pickup).nullish() })).optional(),
  fees: embedded(z.array(fee)).optional(),
});

const product = z.object({
  id,
  product_id: optionalId,
  variant_id: optionalId,
  order_address_id: optionalId,
  name: optionalText,
  sku: optionalText,
  upc: optionalText,
  type: optionalText,
  quantity: z.int().min(0),
  quantity_shipped: count,
  quantity_refunded: count,
  total_ex_tax: optionalAmount,
  total_inc_tax: amount,
  total_tax: optionalAmount,
  discounted_total_inc_tax: optionalAmount,
  wrapping_name: optionalText,
  wrapping_message: optionalText,
  event_name: optionalText,
  event_date: optionalText,
  bin_picking_number: optionalText,
  parent_order_product_id: optionalId,
  applied_discounts: z
    .array(z.object({ id: optionalId, amount: optionalAmount, name: optionalText, code: optionalText }))
    .nullish(),
  product_options: z.array(z.object({ display_name: optionalText, display_value: z.unknown().optional() })).nullish(),
});

const refund = z.object({
  id,
  created: optionalText,
  reason: optionalText,
  total_amount: optionalAmount,
  payments: z.array(z.object({ amount: optionalAmount, is_declined: z.boolean().nullish() })).nullish(),
  items: z
    .array(
      z.object({
        item_type: optionalText,
        item_id: optionalId,
        quantity: z.int().min(0).nullish(),
        reason: optionalText,
      }),
    )
    .nullish(),
});

const coupon = z.object({ code: optionalText, type: z.int().nullish(), discount: optionalAmount });

/**
 * What `fetch` puts together for a delivery: the order with its fees and consignments, its products, shipping addresses and coupons, and its
 * refunds where it has any (`null`: they may not be read).
 * Source: https://docs.bigcommerce.com/docs/rest-management/orders (Orders V2 and V3), as OpenAPI in github.com/bigcommerce/docs
 */
export const bigCommerceDocument = z.object({
  order,
  products: z.array(product),
  shipping_addresses: z.array(shippingAddress).default([]),
  coupons: z.array(coupon).default([]),
  refunds: z.union([z.object({ data: z.array(refund) }), z.array(z.never()).transform(() => ({ data: [] }))]).nullish(),
});

/** An order with everything of it. */
export type BigCommerceDocument = z.output<typeof bigCommerceDocument>;
/** The order itself. */
export type BigCommerceOrder = BigCommerceDocument['order'];
/** A product of it. */
export type BigCommerceProduct = BigCommerceDocument['products'][number];
/** Where products of it go. */
export type BigCommerceAddress = z.output<typeof postalAddress>;
/** Money of it that went back. */
export type BigCommerceRefund = z.output<typeof refund>;
/** Where products of it are collected. */
export type BigCommercePickup = z.output<typeof pickup>;

/** What of an order says which further calls it takes to know all of it. */
export const orderOutline = z.object({
  status_id: z.int(),
  payment_status: optionalText,
  coupon_discount: optionalAmount,
  refunded_amount: optionalAmount,
});

/**
 * A webhook: thin, it says what happened and names the order.
 * Source: https://docs.bigcommerce.com/docs/integrations/webhooks/events
 */
export const bigCommerceEvent = z.object({ scope: z.string().min(1).max(255) });
/** A webhook about an order. */
export const bigCommerceOrderEvent = bigCommerceEvent.extend({ data: z.object({ id }) });

/** What leaves a shelf; digital goods and gift certificates have no stock. */
export const isShipped = ({ type }: Pick<BigCommerceProduct, 'type'>): boolean =>
  type !== 'digital' && type !== 'giftcertificate';
