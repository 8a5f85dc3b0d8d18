import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { sku, slug, time } from '../fields.ts';
import { driftCauses } from './drift-causes.ts';

const params = z.strictObject({ channelId: slug });
const summary = z.object({
  channelId: slug,
  number: z.int(),
  state: z.enum(['RUNNING', 'DONE', 'FAILED']),
  startedAt: time,
  updatedAt: time,
  finishedAt: time.optional(),
  /** How far it is: the last SKU that was looked at, in their order. */
  after: z.string().optional(),
  /** Listings that are looked at once more: of less than told a sale there may be on its way to us, what was told just now may not be shown yet, and what a pool said just now may not be recorded yet. */
  lookedAtAgain: z.int(),
  looksAgainAt: time
    .optional()
    .describe(
      'When the first of those is looked at once more: a minute (where a sale may be on its way, and a turn of polling) after it was seen; until then the run is RUNNING. Absent: none waits.',
    ),
  /** Listings compared, those that the channel shows otherwise than told, and those that it is told again. */
  compared: z.int(),
  drifted: z.int(),
  repaired: z.int(),
  /** Listings that the channel gave no answer for, again and again, and that were left out; absent: none. */
  unread: z.int().optional(),
  /** Differences by cause; `sold-there` and `not-told-yet` are no drift. */
  causes: z.partialRecord(z.enum(driftCauses), z.int()),
  /** Why it failed, and the remedy. */
  reason: z.string().optional(),
});
const run = summary.extend({
  /** The first hundred. */
  differences: z.array(
    z.object({
      sku,
      cause: z.enum(driftCauses),
      /** What the channel had acknowledged, else what it was to be told; absent: nothing was ever recorded for it. */
      ours: z.int().optional(),
      /** What it shows; absent: it does not know the SKU, or cannot be asked. */
      theirs: z.int().optional(),
      sellable: z.int().optional().describe('Of `not-recorded`: what it may sell by its pool, and is told now.'),
      at: time,
    }),
  ),
});

/** Compares now. */
export const startDrift = defineApi({
  id: 'startDrift',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/drift',
  summary:
    'Compare what a channel shows of our stock with what it was told, and that with what its pool says, and tell it again where it drifted; one that is under way is answered.',
  scope: 'network:write',
  params,
  body: z.strictObject({}).optional(),
  status: 202,
  response: run,
  refusals: ['not-found', 'state-conflict'],
});

/** What comparing has found. */
export const listDrift = defineApi({
  id: 'listDrift',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/drift',
  summary: 'See what comparing with a channel has found: its last 30 runs, the newest first.',
  scope: 'network:read',
  params,
  response: z.object({
    /** False where channels of this type cannot be asked what they show: then a run holds what they are to be told against what their pool says, and no more. */
    canBeRead: z.boolean(),
    runs: z.array(summary),
  }),
  refusals: ['not-found'],
});

/** One comparison. */
export const readDrift = defineApi({
  id: 'readDrift',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/drift/{number}',
  summary:
    'See how far a comparison with a channel is, and what it found: counts by cause and the first 100 differences.',
  scope: 'network:read',
  params: z.strictObject({ channelId: slug, number: z.string().max(64) }),
  response: run,
  refusals: ['not-found'],
});
