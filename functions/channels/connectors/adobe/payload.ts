import * as z from 'zod';

/** An id is text: `parseJson` hands ids beyond 2^53 over as text already. */
const id = z.union([z.string().min(1).max(255), z.int()]).transform(String);
/** Adobe Commerce writes amounts as JSON numbers, kept to four decimals; text in places. */
const amount = z.union([z.string(), z.number()]).nullish();
const optionalText = z.string().nullish();
/** Units, which may be a fraction of one for goods by weight. */
const units = z.coerce.number().nullish();
const flag = z.union([z.boolean(), z.number(), z.string()]).nullish();

/** What modules add to something: PHP writes an empty object as an empty list. Source: https://github.com/magento/magento2/issues/7892 */
const extension = <T extends z.ZodRawShape>(fields: T) =>
  z.preprocess((value) => (Array.isArray(value) ? undefined : value), z.object(fields).nullish());

const postalAddress = z.object({
  firstname: optionalText,
  middlename: optionalText,
  lastname: optionalText,
  company: optionalText,
  street: z.union([z.array(z.string().nullable()), z.string().transform((line) => [line])]).nullish(),
  city: optionalText,
  region: optionalText,
  region_code: optionalText,
  postcode: optionalText,
  country_id: optionalText,
  telephone: optionalText,
  email: optionalText,
  vat_id: optionalText,
});

const giftMessage = z.object({ sender: optionalText, recipient: optionalText, message: optionalText }).nullish();

const item = z.object({
  item_id: id,
  parent_item_id: id.nullish(),
  product_id: id.nullish(),
  product_type: optionalText,
  sku: optionalText,
  name: optionalText,
  is_virtual: flag,
  qty_ordered: units,
  qty_canceled: units,
  qty_refunded: units,
  qty_shipped: units,
  base_original_price: amount,
  base_row_total: amount,
  row_total: amount,
  base_discount_amount: amount,
  discount_amount: amount,
  base_tax_amount: amount,
  tax_amount: amount,
  tax_percent: amount,
  base_discount_tax_compensation_amount: amount,
  discount_tax_compensation_amount: amount,
  base_weee_tax_applied_row_amnt: amount,
  weee_tax_applied_row_amount: amount,
  extension_attributes: extension({ gift_message: giftMessage }),
});

const shippingAssignment = z.object({
  shipping: z
    .object({
      address: postalAddress
        .extend({ extension_attributes: extension({ pickup_location_code: optionalText }) })
        .nullish(),
      method: optionalText,
    })
    .nullish(),
});

const order = z.object({
  entity_id: id,
  increment_id: id.nullish(),
  state: optionalText,
  status: optionalText,
  created_at: optionalText,
  updated_at: optionalText,
  store_id: id.nullish(),
  store_name: optionalText,
  base_currency_code: optionalText,
  order_currency_code: optionalText,
  base_grand_total: amount,
  grand_total: amount,
  base_total_paid: amount,
  total_paid: amount,
  base_total_due: amount,
  total_due: amount,
  base_total_refunded: amount,
  total_refunded: amount,
  base_shipping_amount: amount,
  shipping_amount: amount,
  base_shipping_tax_amount: amount,
  shipping_tax_amount: amount,
  base_shipping_discount_amount: amount,
  shipping_discount_amount: amount,
  base_shipping_discount_tax_compensation_amnt: amount,
  shipping_discount_tax_compensation_amount: amount,
  shipping_description: optionalText,
  coupon_code: optionalText,
  discount_description: optionalText,
  customer_id: id.nullish(),
  customer_email: optionalText,
  customer_firstname: optionalText,
  customer_lastname: optionalText,
  customer_taxvat: optionalText,
  customer_note: optionalText,
  ext_order_id: optionalText,
  items: z.array(item),
  billing_address: postalAddress.nullish(),
  payment: z
    .object({ method: optionalText, last_trans_id: optionalText, po_number: optionalText, cc_type: optionalText })
    .nullish(),
  extension_attributes: extension({
    shipping_assignments: z.array(shippingAssignment).nullish(),
    pickup_location_code: optionalText,
    gift_message: giftMessage,
    base_customer_balance_amount: amount,
    customer_balance_amount: amount,
    base_gift_cards_amount: amount,
    gift_cards_amount: amount,
    base_reward_currency_amount: amount,
    reward_currency_amount: amount,
    gw_base_price: amount,
    gw_price: amount,
    gw_items_base_price: amount,
    gw_items_price: amount,
    gw_card_base_price: amount,
    gw_card_price: amount,
    gw_base_tax_amount: amount,
    gw_tax_amount: amount,
    gw_items_base_tax_amount: amount,
    gw_items_tax_amount: amount,
    gw_card_base_tax_amount: amount,
    gw_card_tax_amount: amount,
  }),
});

const creditMemo = z.object({
  entity_id: id,
  increment_id: id.nullish(),
  created_at: optionalText,
  /** 1 open, 2 refunded, 3 canceled. */
  state: z.int().nullish(),
  base_grand_total: amount,
  grand_total: amount,
  comments: z.array(z.object({ comment: optionalText })).nullish(),
  items: z
    .array(
      z.object({
        order_item_id: id.nullish(),
        qty: units,
        back_to_stock: flag,
        extension_attributes: extension({ back_to_stock: flag }),
      }),
    )
    .nullish(),
});

/**
 * An order as GET /V1/orders lists it, with its credit memos where it has any (`null`: they may not be read). Amounts that begin with `base_`
 * are in the currency of the shop, the others in that of the buyer.
 * Source: Magento\Sales\Api\Data\OrderInterface and CreditmemoInterface, https://developer.adobe.com/commerce/webapi/rest
 */
export const adobeDocument = z.object({
  order,
  creditmemos: z.object({ items: z.array(creditMemo).nullish() }).nullish(),
});

/** An order with its credit memos. */
export type AdobeDocument = z.output<typeof adobeDocument>;
/** The order itself. */
export type AdobeOrder = AdobeDocument['order'];
/** An item of it: a product, or what another item is made of. */
export type AdobeItem = AdobeOrder['items'][number];
/** Money of it that went back. */
export type AdobeCreditMemo = z.output<typeof creditMemo>;
/** A postal address of it. */
export type AdobeAddress = z.output<typeof postalAddress>;

/** What of a listed order is needed to page on, and to know whether it has credit memos. */
export const orderOutline = z.looseObject({
  entity_id: id,
  updated_at: optionalText,
  base_total_refunded: amount,
  total_refunded: amount,
});
