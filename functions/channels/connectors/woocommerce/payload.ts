import * as z from 'zod';

const id = z.union([z.string().min(1), z.int()]).transform(String);
/** 0 is none. */
const optionalId = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((value) => (value == null || value === '' || String(value) === '0' ? undefined : String(value)));
const optionalText = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value == null || typeof value === 'boolean' ? undefined : String(value)));
/** Decimal text, with as many decimals as the shop shows; a number in places. */
const amount = z.union([z.string(), z.number()]).nullish();

/**
 * A list. PHP writes one whose first entries are gone as an object (`{"1": …}`), and what plugins leave empty as `[]` or null.
 * Source: https://github.com/woocommerce/woocommerce/issues/14907, /17003
 */
const list = <T extends z.ZodType>(of: T) =>
  z
    .preprocess(
      (all) => (typeof all === 'object' && all !== null ? Object.values(all).filter(isEntry) : all),
      z.array(of).nullish(),
    )
    .transform((all) => all ?? []);
const isEntry = (one: unknown): boolean => one !== null && !(Array.isArray(one) && one.length === 0);

/** An object, which PHP writes as `[]` when it is empty. */
const objectOf = <T extends z.ZodType>(of: T) =>
  z.preprocess((value) => (Array.isArray(value) && value.length === 0 ? null : value), of.nullish());

const meta = list(z.looseObject({ key: optionalText, value: z.unknown().optional(), display_key: optionalText }));

/** A tax of a line, by the id of its rate; its amounts are not rounded. */
const lineTaxes = list(z.looseObject({ id: optionalId, total: amount }));

const lineItem = z.looseObject({
  id,
  name: optionalText,
  product_id: optionalId,
  variation_id: optionalId,
  sku: optionalText,
  global_unique_id: optionalText,
  quantity: z.union([z.number(), z.string()]).transform(Number),
  subtotal: amount,
  subtotal_tax: amount,
  total: amount,
  total_tax: amount,
  taxes: lineTaxes,
  /** Ids of the lines that a bundle, or a composite product, is made of. Source: https://woocommerce.com/document/bundles-rest-api-reference */
  bundled_items: list(z.unknown()),
  composite_children: list(z.unknown()),
  meta_data: meta,
});

const feeLine = z.looseObject({ id, name: optionalText, total: amount, total_tax: amount });

const shippingLine = z.looseObject({
  id,
  method_title: optionalText,
  method_id: optionalText,
  instance_id: optionalText,
  total: amount,
  total_tax: amount,
  meta_data: meta,
});

const postalAddress = z.looseObject({
  first_name: optionalText,
  last_name: optionalText,
  company: optionalText,
  address_1: optionalText,
  address_2: optionalText,
  city: optionalText,
  state: optionalText,
  postcode: optionalText,
  country: optionalText,
  email: optionalText,
  phone: optionalText,
});

/**
 * An order, as far as it is used: the Order resource of the REST API, version 3, which is also the body of its webhooks. Line totals are
 * after coupons and without tax, whether prices were entered with tax or not; `_gmt` times have no zone and are UTC.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties
 */
export const wooOrder = z.looseObject({
  id,
  number: optionalText,
  status: z.string().min(1),
  currency: z.string(),
  created_via: optionalText,
  date_created_gmt: optionalText,
  date_modified_gmt: optionalText,
  date_paid_gmt: optionalText,
  date_completed_gmt: optionalText,
  total: amount,
  cart_tax: amount,
  shipping_total: amount,
  shipping_tax: amount,
  customer_id: optionalId,
  customer_note: optionalText,
  parent_id: optionalId,
  payment_method: optionalText,
  payment_method_title: optionalText,
  transaction_id: optionalText,
  needs_processing: z.boolean().nullish(),
  billing: objectOf(postalAddress),
  shipping: objectOf(postalAddress),
  line_items: list(lineItem),
  fee_lines: list(feeLine),
  shipping_lines: list(shippingLine),
  coupon_lines: list(z.looseObject({ code: optionalText, discount: amount })),
  tax_lines: list(
    z.looseObject({
      rate_id: optionalId,
      label: optionalText,
      rate_percent: z.union([z.number(), z.string()]).nullish(),
    }),
  ),
  refunds: list(z.looseObject({ id, reason: optionalText, total: amount })),
  /** Gift cards that paid a part: `total` is without it. Source: https://woocommerce.com/document/gift-cards/rest-api-reference */
  gift_cards: list(z.looseObject({ code: optionalText, amount })),
  meta_data: meta,
});
/** An order as WooCommerce has it. */
export type WooOrder = z.output<typeof wooOrder>;
/** A product line of it. */
export type WooLine = WooOrder['line_items'][number];
/** An address of it. */
export type WooAddress = z.output<typeof postalAddress>;
/** Facts that the shop or its plugins attached. */
export type WooMeta = z.output<typeof meta>;

/**
 * A refund. Its lines are negative and name the lines that they give back by the hidden fact `_refunded_item_id`.
 * Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#order-refund-properties
 */
export const wooRefund = z.looseObject({
  id,
  date_created_gmt: optionalText,
  amount,
  reason: optionalText,
  line_items: list(z.looseObject({ quantity: z.union([z.number(), z.string()]).transform(Number), meta_data: meta })),
});
/** A refund as WooCommerce has it. */
export type WooRefund = z.output<typeof wooRefund>;

/** What is mapped: an order, with its refunds where `fetch` asked for them. */
export const orderDocument = z.looseObject({ order: wooOrder, refunds: z.array(wooRefund).optional() });
/** An order with its refunds. */
export type OrderDocument = z.output<typeof orderDocument>;

/** The body of `order.deleted`. */
export const deletedOrder = z.looseObject({ id });
