import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { page, slug } from '../fields.ts';

const message = z.object({
  inboxId: z.string(),
  channelId: slug,
  topic: z.string(),
  state: z.string(),
  reason: z.string().optional(),
  receivedAt: z.string(),
});

/** Takes in a channel's webhook. The signature is its key. */
export const receiveWebhook = defineApi({
  id: 'receiveWebhook',
  capability: 'channels',
  method: 'POST',
  path: '/webhooks/{channelId}',
  summary:
    "Take in a channel's webhook: signature over the raw bytes, stored raw, answered at once, processed from a queue.",
  scope: 'public',
  params: z.strictObject({ channelId: slug }),
  body: z.unknown(),
  status: 202,
  response: z.object({ inboxId: z.string(), duplicate: z.boolean() }),
  refusals: ['invalid-signature', 'not-found', 'malformed-request', 'body-too-large'],
  maximumBodyBytes: 5 * 1024 * 1024,
});

/** What could not be mapped. */
export const listQuarantine = defineApi({
  id: 'listQuarantine',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/quarantine',
  summary: "A channel's deliveries that could not be mapped, with reason and remedy.",
  scope: 'orders:read',
  params: z.strictObject({ channelId: slug }),
  query: z.strictObject(page),
  response: z.object({ messages: z.array(message), cursor: z.string().optional() }),
});

/** Maps a delivery again. */
export const retryWebhook = defineApi({
  id: 'retryWebhook',
  capability: 'channels',
  method: 'POST',
  path: '/v1/inbox/{inboxId}/retry',
  summary: 'Map a quarantined delivery again, after its cause was mended.',
  scope: 'orders:write',
  params: z.strictObject({ inboxId: z.string().max(64) }),
  status: 202,
  response: message,
  refusals: ['not-found', 'state-conflict'],
});
