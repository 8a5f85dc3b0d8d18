import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { externalId, page, sku, slug, time } from '../fields.ts';

const units = z.record(z.string(), z.int());

/** What has counters: a position (location), a pool (of a hot SKU one of its stripes) or a channel's share of a pool. */
const place = z.object({
  level: z.enum(['position', 'pool', 'share']),
  sku,
  location: slug.optional(),
  pool: slug.optional(),
  stripe: z.int().optional(),
  channel: slug.optional(),
});

const entry = z.object({
  place,
  /** Counts the writes of its place from 1. */
  version: z.int(),
  at: time,
  operation: z.string(),
  reference: z.string(),
  actor: z.string(),
  reason: z.string().optional(),
  /** The counters that changed: as they were, as they are, and by how many units. */
  before: units,
  after: units,
  change: units,
});

const entries = z.object({ entries: z.array(entry), cursor: z.string().optional() });
const times = { from: time.optional(), to: time.optional() };

/** Who moved this SKU? */
export const readStockLedger = defineApi({
  id: 'readStockLedger',
  capability: 'ledger',
  method: 'GET',
  path: '/v1/stock/{sku}/ledger',
  summary:
    'Who moved a SKU, where and why, with before and after, newest first over all its places; follows within about a second. A page may have fewer entries than its limit and a cursor.',
  scope: 'stock:read',
  params: z.strictObject({ sku }),
  query: z.strictObject({
    location: slug.optional(),
    pool: slug.optional(),
    reference: externalId.optional(),
    ...times,
    ...page,
  }),
  response: entries,
  refusals: ['not-found', 'invalid-request'],
});

/** What happened at this location? */
export const readLocationLedger = defineApi({
  id: 'readLocationLedger',
  capability: 'ledger',
  method: 'GET',
  path: '/v1/locations/{locationId}/ledger',
  summary: 'What happened on the shelves of a location, newest first; 31 days at most; follows within about a second.',
  scope: 'stock:read',
  params: z.strictObject({ locationId: slug }),
  query: z.strictObject({ ...times, ...page }),
  response: entries,
  refusals: ['invalid-request'],
});

/** Who moved what for this order? */
export const readOrderLedger = defineApi({
  id: 'readOrderLedger',
  capability: 'ledger',
  method: 'GET',
  path: '/v1/orders/{orderId}/stock-ledger',
  summary:
    'Every movement of stock for an order, its fulfillment orders and its returns, newest first; follows within about a second.',
  scope: 'stock:read',
  params: z.strictObject({ orderId: externalId }),
  query: z.strictObject(page),
  response: entries,
  refusals: ['not-found', 'invalid-request'],
});

/** How did it stand? */
export const readStockAsOf = defineApi({
  id: 'readStockAsOf',
  capability: 'ledger',
  method: 'GET',
  path: '/v1/stock/{sku}/as-of',
  summary: 'Every position, pool and share of a SKU as it was at a time; what was not there yet is left out.',
  scope: 'stock:read',
  params: z.strictObject({ sku }),
  query: z.strictObject({ at: time }),
  response: z.object({
    sku,
    at: time,
    places: z.array(
      z.object({
        place,
        counts: units,
        version: z.int(),
        /** When it came to be so, and by what. */
        since: time,
        operation: z.string(),
        reference: z.string(),
        /** The pool that a position counted in. */
        inPool: slug.optional(),
      }),
    ),
  }),
  refusals: ['not-found', 'invalid-request'],
});
