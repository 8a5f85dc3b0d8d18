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

const meta = z
  .array(z.looseObject({ key: optionalText, value: z.unknown().optional(), display_key: optionalText }))
  .nullish()
  .transform((all) => all ?? []);

/** A tax of a line, by the id of its rate; its amounts are not rounded. */
const lineTaxes = z.array(z.looseObject({ id: optionalId, total: amount })).nullish();

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

const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((all) => all ?? []);

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
  billing: postalAddress.nullish(),
  shipping: postalAddress.nullish(),
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
