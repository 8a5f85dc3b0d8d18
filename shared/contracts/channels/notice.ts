import * as z from 'zod';
import { money, quantity, sku, slug, time } from '../fields.ts';

/** By the channel's own line ids; a kit that was bought is one unit, whatever it is made of. */
const lines = z.array(z.object({ lineId: z.string(), sku, quantity }));
const pickup = z.object({ fulfillmentOrderId: z.string(), location: slug, lines });

/** What a channel is told of an order, by kind: what happened and to which units. */
export const noticeFacts = {
  /** The order is ours and is worked on. */
  acknowledged: z.object({}),
  /** A parcel left. */
  shipped: z.object({
    fulfillmentOrderId: z.string(),
    location: slug,
    carrier: z.string(),
    trackingNumber: z.string(),
    trackingUrl: z.string().optional(),
    shippedAt: time,
    lines,
  }),
  /** We cancelled units: never what the channel itself cancelled. */
  cancelled: z.object({
    reason: z.string(),
    lines,
    /** Nothing of the order is left. */
    complete: z.boolean(),
  }),
  /** We gave money back, or owe it where the channel holds the money. */
  refunded: z.object({
    refundId: z.string(),
    amount: money,
    reason: z.string(),
    /** What of it our own gateway has given back already; the rest is the channel's to give. Absent: all of it is. */
    givenBack: money.optional(),
    returnId: z.string().optional(),
    /** The units that it is for; none for a refund of an amount. */
    lines,
  }),
  /** It can be collected. */
  ready: pickup,
  /** It was collected. */
  collected: pickup,
} as const;

/** The kinds of notices. */
export const noticeKinds = ['acknowledged', 'shipped', 'cancelled', 'refunded', 'ready', 'collected'] as const;
/** One of them. */
export type NoticeKind = (typeof noticeKinds)[number];
/** What each kind says. */
export type NoticeFacts = { readonly [K in NoticeKind]: z.infer<(typeof noticeFacts)[K]> };
