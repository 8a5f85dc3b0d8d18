import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { time } from '../fields.ts';

const count = z.int();

const finding = z.object({
  /** Names it for a repair. */
  id: z.string(),
  identity: z.string(),
  meaning: z.string(),
  subject: z.record(z.string(), z.string()),
  /** The counter less what it should be, in units. */
  difference: count,
  /** The counters, orders, fulfillment orders and holds concerned: at most ten of a kind, with their versions. */
  evidence: z
    .array(z.object({ what: z.string(), id: z.string(), version: z.int(), units: count }))
    .readonly()
    .optional(),
  repairable: z.boolean(),
  remedy: z.string(),
});

/** Do the books agree with the shelves? */
export const auditStock = defineApi({
  id: 'auditStock',
  capability: 'audit',
  method: 'GET',
  path: '/v1/stock/audit',
  summary:
    'Check every stock identity over all positions, pools, shares, orders, holds and supplies. For what 25 seconds suffice; else `complete` is false and `npm run audit` or the nightly audit says more.',
  scope: 'stock:read',
  response: z.object({
    checkedAt: time,
    /** False when time was over before everything was looked at. */
    complete: z.boolean(),
    /** How much was looked at. */
    positions: count,
    pools: count,
    shares: count,
    orders: count,
    fulfillmentOrders: count,
    holdsOfStock: count,
    backorders: count,
    supplies: count,
    transfers: count,
    /** Units that are promised and not there: below-zero ATS of all pools, as a positive number. */
    oversold: count,
    /** True when everything was looked at and every identity holds. */
    holds: z.boolean(),
    /** Differences that changed with every look: too busy to tell. */
    unsettled: count,
    /** How many there are; at most a hundred are listed. */
    found: count,
    findings: z.array(finding),
  }),
});

/** Puts derived counters right. */
export const repairStock = defineApi({
  id: 'repairStock',
  capability: 'audit',
  method: 'POST',
  path: '/v1/stock/audit/repairs',
  summary:
    'Repair findings of an audit: derived counters are set to what orders, holds, shares and shelves say; physical counts are never touched.',
  scope: 'stock:write',
  body: z.strictObject({ findings: z.array(z.string().min(1).max(1000)).min(1).max(20) }),
  response: z.object({
    repairs: z.array(
      z.object({
        finding: z.string(),
        /** `settled`: it adds up by now. `for-a-person`: somebody must decide. */
        outcome: z.enum(['repaired', 'settled', 'for-a-person', 'too-busy']),
        detail: z.string(),
      }),
    ),
  }),
  refusals: ['not-found', 'too-busy'],
});
