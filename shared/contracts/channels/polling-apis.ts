import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { slug, time } from '../fields.ts';

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
  /** Why the last call failed; it is tried again. */
  error: z.string().optional(),
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
  refusals: ['unknown-channel'],
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
