import * as z from 'zod';

const text = z.string().nullish();
const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((list) => list ?? []);
/** An amount in minor units; some fields are signed. Source: https://developer.squareup.com/docs/build-basics/working-with-monetary-amounts */
const money = z.object({ amount: z.int().nullish(), currency: text }).nullish();
/** Units as decimal text: `1`, `0.75`. */
const quantity = z.string().nullish();

const address = z
  .object({
    first_name: text,
    last_name: text,
    address_line_1: text,
    address_line_2: text,
    address_line_3: text,
    locality: text,
    administrative_district_level_1: text,
    postal_code: text,
    country: text,
  })
  .nullish();
const recipient = z
  .object({ customer_id: text, display_name: text, email_address: text, phone_number: text, address })
  .nullish();

const lineItem = z.object({
  uid: z.string().min(1),
  name: text,
  quantity,
  item_type: text,
  note: text,
  catalog_object_id: text,
  variation_name: text,
  metadata: z.record(z.string(), z.string().nullable()).nullish(),
  modifiers: listOf(z.object({ name: text, quantity })),
  applied_taxes: listOf(z.object({ tax_uid: text, applied_money: money })),
  applied_discounts: listOf(z.object({ discount_uid: text, applied_money: money })),
  base_price_money: money,
  gross_sales_money: money,
  total_tax_money: money,
  total_discount_money: money,
  total_service_charge_money: money,
  total_money: money,
});

const fulfillment = z.object({
  uid: text,
  type: text,
  state: text,
  line_item_application: text,
  entries: listOf(z.object({ line_item_uid: z.string(), quantity })),
  pickup_details: z.object({ recipient, note: text, pickup_at: text }).nullish(),
  shipment_details: z
    .object({ recipient, carrier: text, shipping_note: text, shipping_type: text, expected_shipped_at: text })
    .nullish(),
  delivery_details: z.object({ recipient, note: text, dropoff_notes: text, deliver_at: text }).nullish(),
});

const orderReturn = z.object({
  uid: text,
  source_order_id: text,
  return_line_items: listOf(z.object({ source_line_item_uid: text, quantity, item_type: text, total_money: money })),
  return_amounts: z.object({ total_money: money }).nullish(),
});

/**
 * An order of the Orders API, as far as it is used. What is bought, what it costs, how it gets there; or what was returned of another order.
 * Source: https://developer.squareup.com/reference/square/objects/Order
 */
export const squareOrder = z.object({
  id: z.string().min(1),
  location_id: text,
  reference_id: text,
  ticket_name: text,
  source: z.object({ name: text }).nullish(),
  customer_id: text,
  state: text,
  version: z.int().min(0).nullish(),
  created_at: text,
  updated_at: text,
  line_items: listOf(lineItem),
  taxes: listOf(z.object({ uid: text, name: text, percentage: text, type: text })),
  discounts: listOf(z.object({ uid: text, name: text })),
  service_charges: listOf(
    z.object({
      uid: text,
      name: text,
      type: text,
      treatment_type: text,
      applied_money: money,
      amount_money: money,
      total_money: money,
      total_tax_money: money,
    }),
  ),
  fulfillments: listOf(fulfillment),
  tenders: listOf(
    z.object({
      id: text,
      payment_id: text,
      type: text,
      amount_money: money,
      card_details: z.object({ status: text, card: z.object({ card_brand: text }).nullish() }).nullish(),
      bank_account_details: z.object({ status: text }).nullish(),
      buy_now_pay_later_details: z.object({ status: text }).nullish(),
      square_account_details: z.object({ status: text }).nullish(),
    }),
  ),
  refunds: listOf(z.object({ id: text, status: text, amount_money: money, reason: text, created_at: text })),
  returns: listOf(orderReturn),
  return_amounts: z.object({ total_money: money }).nullish(),
  net_amounts: z.object({ total_money: money }).nullish(),
  rounding_adjustment: z.object({ amount_money: money }).nullish(),
  total_money: money,
  total_tip_money: money,
  net_amount_due_money: money,
  metadata: z.record(z.string(), z.string().nullable()).nullish(),
});
/** Our own entry of an order's metadata: which notices were told, and of how many units each, `<notice>:<units>`. */
export const goneEntry = 'crossdock_gone';
/** An order as Square has it. */
export type SquareOrder = z.output<typeof squareOrder>;
/** A line of it. */
export type SquareLine = SquareOrder['line_items'][number];
/** How a part of it gets to the buyer. */
export type SquareFulfillment = SquareOrder['fulfillments'][number];
/** An amount, where there is one. */
export type SquareMoney = z.output<typeof money>;
/** A postal address. */
export type SquareAddress = z.output<typeof address>;
/** Who gets it. */
export type SquareRecipient = z.output<typeof recipient>;

/** A refund of a payment: https://developer.squareup.com/reference/square/objects/PaymentRefund */
export const squareRefund = z.object({
  id: z.string().min(1),
  status: text,
  amount_money: money,
  order_id: text,
  payment_id: text,
  reason: text,
  created_at: text,
  location_id: text,
});
/** A refund of a payment. */
export type SquareRefund = z.output<typeof squareRefund>;

/** A location: https://developer.squareup.com/reference/square/objects/Location */
const location = z.object({ id: z.string(), name: text, country: text, address }).nullish();
/** A location that sells. */
export type SquareLocation = z.output<typeof location>;

/** What a catalog knows of a variation: https://developer.squareup.com/reference/square/objects/CatalogItemVariation */
const variation = z.object({
  id: z.string(),
  item_variation_data: z.object({ sku: text, upc: text, item_id: text }).nullish(),
});

/**
 * What is mapped: an order as the API answers it, and what was asked beside it. `source` is the order of which things were returned, `refund`
 * the refund that the delivery was about.
 */
export const squareDocument = z.object({
  order: squareOrder.nullish(),
  source: squareOrder.nullish(),
  refund: squareRefund.nullish(),
  /** Of the refund's payment: the order that was paid. */
  paid_order_id: text,
  location,
  variations: listOf(variation),
});
/** What is mapped. */
export type SquareDocument = z.output<typeof squareDocument>;
