import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { slug } from '../fields.ts';
import { channelTypes } from '../network/channel-types.ts';
import { channelFields, channelResource, putChannelResource } from '../network/apis.ts';

const params = z.strictObject({ channelId: slug });
const need = z.object({
  required: z.boolean(),
  what: z.string(),
  default: z.string().optional(),
  /** The only values that it may have. */
  oneOf: z.array(z.string()).readonly().optional(),
  /** `url`: an address, https or on this machine. */
  form: z.literal('url').optional(),
  /** It is required where this setting has this value. */
  requiredWith: z.object({ setting: z.string(), value: z.string() }).optional(),
  /** It is required where the channel has no `endpoint`. */
  orEndpoint: z.literal(true).optional(),
  /** It says where the channel is, or where its stock is told: where it changes, all of the channel is told anew. */
  place: z.literal(true).optional(),
});

/** What each type of channel must be told. */
export const listChannelTypes = defineApi({
  id: 'listChannelTypes',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channel-types',
  summary:
    'What each type of channel can do and must be told: settings and credentials by name, and where to find them.',
  scope: 'network:read',
  response: z.object({
    types: z.array(
      z.object({
        type: z.enum(channelTypes),
        /** What it does: `webhooks`, `polling`, `tell` (what becomes of its orders), `availability`, `listings`, `check`. */
        abilities: z.array(z.string()),
        settings: z.record(z.string(), need),
        credentials: z.record(z.string(), need),
        /** Of these sets of credentials one is needed, whole. */
        credentialSets: z.array(z.array(z.string()).readonly()).readonly().optional(),
        /** The kind of `endpoint` that its channels may have; absent: none. */
        endpoint: z.enum(['webhook', 'shopify']).optional(),
        signing: z.string().optional(),
      }),
    ),
  }),
});

/** Adds a channel. */
export const createChannel = defineApi({
  id: 'createChannel',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels',
  summary:
    'Add a channel in one call: what it sells from, how to speak to it, and its credentials, which are kept in Secrets Manager.',
  scope: 'network:write',
  body: z.strictObject({
    channelId: slug,
    ...channelFields,
    credentials: z
      .strictObject({
        signing: z.string().min(8).max(4096).optional(),
        values: z.record(z.string().max(50), z.string().min(1).max(4096)).optional(),
      })
      .default({}),
  }),
  status: 201,
  response: putChannelResource.extend({
    /** Where the channel is to send its webhooks, below this API's address. */
    webhookPath: z.string().optional(),
  }),
  refusals: ['state-conflict', 'limit-exceeded'],
});

/** Reads a channel. */
export const readChannel = defineApi({
  id: 'readChannel',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}',
  summary: 'Read a channel, without its secrets.',
  scope: 'network:read',
  params,
  response: channelResource.extend({ paused: z.boolean(), webhookPath: z.string().optional() }),
  refusals: ['not-found'],
});

/** Looks whether a channel can be spoken to. */
export const testChannel = defineApi({
  id: 'testChannel',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/test',
  summary:
    'Test the connection to a channel: what works, what is missing, and how to mend it. Changes nothing; where all is well, what waits for the channel is tried at once.',
  scope: 'network:write',
  params,
  body: z.strictObject({}).optional(),
  response: z.object({
    channelId: slug,
    ok: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  }),
  refusals: ['not-found'],
});

const paused = z.object({ channelId: slug, paused: z.boolean(), version: z.int() });

/** Pauses a channel. */
export const pauseChannel = defineApi({
  id: 'pauseChannel',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/pause',
  summary: 'Pause a channel: what it delivers is kept and waits, and it is not asked for anything.',
  scope: 'network:write',
  params,
  body: z.strictObject({}).optional(),
  response: paused,
  refusals: ['not-found'],
});

/** Resumes it. */
export const resumeChannel = defineApi({
  id: 'resumeChannel',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/resume',
  summary: 'Resume a channel: what waited goes on within a minute, in the order in which it came.',
  scope: 'network:write',
  params,
  body: z.strictObject({}).optional(),
  response: paused,
  refusals: ['not-found'],
});
