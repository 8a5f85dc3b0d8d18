import * as z from 'zod';
import { address, currency, externalId, money, note, quantity, sku, slug, text, time } from '../fields.ts';

/** The ids that a channel has for what a line sells; a line without a SKU of ours is mapped by them. */
export const listingIds = z.strictObject({
  /** The channel's id of the sellable unit: variant, ASIN, catalog object, item. */
  variantId: externalId.optional(),
  /** The channel's id of the product or offer around it. */
  listingId: externalId.optional(),
  /** GTIN: UPC, EAN or ISBN, digits. */
  barcode: z
    .string()
    .regex(/^\d{8,14}$/, 'must be 8 to 14 digits')
    .optional(),
});

/** When units were promised to leave and to arrive. */
export const promised = z.strictObject({
  shipBy: time.optional(),
  deliverFrom: time.optional(),
  deliverBy: time.optional(),
});

/** Free facts of a channel, by its own names. */
export const attributes = z
  .record(text(100), text(500))
  .refine((record) => Object.keys(record).length <= 50, 'must be 50 at most');

/** A part of a line's `discount`, with what it was for. */
const discountPart = z.strictObject({ title: text(200).optional(), code: text(100).optional(), amount: money });
/** A part of a line's `tax`. `ratePercent` is decimal text: `8.25`. */
const taxPart = z.strictObject({
  title: text(200).optional(),
  ratePercent: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,8})?$/)
    .optional(),
  /** True where the channel collects it and remits it itself (marketplace facilitator). */
  remittedByChannel: z.boolean().optional(),
  amount: money,
});

/** A line as a caller orders it. Money is for the currency of the order; `discount` and `tax` are for the whole line. */
export const orderLineInput = z.strictObject({
  sku,
  quantity,
  title: z.string().max(500).optional(),
  externalLineId: externalId.optional(),
  listing: listingIds.optional(),
  unitPrice: money,
  discount: money.optional(),
  /** What `discount` is made of; adds up to it. */
  discounts: z.array(discountPart).max(20).optional(),
  tax: money.optional(),
  /** What `tax` is made of; adds up to it. */
  taxes: z.array(taxPart).max(20).optional(),
  gift: z
    .strictObject({ message: note.optional(), from: text(200).optional(), wrap: z.boolean().optional() })
    .optional(),
  promised: promised.optional(),
  attributes: attributes.optional(),
});

/** What an order costs besides goods and shipping, and lines that no location ships. */
export const chargeKinds = [
  'tip',
  'duty',
  'fee',
  'gift-wrap',
  'handling',
  'digital',
  'gift-card',
  'service',
  'donation',
  'rounding',
] as const;

/** One such charge: no stock is behind it. */
export const orderCharge = z.strictObject({
  kind: z.enum(chargeKinds),
  title: text(200).optional(),
  externalLineId: externalId.optional(),
  price: money,
  tax: money.optional(),
});

/** A payment as a caller states it. */
export const paymentInput = z.discriminatedUnion('provider', [
  z.strictObject({
    provider: z.literal('recorded'),
    amount: money,
    reference: externalId.optional(),
    /** How it was paid, in the channel's words: `visa`, `gift_card`, `PayPal`. */
    method: text(100).optional(),
  }),
  z.strictObject({ provider: z.literal('gateway'), amount: money, paymentMethod: externalId }),
]);

/** How units get to the buyer. */
export const deliveryMethods = ['ship', 'pickup', 'local-delivery', 'ship-to-store'] as const;

/** How, and by whose service, an order gets to its buyer. */
export const delivery = z.strictObject({
  method: z.enum(deliveryMethods),
  /** The channel's name of the service that the buyer chose: `Expedited`, `DHL Paket`. */
  service: text(200).optional(),
  /** Our location that hands it over, of `pickup` and `ship-to-store`. */
  location: slug.optional(),
  /** The channel's id and name of the place where the buyer collects it. */
  pickupPoint: z.strictObject({ externalId: externalId.optional(), name: text(200).optional() }).optional(),
  instructions: note.optional(),
});

/** Who bought. */
export const customer = z.strictObject({
  name: z.string().max(200).optional(),
  email: z.email().optional(),
  phone: text(40).optional(),
  company: text(200).optional(),
  taxId: text(50).optional(),
  externalId: externalId.optional(),
});

/**
 * The canonical order, version 1: what a channel sold, in one form whatever channel it was. Every amount is in `currency`, the channel's own;
 * what the buyer saw in another one is in `presentment`. The total is Σ lines (units × price − discount + tax) + shipping + charges.
 */
export const orderInput = z.strictObject({
  channelId: slug,
  externalId,
  /** What the buyer knows the order by, where that is not its id: `#1001`. */
  externalNumber: externalId.optional(),
  placedAt: time.optional(),
  /** The checkout's hold of stock: it becomes this order, and what it has the order gets. */
  holdId: z.string().min(1).max(64).optional(),
  currency,
  customer: customer.optional(),
  /** Where it goes; of a pickup, the address of the place where it is collected. */
  shipTo: address,
  billTo: address.optional(),
  delivery: delivery.optional(),
  promised: promised.optional(),
  lines: z.array(orderLineInput).min(1).max(90),
  charges: z.array(orderCharge).max(50).optional(),
  shipping: z.strictObject({ price: money, tax: money.optional() }).optional(),
  /** What it all comes to; refused where it does not. */
  total: money.optional(),
  /** What the channel says it comes to: where the parts come to something else, the order is kept and the difference flagged. */
  channelTotal: money.optional(),
  /** What the buyer saw and paid, where that was another currency. */
  presentment: z.strictObject({ total: money }).optional(),
  payments: z.array(paymentInput).max(10).default([]),
  holds: z
    .array(z.strictObject({ reason: note }))
    .max(10)
    .default([]),
  note: note.optional(),
  attributes: attributes.optional(),
});
/** An order as a channel hands it over, parsed. */
export type OrderInput = z.infer<typeof orderInput>;
/** One of its lines. */
export type OrderLineInput = z.infer<typeof orderLineInput>;
