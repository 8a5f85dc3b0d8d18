import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { externalId, quantity, sku, slug, time } from '../fields.ts';

/** A day: no checkout takes longer. */
const seconds = z.int().min(1).max(86_400);
const lines = z
  .array(z.strictObject({ sku, quantity, location: slug.optional() }))
  .min(1)
  .max(40);
const params = z.strictObject({ holdId: z.string().min(1).max(64) });

/** A hold of stock. */
export const holdResource = z.object({
  holdId: z.string(),
  channelId: slug,
  pool: slug,
  /** HELD until its time is over or something ends it before. */
  state: z.enum(['HELD', 'CONVERTED', 'RELEASED', 'EXPIRED']),
  /** What is held (of an ended hold: was), one line per SKU and location; kits as their components. */
  lines: z.array(z.object({ sku, quantity, location: slug.optional() })),
  createdAt: time,
  expiresAt: time,
  reference: externalId.optional(),
  /** The order that it became. */
  orderId: z.string().optional(),
  version: z.int(),
});
/** A hold of stock. */
export type HoldResource = z.infer<typeof holdResource>;

/** Takes units for a checkout. */
export const placeStockHold = defineApi({
  id: 'placeStockHold',
  capability: 'holds',
  method: 'POST',
  path: '/v1/holds',
  summary:
    'Hold units for a checkout, all or none: nobody else can buy them until the hold is released, becomes an order (`holdId` in the order), or its time is over.',
  scope: 'orders:write',
  body: z.strictObject({
    channelId: slug,
    lines,
    /** How long; ten minutes where it is left out, or the channel's longest if that is shorter. */
    seconds: seconds.optional(),
    reference: externalId.optional(),
  }),
  status: 201,
  response: holdResource,
  refusals: ['unknown-channel', 'unknown-location', 'unknown-sku', 'insufficient-stock', 'limit-exceeded'],
});

/** Reads a hold. */
export const readStockHold = defineApi({
  id: 'readStockHold',
  capability: 'holds',
  method: 'GET',
  path: '/v1/holds/{holdId}',
  summary: 'Read a hold: what it has, until when, and what became of it.',
  scope: 'orders:read',
  params,
  response: holdResource,
  refusals: ['not-found'],
});

/** Lets a hold live longer. */
export const extendStockHold = defineApi({
  id: 'extendStockHold',
  capability: 'holds',
  method: 'POST',
  path: '/v1/holds/{holdId}/extend',
  summary:
    "Let a hold live for so many seconds from now; never shorter than before, and never beyond the channel's longest life of a hold.",
  scope: 'orders:write',
  params,
  body: z.strictObject({ seconds }),
  response: holdResource,
  refusals: ['not-found', 'hold-over', 'limit-exceeded', 'unknown-channel'],
});

/** Changes what is held. */
export const changeStockHold = defineApi({
  id: 'changeStockHold',
  capability: 'holds',
  method: 'POST',
  path: '/v1/holds/{holdId}/change',
  summary: 'Hold these lines instead, all or nothing: what grows is taken, what shrinks or is gone is given back.',
  scope: 'orders:write',
  params,
  body: z.strictObject({ lines }),
  response: holdResource,
  refusals: [
    'not-found',
    'hold-over',
    'unknown-channel',
    'unknown-location',
    'unknown-sku',
    'insufficient-stock',
    'limit-exceeded',
  ],
});

/** Ends a hold. */
export const releaseStockHold = defineApi({
  id: 'releaseStockHold',
  capability: 'holds',
  method: 'POST',
  path: '/v1/holds/{holdId}/release',
  summary: 'Release a hold: its units are for sale again. A released hold stays released.',
  scope: 'orders:write',
  params,
  response: holdResource,
  refusals: ['not-found', 'hold-over'],
});
