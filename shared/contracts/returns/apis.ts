import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { note, quantity, slug } from '../fields.ts';
import { dispositions } from './dispositions.ts';

const params = z.strictObject({ returnId: z.string().max(80) });
const lineId = z.string().max(64);
/** Lines of one return; send more back in several. With a position and a pool each, its inspection is one transaction of 100 actions. */
const maximumLines = 48;
const state = z.looseObject({
  returnId: z.string(),
  orderId: z.string(),
  location: slug,
  state: z.string(),
  version: z.int(),
  refundMinor: z.int().optional(),
  lines: z.array(z.looseObject({ lineId: z.string(), sku: z.string(), quantity: z.int() })),
});

/** A customer wants to send goods back. */
export const createReturn = defineApi({
  id: 'createReturn',
  capability: 'returns',
  method: 'POST',
  path: '/v1/orders/{orderId}/returns',
  summary: 'Create a return of units that were shipped; never more than were.',
  scope: 'returns:write',
  params: z.strictObject({ orderId: z.string().max(64) }),
  body: z.strictObject({
    location: slug,
    lines: z
      .array(z.strictObject({ lineId, quantity, reason: note }))
      .min(1)
      .max(maximumLines),
  }),
  status: 201,
  response: state,
  refusals: ['not-found', 'quantity-exceeded', 'unknown-location'],
});
/** The goods are in. */
export const receiveReturn = defineApi({
  id: 'receiveReturn',
  capability: 'returns',
  method: 'POST',
  path: '/v1/returns/{returnId}/receive',
  summary: 'Count the goods in. Without lines, all that was expected came.',
  scope: 'returns:write',
  params,
  body: z
    .strictObject({
      location: slug.optional(),
      lines: z
        .array(z.strictObject({ lineId, quantity: z.int().min(0).max(1_000_000_000) }))
        .min(1)
        .max(maximumLines)
        .optional(),
    })
    .optional(),
  response: state,
  refusals: ['not-found', 'state-conflict', 'quantity-exceeded', 'unknown-location'],
});
/** Each unit is judged. */
export const inspectReturn = defineApi({
  id: 'inspectReturn',
  capability: 'returns',
  method: 'POST',
  path: '/v1/returns/{returnId}/inspect',
  summary:
    'Say per unit what becomes of it: restock, damaged, quality control, write off, missing. The refund follows.',
  scope: 'returns:write',
  params,
  body: z.strictObject({
    lines: z
      .array(z.strictObject({ lineId, quantity, disposition: z.enum(dispositions), note: note.optional() }))
      .min(1)
      .max(4 * maximumLines),
  }),
  response: state,
  refusals: ['not-found', 'state-conflict', 'quantity-exceeded'],
});
/** It will not come. */
export const cancelReturn = defineApi({
  id: 'cancelReturn',
  capability: 'returns',
  method: 'POST',
  path: '/v1/returns/{returnId}/cancel',
  summary: 'Cancel a return before its goods came.',
  scope: 'returns:write',
  params,
  body: z.strictObject({ reason: note }),
  response: state,
  refusals: ['not-found', 'state-conflict'],
});
/** Reads one. */
export const readReturn = defineApi({
  id: 'readReturn',
  capability: 'returns',
  method: 'GET',
  path: '/v1/returns/{returnId}',
  summary: 'Read a return.',
  scope: 'returns:read',
  params,
  response: state,
  refusals: ['not-found'],
});
