import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { time } from '../fields.ts';

/** The books were checked. */
export const auditCompleted = defineEvent({
  name: 'AuditCompleted',
  version: 1,
  capability: 'audit',
  fires: 'When the nightly audit has kept its report.',
  data: z.object({
    /** The day, UTC. */
    auditId: z.string(),
    checkedAt: time,
    /** False when time was over before everything was looked at. */
    complete: z.boolean(),
    /** True when every identity holds. */
    holds: z.boolean(),
    findings: z.int(),
    /** Differences that changed with every look. */
    unsettled: z.int(),
    /** Units that are promised and not there. */
    oversold: z.int(),
    positions: z.int(),
    pools: z.int(),
    orders: z.int(),
  }),
  example: {
    auditId: '2026-11-22',
    checkedAt: '2026-11-22T03:10:00.000Z',
    complete: true,
    holds: true,
    findings: 0,
    unsettled: 0,
    oversold: 0,
    positions: 1_000_000,
    pools: 250_000,
    orders: 4_000_000,
  },
});
