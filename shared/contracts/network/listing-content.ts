import * as z from 'zod';
import { money } from '../fields.ts';

/** What a product is called and looks like where it is sold; a channel may have parts of it otherwise. */
export const listingContent = z.strictObject({
  title: z.string().min(1).max(500),
  /** Plain text or the HTML that channels allow. */
  description: z.string().max(100_000).optional(),
  brand: z.string().min(1).max(200).optional(),
  /** The first is the main one. */
  images: z
    .array(z.url({ protocol: /^https$/, error: 'must be an https address' }))
    .max(50)
    .optional(),
  weightGrams: z.int().min(0).max(1_000_000_000).optional(),
  /** What makes a variant differ from its siblings: `{ "color": "black", "size": "M" }`. */
  options: z.record(z.string().min(1).max(100), z.string().min(1).max(200)).optional(),
  /** The channel's own category or product type: `LUGGAGE`, `57990`. */
  category: z.string().min(1).max(200).optional(),
  /** What a channel wants besides, by the channel's own names, handed on as it is. */
  attributes: z.record(z.string().min(1).max(200), z.unknown()).optional(),
});
/** As it is parsed. */
export type ListingContent = z.infer<typeof listingContent>;

/** What something costs on a channel now. */
export const listingPrice = z.strictObject({
  price: money,
  /** The price before, where the channel may strike it through. */
  compareAt: money.optional(),
});
/** As it is parsed. */
export type ListingPrice = z.infer<typeof listingPrice>;
