import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { externalId, note, page, quantity, sku, slug, time } from '../fields.ts';
import { eachOnce, locationParams, shelfState } from './resources.ts';

/**
 * A line is three items of one transaction (shelf, pool, the supply at the destination), and DynamoDB takes 100:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const mostLines = 32;
const params = z.strictObject({ transferId: z.string() });

const transferResource = z.object({
  transferId: z.string(),
  from: slug,
  to: slug,
  state: z.string(),
  reference: z.string(),
  eta: time.optional(),
  dispatchedAt: time,
  updatedAt: time,
  closedReason: z.string().optional(),
  version: z.int(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int(), received: z.int(), inTransit: z.int() })),
});

/** Sends goods to another location. */
export const createTransfer = defineApi({
  id: 'createTransfer',
  capability: 'stock',
  method: 'POST',
  path: '/v1/transfers',
  summary:
    'Send goods from one location to another: they leave the shelf now, and only what is promised to nobody. With an eta they count as supply of the destination.',
  scope: 'stock:write',
  body: z.strictObject({
    from: slug,
    to: slug,
    lines: eachOnce(z.strictObject({ sku, quantity }), 'sku', mostLines),
    reference: externalId,
    eta: time.optional(),
  }),
  status: 201,
  response: transferResource,
  refusals: ['unknown-location', 'unknown-sku', 'insufficient-stock'],
});

/** Reads a transfer. */
export const readTransfer = defineApi({
  id: 'readTransfer',
  capability: 'stock',
  method: 'GET',
  path: '/v1/transfers/{transferId}',
  summary: 'Read a transfer: what was sent, what has arrived, what is on the road.',
  scope: 'stock:read',
  params,
  response: transferResource,
  refusals: ['not-found'],
});

/** Lists what is on its way to a location. */
export const listTransfers = defineApi({
  id: 'listTransfers',
  capability: 'stock',
  method: 'GET',
  path: '/v1/locations/{locationId}/transfers',
  summary: 'The transfers on their way to a location, the longest on the road first.',
  scope: 'stock:read',
  params: locationParams,
  query: z.strictObject(page),
  response: z.object({ transfers: z.array(transferResource), cursor: z.string().optional() }),
});

/** Goods of a transfer arrived. */
export const receiveTransfer = defineApi({
  id: 'receiveTransfer',
  capability: 'stock',
  method: 'POST',
  path: '/v1/transfers/{transferId}/receive',
  summary: 'Take in what arrived of a transfer, in as many calls as it comes; never more than is on the road.',
  scope: 'stock:write',
  params,
  body: z.strictObject({
    lines: eachOnce(z.strictObject({ sku, quantity, to: shelfState.default('sellable') }), 'sku', mostLines),
  }),
  response: transferResource,
  refusals: ['not-found', 'state-conflict', 'quantity-exceeded', 'unknown-location', 'limit-exceeded'],
});

/** Ends a transfer of which not everything arrived. */
export const closeTransfer = defineApi({
  id: 'closeTransfer',
  capability: 'stock',
  method: 'POST',
  path: '/v1/transfers/{transferId}/close',
  summary: 'End a transfer of which not everything arrived: what is missing is written off.',
  scope: 'stock:write',
  params,
  body: z.strictObject({ reason: note }),
  response: transferResource,
  refusals: ['not-found', 'state-conflict'],
});
