import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { externalId, note, quantity, sku, slug, time } from '../fields.ts';

const count = z.int();
const position = z.object({
  location: slug,
  pool: slug.optional(),
  onHand: count,
  allocated: count,
  held: count,
  damaged: count,
  qualityControl: count,
  safety: count,
  atf: count,
  version: count,
});
const pool = z.object({ pool: slug, ats: count, reserved: count, held: count, version: count });

/** Stock of one SKU: every position and pool. */
export const stockResource = z.object({ sku, positions: z.array(position), pools: z.array(pool) });

/** Goods came in. */
export const receiveStock = defineApi({
  id: 'receiveStock',
  capability: 'stock',
  method: 'POST',
  path: '/v1/stock/receipts',
  summary: 'Receive goods at a location: its shelf and what its pool can sell rise in one transaction.',
  scope: 'stock:write',
  body: z.strictObject({
    location: slug,
    reference: externalId,
    lines: z.array(z.strictObject({ sku, quantity })).min(1).max(45),
  }),
  status: 201,
  response: z.object({ location: slug, reference: z.string(), lines: z.array(z.object({ sku, quantity })) }),
  refusals: ['unknown-location'],
});

/** A shelf's count is corrected by a difference. */
export const adjustStock = defineApi({
  id: 'adjustStock',
  capability: 'stock',
  method: 'POST',
  path: '/v1/stock/adjustments',
  summary: 'Adjust a shelf by a difference; what is promised from it cannot be taken.',
  scope: 'stock:write',
  body: z.strictObject({
    location: slug,
    reference: externalId,
    reason: note,
    lines: z
      .array(
        z.strictObject({
          sku,
          delta: z
            .int()
            .min(-1_000_000_000)
            .max(1_000_000_000)
            .refine((delta) => delta !== 0, 'must not be 0'),
        }),
      )
      .min(1)
      .max(45),
  }),
  status: 201,
  response: z.object({ location: slug, reference: z.string(), lines: z.array(z.object({ sku, delta: z.int() })) }),
  refusals: ['unknown-location', 'unknown-sku', 'insufficient-stock'],
});

/** Where is it? */
export const readStock = defineApi({
  id: 'readStock',
  capability: 'stock',
  method: 'GET',
  path: '/v1/stock/{sku}',
  summary: 'Where a SKU is: every position and pool, by state.',
  scope: 'stock:read',
  params: z.strictObject({ sku }),
  response: stockResource,
  refusals: ['not-found'],
});

/** What may a channel sell? */
export const readAvailability = defineApi({
  id: 'readAvailability',
  capability: 'stock',
  method: 'GET',
  path: '/v1/channels/{channelId}/availability/{sku}',
  summary: "What a channel may sell of a SKU: its pool's ATS less the channel's buffer.",
  scope: 'stock:read',
  params: z.strictObject({ channelId: slug, sku }),
  response: z.object({ channelId: slug, sku, pool: slug, ats: count, buffer: count, available: count, asOf: time }),
  refusals: ['unknown-channel', 'unknown-sku'],
});

/** Do the books agree with the shelves? */
export const auditStock = defineApi({
  id: 'auditStock',
  capability: 'stock',
  method: 'GET',
  path: '/v1/stock/audit',
  summary: 'Check every stock identity over all positions, pools, orders and fulfillment orders.',
  scope: 'stock:read',
  response: z.object({
    checkedAt: time,
    /** How much was looked at. */
    positions: count,
    pools: count,
    orders: count,
    fulfillmentOrders: count,
    /** Units that are promised and not there: below-zero ATS of all pools, as a positive number. */
    oversold: count,
    /** True when every identity holds. */
    holds: z.boolean(),
    findings: z.array(
      z.object({
        identity: z.string(),
        meaning: z.string(),
        subject: z.record(z.string(), z.string()),
        difference: count,
      }),
    ),
  }),
});
