import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { externalId, note, page, quantity, sku, slug, time } from '../fields.ts';
import { delta, positionCounts } from './resources.ts';

const count = z.int();
const terms = z.object({
  /** Units that the channel never sells. */
  buffer: count,
  /** Of what is above the buffer, what it is told: 1 to 100. */
  sharePercent: count,
  /** The most that it is told. */
  cap: count.optional(),
  /** Ids of the rules that say so; none where the channel sells by its own settings. */
  rules: z.array(z.string()),
});
const position = positionCounts.extend({
  location: slug,
  pool: slug.optional(),
  /** What the rule in force wants as safety stock; `safety` follows it as far as there are units. */
  safetyTarget: count.optional(),
  /** True while its location is not active: all that is free there counts as safety stock, and nobody sells it. */
  closed: z.boolean().optional(),
});
const pool = z.object({
  pool: slug,
  ats: count,
  reserved: count,
  held: count,
  /** Units that are set apart for channels. */
  fenced: count,
  /** Units that are promised from supply still to come. */
  backordered: count,
  /** By channel id, where a rule speaks of it. */
  terms: z.record(z.string(), terms).optional(),
  /** On how many items its units lie. */
  stripes: count.optional(),
  version: count,
});
const share = z.object({ pool: slug, channel: slug, fenced: count, consumed: count, held: count, version: count });

/** Stock of one SKU: every position, every pool, and what channels have for themselves. */
export const stockResource = z.object({
  sku,
  positions: z.array(position),
  pools: z.array(pool),
  shares: z.array(share),
});

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
  refusals: ['unknown-location', 'limit-exceeded'],
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
          delta,
        }),
      )
      .min(1)
      .max(45),
  }),
  status: 201,
  response: z.object({ location: slug, reference: z.string(), lines: z.array(z.object({ sku, delta: z.int() })) }),
  refusals: ['unknown-location', 'unknown-sku', 'insufficient-stock', 'limit-exceeded'],
});

/** Where is it? */
export const readStock = defineApi({
  id: 'readStock',
  capability: 'stock',
  method: 'GET',
  path: '/v1/stock/{sku}',
  summary: 'Where a SKU is: every position and pool by state, and what channels have of it for themselves.',
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
  summary: "What a channel may sell of a SKU and by which terms: its own ring-fence, and its share of the pool's ATS.",
  scope: 'stock:read',
  params: z.strictObject({ channelId: slug, sku }),
  response: z.object({
    channelId: slug,
    sku,
    pool: slug,
    ats: count,
    ...terms.shape,
    /** Units that are set apart for this channel; no buffer applies to them. */
    fenced: count,
    /** `min(cap, fenced + max(0, floor((ats - buffer) * sharePercent / 100)))`; 0 while the channel is inactive. */
    available: count,
    asOf: time,
  }),
  refusals: ['unknown-channel', 'unknown-sku'],
});

/** What needs a person about stock? */
export const listStockExceptions = defineApi({
  id: 'listStockExceptions',
  capability: 'stock',
  method: 'GET',
  path: '/v1/stock/exceptions',
  summary: 'What needs a person about stock, oldest first: what it is, what it is about, and what to do.',
  scope: 'stock:read',
  query: z.strictObject(page),
  response: z.object({
    exceptions: z.array(
      z.object({
        exceptionId: z.string(),
        code: z.string(),
        subject: z.record(z.string(), z.string()),
        detail: z.string(),
        remedy: z.string(),
        quantity: count,
        raisedAt: time,
      }),
    ),
    cursor: z.string().optional(),
  }),
});
