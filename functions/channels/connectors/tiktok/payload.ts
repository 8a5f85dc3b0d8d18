import * as z from 'zod';

const id = z.union([z.string().min(1), z.int()]).transform(String);
const optionalId = z
  .union([z.string(), z.int()])
  .nullish()
  .transform((value) => (value == null || value === '' || value === '0' || value === 0 ? undefined : String(value)));
const optionalText = z.string().nullish();
/** Decimal text, without decimals where the currency has none in daily use: IDR `12000` is 12000.00. */
const amount = z.union([z.string(), z.number()]).nullish();
/** Seconds since 1970; 0 is none. */
const seconds = z.union([z.int(), z.string().regex(/^\d*$/)]).nullish();
const flag = z.boolean().nullish();
/** A list; TikTok writes an empty one as null, or leaves it out. */
const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((all) => all ?? []);
/** The order's lines of an aftersale; what has no line of the order is none. */
const orderLines = list(z.looseObject({ order_line_item_id: optionalId })).transform((all) =>
  all.flatMap(({ order_line_item_id: lineId }) => lineId ?? []),
);

const lineItem = z.looseObject({
  id,
  sku_id: optionalId,
  product_id: optionalId,
  seller_sku: optionalText,
  product_name: optionalText,
  sku_name: optionalText,
  sku_type: optionalText,
  display_status: optionalText,
  package_id: optionalId,
  tracking_number: optionalText,
  cancel_reason: optionalText,
  original_price: amount,
  sale_price: amount,
  seller_discount: amount,
  platform_discount: amount,
  pfand_fee: amount,
  item_tax: z.array(z.looseObject({ tax_type: optionalText, tax_rate: optionalText, tax_amount: amount })).nullish(),
  is_gift: flag,
  combined_listing_skus: z
    .array(z.looseObject({ seller_sku: optionalText, sku_id: optionalId, sku_count: z.int().nullish() }))
    .nullish(),
});

const payment = z.looseObject({
  currency: z.string(),
  total_amount: amount,
  shipping_fee: amount,
  shipping_fee_tax: amount,
  tax: amount,
  product_tax: amount,
  retail_delivery_fee: amount,
  buyer_service_fee: amount,
  small_order_fee: amount,
  handling_fee: amount,
  shipping_insurance_fee: amount,
  item_insurance_fee: amount,
  item_insurance_tax: amount,
  distance_shipping_fee: amount,
  payment_discount_service_fee: amount,
  payment_platform_discount: amount,
});

const district = z.looseObject({
  address_level: optionalText,
  address_level_name: optionalText,
  address_name: optionalText,
  iso_code: optionalText,
});

const recipientAddress = z.looseObject({
  name: optionalText,
  first_name: optionalText,
  last_name: optionalText,
  phone_number: optionalText,
  address_line1: optionalText,
  address_line2: optionalText,
  address_line3: optionalText,
  address_line4: optionalText,
  address_detail: optionalText,
  full_address: optionalText,
  post_town: optionalText,
  postal_code: optionalText,
  region_code: optionalText,
  district_info: z.array(district).nullish(),
  delivery_preferences: z.looseObject({ drop_off_location: optionalText }).nullish(),
});

/**
 * An order, as far as it is used: Get Order Detail, version 202309. Each line item is one unit. `recipient_address` is not shown while the
 * order is unpaid or on hold, and in parts masked by asterisks later.
 * Source: https://partner.tiktokshop.com/docv2/page/get-order-detail-202309
 */
export const tiktokOrder = z.looseObject({
  id,
  status: z.string(),
  create_time: seconds,
  update_time: seconds,
  paid_time: seconds,
  rts_sla_time: seconds,
  tts_sla_time: seconds,
  shipping_due_time: seconds,
  collection_due_time: seconds,
  cancel_order_sla_time: seconds,
  delivery_sla_time: seconds,
  delivery_due_time: seconds,
  delivery_option_required_delivery_time: seconds,
  release_date: seconds,
  request_cancel_time: seconds,
  is_buyer_request_cancel: flag,
  is_cod: flag,
  is_sample_order: flag,
  is_replacement_order: flag,
  is_exchange_order: flag,
  cancel_reason: optionalText,
  fulfillment_type: optionalText,
  shipping_type: optionalText,
  shipping_provider: optionalText,
  delivery_option_id: optionalId,
  delivery_option_name: optionalText,
  delivery_type: optionalText,
  payment_method_name: optionalText,
  order_type: optionalText,
  commerce_platform: optionalText,
  warehouse_id: optionalId,
  replaced_order_id: optionalId,
  exchange_source_order_id: optionalId,
  auto_combine_group_id: optionalId,
  user_id: optionalId,
  buyer_email: optionalText,
  buyer_nickname: optionalText,
  buyer_message: optionalText,
  seller_note: optionalText,
  cpf: optionalText,
  recipient_address: recipientAddress.nullish(),
  payment,
  line_items: list(lineItem),
});
/** An order as TikTok has it. */
export type TiktokOrder = z.output<typeof tiktokOrder>;
/** One unit of it. */
export type TiktokItem = TiktokOrder['line_items'][number];
/** Where it goes. */
export type TiktokAddress = z.output<typeof recipientAddress>;

const refundAmount = z.looseObject({ currency: optionalText, refund_total: amount }).nullish();

/**
 * A cancellation: Search Cancellations, version 202309.
 * Source: https://partner.tiktokshop.com/docv2/page/search-cancellations-202309
 */
export const cancellation = z.looseObject({
  cancel_id: id,
  order_id: id,
  cancel_status: z.string(),
  role: optionalText,
  cancel_reason_text: optionalText,
  create_time: seconds,
  update_time: seconds,
  refund_amount: refundAmount,
  cancel_line_items: orderLines,
});
/** A cancellation as TikTok has it. */
export type Cancellation = z.output<typeof cancellation>;

/**
 * A return or refund: Search Returns, version 202309.
 * Source: https://partner.tiktokshop.com/docv2/page/search-returns-202309
 */
export const returnOrder = z.looseObject({
  return_id: id,
  order_id: id,
  return_type: optionalText,
  return_status: z.string(),
  return_reason_text: optionalText,
  can_buyer_keep_item: flag,
  create_time: seconds,
  update_time: seconds,
  refund_amount: refundAmount,
  return_line_items: orderLines,
});
/** A return as TikTok has it. */
export type ReturnOrder = z.output<typeof returnOrder>;

/**
 * A webhook's body. It names what changed and carries none of it; a package may hold several orders.
 * Source: https://partner.tiktokshop.com/docv2/page/tts-webhooks-overview
 */
export const notification = z.looseObject({
  type: z.int(),
  tts_notification_id: optionalId,
  shop_id: optionalId,
  timestamp: seconds,
  data: z
    .looseObject({
      order_id: optionalId,
      update_time: seconds,
      create_time: seconds,
      package_list: z.array(z.looseObject({ order_id_list: z.array(id).default([]) })).nullish(),
    })
    .nullish(),
});

/** Which order a delivery is about, and of when the news is. The body of every delivery that leads to an order. */
export const orderNews = z.looseObject({
  shop_id: optionalId,
  data: z.looseObject({ order_id: id, update_time: seconds, create_time: seconds }),
});

/** What is mapped: an order with what happened to it afterwards, each by itself as the API answers it. `toldAt`: seconds since 1970. */
export const orderDocument = z.looseObject({
  order: tiktokOrder,
  cancellations: list(cancellation),
  returns: list(returnOrder),
  toldAt: seconds,
});
/** An order with its aftersales. */
export type OrderDocument = z.output<typeof orderDocument>;
