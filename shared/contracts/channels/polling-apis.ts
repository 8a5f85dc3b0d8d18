import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { slug, time } from '../fields.ts';

const health = {
  /** When a page was last read and stored. */
  workedAt: time.optional(),
  /** Why, and when, the last try failed; it is tried again. Absent once one has worked. */
  error: z.string().optional(),
  failedAt: time.optional(),
};
const backfill = z.object({
  backfillId: z.string(),
  channelId: slug,
  from: time,
  to: time.optional(),
  state: z.string(),
  /** Pages that were read, orders in them, and how many were not known as they are. */
  pages: z.int(),
  found: z.int(),
  stored: z.int(),
  ...health,
  startedAt: time,
  updatedAt: time,
});
const params = z.strictObject({ channelId: slug, backfillId: z.string().max(64) });

/** Asks a channel for the orders of a period. */
export const startBackfill = defineApi({
  id: 'startBackfill',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/backfills',
  summary: 'Ask a channel for all orders that changed in a period; what is here already is not taken twice.',
  scope: 'orders:write',
  params: z.strictObject({ channelId: slug }),
  body: z.strictObject({ from: time, to: time.optional() }),
  status: 202,
  response: backfill,
  refusals: ['not-found'],
});

/** Reads how far it is. */
export const readBackfill = defineApi({
  id: 'readBackfill',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/backfills/{backfillId}',
  summary: 'Read how far a backfill is.',
  scope: 'orders:read',
  params,
  response: backfill,
  refusals: ['not-found'],
});

/** Stops it. */
export const stopBackfill = defineApi({
  id: 'stopBackfill',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/backfills/{backfillId}/stop',
  summary: 'Stop a backfill; what it found stays.',
  scope: 'orders:write',
  params,
  body: z.strictObject({}).optional(),
  response: backfill,
  refusals: ['not-found'],
});

/** How the asking goes. */
export const listPolls = defineApi({
  id: 'listPolls',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/polls',
  summary: 'See how the asking for orders goes: when it last worked, and what keeps it from working.',
  scope: 'orders:read',
  params: z.strictObject({ channelId: slug }),
  response: z.object({
    /** The live one, which follows the channel, and backfills that are not over. A channel that is not asked has none. */
    polls: z.array(
      z.object({
        kind: z.enum(['live', 'backfill']),
        backfillId: z.string().optional(),
        state: z.string(),
        /** The window that is asked for; of the live one between two windows, where the next begins. */
        from: time,
        to: time.optional(),
        /** When it is asked next. */
        dueAt: time,
        pages: z.int(),
        found: z.int(),
        stored: z.int(),
        /** How many tries have failed in a row. */
        failures: z.int(),
        ...health,
      }),
    ),
  }),
  refusals: ['not-found'],
});
