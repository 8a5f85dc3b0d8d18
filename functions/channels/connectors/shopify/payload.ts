import * as z from 'zod';

/** An id is text: Shopify's test notifications use ids beyond 2^53, which `parseJson` hands over as text already. */
const id = z.union([z.string().min(1), z.int()]).transform(String);
/** A decimal amount, text as a rule and a JSON number in places. */
const amount = z.union([z.string(), z.number()]).transform(String);
/** An amount in the shop's currency and in the buyer's. */
const moneySet = z.object({ shop_money: z.object({ amount, currency_code: z.string() }) }).nullish();
const optionalText = z.string().nullish();

const discounts = z.array(z.object({ amount, amount_set: moneySet })).default([]);
const taxes = z.array(z.object({ price: amount, price_set: moneySet })).default([]);

const lineItem = z.object({
  id,
  sku: optionalText,
  variant_id: id.nullish(),
  name: optionalText,
  title: optionalText,
  quantity: z.int().min(1),
  current_quantity: z.int().nullish(),
  price: amount,
  price_set: moneySet,
  discount_allocations: discounts,
  tax_lines: taxes,
  requires_shipping: z.boolean().nullish(),
  gift_card: z.boolean().nullish(),
});

const shippingLine = z.object({
  price: amount,
  price_set: moneySet,
  discount_allocations: discounts,
  tax_lines: taxes,
  is_removed: z.boolean().nullish(),
});

const postalAddress = z.object({
  name: optionalText,
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

/**
 * The body of `orders/create`, as far as it is used: the Order resource of the REST Admin API.
 * Plain amounts are in the shop's currency, as are the `shop_money` halves of the `_set` fields beside them.
 * Source: https://shopify.dev/docs/api/admin-rest/latest/resources/order
 */
export const shopifyOrder = z.object({
  id,
  created_at: z.iso.datetime({ offset: true }),
  currency: z.string(),
  test: z.boolean().nullish(),
  cancelled_at: optionalText,
  financial_status: optionalText,
  taxes_included: z.boolean().default(false),
  total_price: amount,
  total_price_set: moneySet,
  total_outstanding: amount.nullish(),
  total_tip_received: amount.nullish(),
  original_total_duties_set: moneySet,
  original_total_additional_fees_set: moneySet,
  payment_gateway_names: z.array(z.string()).default([]),
  email: optionalText,
  note: optionalText,
  customer: z.object({ id, email: optionalText, first_name: optionalText, last_name: optionalText }).nullish(),
  shipping_address: postalAddress.nullish(),
  line_items: z.array(lineItem),
  shipping_lines: z.array(shippingLine).default([]),
});

/** An order as Shopify sends it. */
export type ShopifyOrder = z.output<typeof shopifyOrder>;
/** A line of it. */
export type ShopifyLine = ShopifyOrder['line_items'][number];
/** An amount with its two currencies, where it has them. */
export type MoneySet = z.output<typeof moneySet>;
/** A postal address of it. */
export type ShopifyAddress = z.output<typeof postalAddress>;

/** True for what leaves a shelf; gift cards and digital goods have no stock. */
export const isShipped = ({ requires_shipping, gift_card }: ShopifyLine): boolean =>
  requires_shipping !== false && gift_card !== true;
