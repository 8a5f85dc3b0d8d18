import * as z from 'zod';
import { minorFromDecimal } from '../../shared/kernel/money.ts';

/** Everything is sold in reais. */
export const currency = 'BRL';

/** A decimal amount as exact minor units. */
const amount = z.string().transform((text, context) => {
  try {
    return minorFromDecimal(text, currency);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
/** The first five digits of a Brazilian postal code (CEP); spreadsheets lose leading zeros. */
const zipPrefix = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform((digits) => digits.padStart(5, '0'));
/** Brasília's time, without a zone in the data; its daylight saving (until 2019) is left out. */
const localTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  .transform((text) => new Date(`${text.replace(' ', 'T')}-03:00`).toISOString());
const id = z.string().regex(/^[0-9a-z-]+$/);
const degrees = z.string().transform(Number).pipe(z.number());

/** `olist_orders_dataset.csv` */
export const orderRow = z.object({
  order_id: id,
  customer_id: id,
  order_status: z.string(),
  order_purchase_timestamp: localTime,
});
/** `olist_order_items_dataset.csv`: one row is one unit. */
export const itemRow = z.object({ order_id: id, product_id: id, seller_id: id, price: amount, freight_value: amount });
/** `olist_order_payments_dataset.csv` */
export const paymentRow = z.object({
  order_id: id,
  payment_sequential: z.coerce.number(),
  payment_type: z.string(),
  payment_value: amount,
});
/** `olist_customers_dataset.csv` */
export const customerRow = z.object({
  customer_id: id,
  customer_unique_id: id,
  customer_zip_code_prefix: zipPrefix,
  customer_city: z.string(),
  customer_state: z.string(),
});
/** `olist_sellers_dataset.csv` */
export const sellerRow = z.object({
  seller_id: id,
  seller_zip_code_prefix: zipPrefix,
  seller_city: z.string(),
  seller_state: z.string(),
});
/** `zip_prefix_centroids.csv`: where a prefix lies, in the middle of its points. */
export const placeRow = z.object({ zip_prefix: zipPrefix, lat: degrees, lng: degrees });

export type OrderRow = z.output<typeof orderRow>;
export type ItemRow = z.output<typeof itemRow>;
export type PaymentRow = z.output<typeof paymentRow>;
export type CustomerRow = z.output<typeof customerRow>;
export type SellerRow = z.output<typeof sellerRow>;
export type PlaceRow = z.output<typeof placeRow>;
