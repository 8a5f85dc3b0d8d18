import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { slug } from '../fields.ts';

const longestOverlapSeconds = 30 * 86_400;
const secretText = z.string().min(8).max(4096);
const valueName = z.string().regex(/^[a-z][A-Za-z0-9]{0,49}$/, 'must be a name such as accessToken or clientSecret');

/** Gives a channel credentials. */
export const putChannelCredentials = defineApi({
  id: 'putChannelCredentials',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/credentials',
  summary:
    'Give a channel a new signing secret (the one before stays accepted for the overlap) or values such as access tokens, and take values away. They are never read back.',
  scope: 'network:write',
  params: z.strictObject({ channelId: slug }),
  body: z
    .strictObject({
      /** The secret that is to sign webhooks from now on, in and out. */
      signing: secretText.optional(),
      /** How long the secrets before it stay accepted, in seconds; 0 ends them at once. Left out: a day. */
      overlapSeconds: z.int().min(0).max(longestOverlapSeconds).optional(),
      /** What opens the channel's API, by the names that its type knows; null takes one away. */
      values: z.record(valueName, z.string().min(1).max(4096).nullable()).optional(),
    })
    .refine(({ signing, values }) => signing !== undefined || Object.keys(values ?? {}).length > 0, {
      path: ['signing'],
      error: 'must be given, or values',
    })
    .refine(({ signing, overlapSeconds }) => overlapSeconds === undefined || signing !== undefined, {
      path: ['overlapSeconds'],
      error: 'needs signing: name the secret that is to stay',
    }),
  response: z.object({
    channelId: slug,
    /** The signing secrets that are accepted, the newest first. */
    signing: z.array(z.object({ addedAt: z.string(), until: z.string().optional() })),
    /** What else is there, and since when. */
    values: z.array(z.object({ name: z.string(), since: z.string().optional() })),
  }),
  refusals: ['not-found', 'limit-exceeded'],
});
