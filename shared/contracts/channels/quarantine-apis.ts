import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { note, page, slug, time } from '../fields.ts';
import { deliveryResource } from './delivery-resource.ts';

const params = z.strictObject({ inboxId: z.string().max(64) });
const channel = z.strictObject({ channelId: slug });

/** Reads a delivery, as it came. */
export const readDelivery = defineApi({
  id: 'readDelivery',
  capability: 'channels',
  method: 'GET',
  path: '/v1/inbox/{inboxId}',
  summary: 'Read a delivery: its body byte for byte as it came, what became of it, why, and what it waits for.',
  scope: 'orders:read',
  params,
  response: deliveryResource.extend({
    /** The channel's own id of it. */
    deliveryId: z.string(),
    /** The channel's id of the order that it is about. */
    externalId: z.string().optional(),
    /** Of a waiting one: how often it was tried, and when it is next; without a time, when its channel is resumed. */
    attempts: z.int().optional(),
    retryAt: z.string().optional(),
    dismissed: z.object({ by: z.string(), at: z.string() }).optional(),
    /** `base64` where it is no UTF-8, `gzip+base64` where it would be too large to answer. */
    body: z.object({
      encoding: z.enum(['utf8', 'base64', 'gzip+base64']),
      data: z.string(),
      bytes: z.int(),
    }),
    version: z.int(),
    updatedAt: time,
  }),
  refusals: ['not-found'],
});

/** A channel's deliveries that are not done with. */
export const listInbox = defineApi({
  id: 'listInbox',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/inbox',
  summary:
    'List deliveries of a channel that are in quarantine, wait for their next try, or wait for the channel to be resumed. A page may hold fewer than asked for.',
  scope: 'orders:read',
  params: channel,
  query: z.strictObject({ state: z.enum(['QUARANTINED', 'WAITING', 'PAUSED']).default('QUARANTINED'), ...page }),
  response: z.object({ messages: z.array(deliveryResource), cursor: z.string().optional() }),
  refusals: ['not-found'],
});

/** Maps a whole quarantine again. */
export const retryQuarantine = defineApi({
  id: 'retryQuarantine',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/quarantine/retry',
  summary:
    'Map everything again that is in the quarantine of a channel, or everything of one code: in the background, begun within a minute.',
  scope: 'orders:write',
  params: channel,
  body: z.strictObject({ code: slug.optional() }).optional(),
  status: 202,
  response: z.object({ channelId: slug, code: z.string().optional(), askedAt: time }),
  refusals: ['not-found', 'invalid-request'],
});

/** Takes a delivery out of quarantine for good. */
export const dismissDelivery = defineApi({
  id: 'dismissDelivery',
  capability: 'channels',
  method: 'POST',
  path: '/v1/inbox/{inboxId}/dismiss',
  summary:
    'Decide that a delivery in quarantine, or one that waits, is none of ours: it is kept, ignored, with the reason.',
  scope: 'orders:write',
  params,
  body: z.strictObject({ reason: note }),
  response: deliveryResource,
  refusals: ['not-found', 'state-conflict'],
});
