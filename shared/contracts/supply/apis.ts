import * as z from 'zod';
import { confidences, mostPurchaseLines } from './terms.ts';
import { defineApi } from '../define-api.ts';
import { externalId, note, quantity, sku, slug, time } from '../fields.ts';

const params = z.strictObject({ reference: externalId });
const count = z.int();

const line = z.object({
  sku,
  quantity: count,
  received: count,
  /** Units still to come. */
  open: count,
  eta: time,
  confidence: z.enum(confidences),
  state: z.string(),
  /** Why it was called off. */
  cancelledReason: z.string().optional(),
});

/** What is to come under one reference. */
export const supplyResource = z.object({
  reference: z.string(),
  kind: z.enum(['purchase-order', 'transfer']),
  location: slug,
  lines: z.array(line),
});

const eachSkuOnce = (lines: readonly { readonly sku: string }[]): boolean =>
  new Set(lines.map((one) => one.sku)).size === lines.length;

/** Announces a purchase order, or replaces what was said of it. */
export const putSupply = defineApi({
  id: 'putSupply',
  capability: 'supply',
  method: 'PUT',
  path: '/v1/supply/{reference}',
  summary:
    'Announce a purchase order or say anew what is to come of it: quantities, arrival, certainty. A SKU that is left out is called off; who waits is promised anew.',
  scope: 'stock:write',
  params,
  body: z.strictObject({
    kind: z.literal('purchase-order'),
    location: slug,
    eta: time,
    confidence: z.enum(confidences).default('confirmed'),
    lines: z
      .array(z.strictObject({ sku, quantity }))
      .min(1)
      .max(mostPurchaseLines)
      .refine(eachSkuOnce, 'must name each SKU once'),
  }),
  response: supplyResource,
  refusals: [
    'invalid-request',
    'unknown-location',
    'reference-reused',
    'quantity-exceeded',
    'state-conflict',
    'limit-exceeded',
    'too-busy',
  ],
});

/** Reads what is to come under a reference. */
export const readSupply = defineApi({
  id: 'readSupply',
  capability: 'supply',
  method: 'GET',
  path: '/v1/supply/{reference}',
  summary: 'Read what is to come, and what has come, of a purchase order or of a transfer on the road.',
  scope: 'stock:read',
  params,
  response: supplyResource,
  refusals: ['not-found'],
});

/** Goods of a purchase order arrived. */
export const receiveSupply = defineApi({
  id: 'receiveSupply',
  capability: 'supply',
  method: 'POST',
  path: '/v1/supply/{reference}/receive',
  summary:
    'Receive goods of a purchase order: shelf, pool and order book move together. More than was ordered is taken and said; `complete` says that nothing else comes.',
  scope: 'stock:write',
  params,
  body: z
    .strictObject({
      lines: z.array(z.strictObject({ sku, quantity })).max(mostPurchaseLines).default([]),
      complete: z.boolean().default(false),
    })
    .refine(({ lines, complete }) => complete || lines.length > 0, {
      path: ['lines'],
      message: 'must name what arrived, unless complete is true',
    }),
  status: 201,
  response: z.object({
    reference: z.string(),
    location: slug,
    complete: z.boolean(),
    lines: z.array(
      z.object({
        sku,
        /** Units of this receipt. */
        quantity: count,
        /** Units of all receipts. */
        received: count,
        /** Units still to come. */
        open: count,
        /** Units beyond what was ordered. */
        over: count,
      }),
    ),
  }),
  refusals: ['not-found', 'unknown-sku', 'unknown-location', 'state-conflict', 'limit-exceeded', 'too-busy'],
});

/** Calls off what has not arrived of a purchase order. */
export const cancelSupply = defineApi({
  id: 'cancelSupply',
  capability: 'supply',
  method: 'POST',
  path: '/v1/supply/{reference}/cancel',
  summary: 'Call off what has not arrived of a purchase order; who was promised of it is promised anew.',
  scope: 'stock:write',
  params,
  body: z.strictObject({ reason: note.optional() }),
  response: supplyResource,
  refusals: ['not-found', 'state-conflict', 'too-busy'],
});

/** What can be promised when? */
export const readPromisable = defineApi({
  id: 'readPromisable',
  capability: 'supply',
  method: 'GET',
  path: '/v1/stock/{sku}/pools/{pool}/atp',
  summary:
    'What a pool can promise of a SKU, and when: now, and at each arrival. Who waits already comes first; with `quantity`, the earliest time for so many.',
  scope: 'stock:read',
  params: z.strictObject({ sku, pool: slug }),
  query: z.strictObject({ quantity: z.coerce.number().int().min(1).max(1_000_000_000).optional() }),
  response: z.object({
    sku,
    pool: slug,
    asOf: time,
    /** Units that orders wait for: they come out of what is there and to come first. */
    backordered: count,
    /** From when on how many units in all can be promised; the first is now. */
    steps: z.array(z.object({ date: time, available: count })),
    quantity: count.optional(),
    /** When `quantity` units can be promised for; absent when no supply covers them. */
    earliest: time.optional(),
  }),
  refusals: ['not-found'],
});
