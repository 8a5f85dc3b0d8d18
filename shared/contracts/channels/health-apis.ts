import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { sku, slug } from '../fields.ts';

const params = z.strictObject({ channelId: slug });
const urgency = z.enum(['now', 'fall', 'rise']);
const error = z.object({ at: z.string(), code: z.string(), detail: z.string() });
const refused = error;
/** Of calls in a row without an answer: since when, how many, and why the last had none. */
const failing = z.object({ since: z.string(), tries: z.int().optional(), reason: z.string().optional() });
const backlog = z.object({
  count: z.int(),
  /** True when there are more. */
  more: z.boolean(),
});

/** What is told of a SKU's stock. */
export const offerResource = z.object({
  channelId: slug,
  sku,
  /** What the channel should show, and since when that is known. */
  wanted: z.int(),
  wantedAt: z.string(),
  /** What it acknowledged last; absent: nothing yet. */
  published: z.int().optional(),
  publishedAt: z.string().optional(),
  /** By the channel's own location ids, where it is told so. */
  publishedLocations: z.record(z.string(), z.int()).optional(),
  /** Present while it must be told: how urgent that is, not before when, and since when it does not know. */
  due: z.object({ urgency, at: z.string(), since: z.string() }).optional(),
  /** A call had no answer: what the channel shows is not known. */
  uncertain: z.literal(true).optional(),
  /** Present while the channel does not answer for it; it is told again by itself. */
  failing: failing.optional(),
  /** Why the channel will not have it. */
  refused: refused.optional(),
});

/** How a channel is doing. */
export const readChannelHealth = defineApi({
  id: 'readChannelHealth',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/health',
  summary:
    'How a channel is told what it must know: what each lane does, what waits, how late the last hour was, which calls its limits leave, and what it refused.',
  scope: 'network:read',
  params,
  response: z.object({
    channelId: slug,
    paused: z.boolean(),
    lanes: z.array(
      z.object({
        lane: z.string(),
        /** `waiting`: until a limit, a time or a short rest is over; `open`: the channel failed again and again. */
        state: z.enum(['idle', 'working', 'waiting', 'open']),
        until: z.string().optional(),
        /** Failures in a row. */
        failures: z.int(),
        lastSuccessAt: z.string().optional(),
        lastError: error.optional(),
      }),
    ),
    stock: z.object({
      /** Why it is told of no stock at all, and what to do; absent: it is, or channels of its type are not. */
      lacks: z.string().optional(),
      /** What waits, by urgency. */
      waiting: z.object({ now: backlog, fall: backlog, rise: backlog }),
      oldestDueSince: z
        .string()
        .optional()
        .describe(
          'Since when the oldest change waits. Exact where no count of `waiting` says `more`; else of the first and the last 500 of each urgency.',
        ),
      lag: z
        .object({ count: z.int(), p50Ms: z.int(), p99Ms: z.int(), longestMs: z.int() })
        .optional()
        .describe(
          "From the change to the channel's yes, in milliseconds, over the last hour. Changes are counted between bounds that double (250, 500, 1000 and so on) and the percentiles are estimated between them; `longestMs` is exact.",
        ),
      failing: z
        .array(failing.extend({ sku }))
        .describe(
          'SKUs that the channel does not answer for, those that fail longest first, 20 at most; looked for where `oldestDueSince` is.',
        ),
      refused: backlog,
      /** Those refused longest ago, 20 at most. */
      refusals: z.array(refused.extend({ sku })),
    }),
    /** What it is told of its orders: notices that wait, and those that it refused. */
    orders: z.object({ pending: backlog, refused: backlog }),
    /** Products and prices: publications that it rejected. */
    listings: z.object({ rejected: backlog }),
    /** Calls that the channel's limits leave now, by operation. */
    callsLeft: z.record(z.string(), z.int()),
  }),
  refusals: ['not-found'],
});

/** What a channel is told of a SKU. */
export const readOffer = defineApi({
  id: 'readOffer',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/offers/{sku}',
  summary:
    "What a channel should show of a SKU's stock, what it acknowledged, whether it must be told, and what it refused.",
  scope: 'network:read',
  params: z.strictObject({ channelId: slug, sku }),
  response: offerResource,
  refusals: ['not-found'],
});

/** Has refused SKUs told again. */
export const retryOffers = defineApi({
  id: 'retryOffers',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/offers/retry',
  summary:
    'Tell a channel again what it refused, and at once what it does not answer for and is waited with: some SKUs, or up to 1,000 of all.',
  scope: 'network:write',
  params,
  body: z.strictObject({ skus: z.array(sku).min(1).max(100).optional() }).optional(),
  response: z.object({
    /** SKUs that are told again. */
    retried: z.int(),
    /** True when more are left. */
    more: z.boolean(),
    /** Those of the named SKUs that are not listed on the channel. */
    unknown: z.array(sku),
    /** Those of the named SKUs for which there is nothing to retry, each with the reason. */
    untouched: z.array(z.object({ sku, reason: z.string() })).optional(),
  }),
  refusals: ['not-found', 'too-busy'],
});
