import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { note, page, sku, slug, time } from '../fields.ts';
import { eachOnce, locationParams, onHand } from './resources.ts';
import { varianceReasons } from './variance-reasons.ts';

/** A count fits one item of the table, and one call of whoever counts. */
const mostSkus = 500;
const reason = z.enum(varianceReasons);
const params = z.strictObject({ countId: z.string() });
const skus = z
  .array(sku)
  .min(1)
  .max(mostSkus)
  .refine((list) => new Set(list).size === list.length, 'must name each SKU once');

/** A count as it is shown: while it is ASSIGNED nobody is told what the books say. */
const countResource = z.object({
  countId: z.string(),
  location: slug,
  state: z.string(),
  assignedTo: z.string().optional(),
  createdAt: time,
  updatedAt: time,
  /** How often it was sent back. */
  recounts: z.int(),
  version: z.int(),
  lines: z.array(
    z.object({
      sku: z.string(),
      counted: z.int().optional(),
      /** On hand by the books when it was submitted. */
      expected: z.int().optional(),
      variance: z.int().optional(),
      reason: reason.optional(),
      applied: z.boolean().optional(),
    }),
  ),
});

/** Opens a count. */
export const createCount = defineApi({
  id: 'createCount',
  capability: 'stock',
  method: 'POST',
  path: '/v1/counts',
  summary: 'Ask for a count of some SKUs at a location.',
  scope: 'stock:write',
  body: z.strictObject({ location: slug, skus, assignedTo: note.optional() }),
  status: 201,
  response: countResource,
  refusals: ['unknown-location', 'state-conflict'],
});

/** Reads a count. */
export const readCount = defineApi({
  id: 'readCount',
  capability: 'stock',
  method: 'GET',
  path: '/v1/counts/{countId}',
  summary: 'Read a count. Whoever counts is not told what the books say: that is shown from REVIEW on.',
  scope: 'stock:read',
  params,
  response: countResource,
  refusals: ['not-found'],
});

/** Lists open counts. */
export const listCounts = defineApi({
  id: 'listCounts',
  capability: 'stock',
  method: 'GET',
  path: '/v1/locations/{locationId}/counts',
  summary: "A location's open counts, oldest first.",
  scope: 'stock:read',
  params: locationParams,
  query: z.strictObject(page),
  response: z.object({
    counts: z.array(
      z.object({
        countId: z.string(),
        state: z.string(),
        assignedTo: z.string().optional(),
        createdAt: time,
        lines: z.int(),
      }),
    ),
    cursor: z.string().optional(),
  }),
});

/** What was counted. */
export const submitCount = defineApi({
  id: 'submitCount',
  capability: 'stock',
  method: 'POST',
  path: '/v1/counts/{countId}/submit',
  summary:
    'Submit what was counted, each SKU that is asked for; it is compared with the books as they are at this moment.',
  scope: 'stock:write',
  params,
  body: z.strictObject({ lines: eachOnce(z.strictObject({ sku, counted: onHand }), 'sku', mostSkus) }),
  response: countResource,
  refusals: ['not-found', 'state-conflict'],
});

/** Sends a count back. */
export const recountStock = defineApi({
  id: 'recountStock',
  capability: 'stock',
  method: 'POST',
  path: '/v1/counts/{countId}/recount',
  summary: 'Send a count back to be counted anew: the SKUs that are named, or all of them.',
  scope: 'stock:write',
  params,
  body: z.strictObject({ skus: skus.optional() }),
  response: countResource,
  refusals: ['not-found', 'state-conflict'],
});

/** Brings a count into the books. */
export const completeCount = defineApi({
  id: 'completeCount',
  capability: 'stock',
  method: 'POST',
  path: '/v1/counts/{countId}/complete',
  summary:
    'Bring the differences of a count into the books, each with its reason. What moved since it was submitted stays; what is promised is no obstacle, because a count is a fact.',
  scope: 'stock:write',
  params,
  body: z.strictObject({
    varianceReasons: z
      .array(z.strictObject({ sku, reason }))
      .max(mostSkus)
      .refine((list) => new Set(list.map((one) => one.sku)).size === list.length, 'must name each SKU once')
      .default([]),
  }),
  response: countResource,
  refusals: ['not-found', 'state-conflict', 'limit-exceeded'],
});

/** Gives a count up. */
export const cancelCount = defineApi({
  id: 'cancelCount',
  capability: 'stock',
  method: 'POST',
  path: '/v1/counts/{countId}/cancel',
  summary: 'Give a count up; the books stay as they are.',
  scope: 'stock:write',
  params,
  response: countResource,
  refusals: ['not-found', 'state-conflict'],
});
