import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { page, slug } from '../fields.ts';
import { deliveryResource } from './delivery-resource.ts';

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
  body: z
    .unknown()
    .describe(
      'What the channel sends, in its own form: JSON, XML, EDI. Its bytes are kept as they are, and its signature is checked over them.',
    ),
  status: 202,
  response: z.object({ inboxId: z.string(), duplicate: z.boolean() }),
  refusals: ['invalid-signature', 'not-found', 'malformed-request', 'body-too-large'],
  maximumBodyBytes: 5 * 1024 * 1024,
});

/** Answers what a channel asks before it delivers anything (eBay's challenge). */
export const answerChallenge = defineApi({
  id: 'answerChallenge',
  capability: 'channels',
  method: 'GET',
  path: '/webhooks/{channelId}',
  summary: 'Answer the question that a channel asks of this address before it delivers webhooks to it.',
  scope: 'public',
  params: z.strictObject({ channelId: slug }),
  query: z.record(z.string(), z.string()),
  response: z.record(z.string(), z.unknown()),
  refusals: ['not-found', 'invalid-request'],
});

/** What could not be mapped. */
export const listQuarantine = defineApi({
  id: 'listQuarantine',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/quarantine',
  summary:
    "A channel's deliveries that could not be mapped, with reason, remedy and suggestions: those of one cause together, the oldest first.",
  scope: 'orders:read',
  params: z.strictObject({ channelId: slug }),
  query: z.strictObject(page),
  response: z.object({ messages: z.array(deliveryResource), cursor: z.string().optional() }),
  refusals: ['not-found'],
});

/** Maps a delivery again. */
export const retryWebhook = defineApi({
  id: 'retryWebhook',
  capability: 'channels',
  method: 'POST',
  path: '/v1/inbox/{inboxId}/retry',
  summary:
    'Map a delivery again that is in quarantine, waits, or was ignored. Most causes have it tried again by themselves once they are mended.',
  scope: 'orders:write',
  params: z.strictObject({ inboxId: z.string().max(64) }),
  status: 202,
  response: deliveryResource,
  refusals: ['not-found', 'state-conflict'],
});
