import * as z from 'zod';
import { externalId, sku, slug } from '../fields.ts';
import { listingStates } from './listing-states.ts';

/** The ids that a SKU has on a channel. A line of an order is found by its variant, else its listing, else its barcode. */
export const listingIdFields = {
  /** Of the sellable unit: variant, ASIN, catalog object, item. */
  variantId: externalId.optional(),
  /** Of the product or offer around it. */
  listingId: externalId.optional(),
  /** GTIN: UPC, EAN or ISBN; leading zeros make no difference. */
  barcode: z
    .string()
    .regex(/^\d{8,14}$/, 'must be 8 to 14 digits')
    .optional(),
  /** Of what the channel counts, where that is another than the variant (Shopify). */
  inventoryItemId: externalId.optional(),
};

/** A SKU on a channel. */
export const listingResource = z.object({
  channelId: slug,
  sku,
  variantId: z.string().optional(),
  listingId: z.string().optional(),
  barcode: z.string().optional(),
  inventoryItemId: z.string().optional(),
  state: z.enum(listingStates),
});

/** A SKU on a channel, as it is answered to whoever lists it. */
export const listedResource = listingResource.extend({
  /** What it lacks, and what comes of that. */
  warnings: z.array(z.string()).optional(),
});

/** What a caller says of a listing. */
export const listingBody = z.strictObject({
  ...listingIdFields,
  /** Takes these ids from other SKUs that have them on this channel, in the same transaction. */
  move: z.boolean().optional(),
});
