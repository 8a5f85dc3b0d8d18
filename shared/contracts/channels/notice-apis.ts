import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { note, page, slug, time } from '../fields.ts';
import { noticeKinds } from './notice.ts';

const channel = z.strictObject({ channelId: slug });
const notice = channel.extend({ noticeId: z.string().max(200) });

/** Something that a channel is told of an order. */
const noticeResource = z.object({
  noticeId: z.string(),
  channelId: slug,
  orderId: z.string(),
  /** The channel's id of the order. */
  externalId: z.string(),
  kind: z.enum(noticeKinds),
  /** What happened, by kind. */
  facts: z.looseObject({}),
  state: z.string(),
  happenedAt: time,
  /** Of a pending one: when it is told next. */
  dueAt: time.optional(),
  tries: z.int(),
  /** The channel's own id of what it made of it. */
  reference: z.string().optional(),
  /** Why it is not told yet, or never, in words. */
  reason: z.string().optional(),
  dismissed: z.object({ by: z.string(), at: time, reason: z.string() }).optional(),
  version: z.int(),
});

/** What a channel is not told yet, or will not be told. */
export const listNotices = defineApi({
  id: 'listNotices',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/notices',
  summary:
    'List what a channel is still to be told of its orders, or has refused to be told, with the reason. A page may hold fewer than asked for.',
  scope: 'orders:read',
  params: channel,
  query: z.strictObject({ state: z.enum(['PENDING', 'REFUSED']).default('REFUSED'), ...page }),
  response: z.object({ notices: z.array(noticeResource), cursor: z.string().optional() }),
  refusals: ['not-found'],
});

/** Tells a channel again. */
export const retryNotice = defineApi({
  id: 'retryNotice',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/notices/{noticeId}/retry',
  summary:
    'Tell a channel again what it has refused to be told, once the reason is mended; or now what waits for its next try, with what comes before it of its order.',
  scope: 'orders:write',
  params: notice,
  body: z.strictObject({}).optional(),
  response: noticeResource,
  refusals: ['not-found', 'state-conflict'],
});

/** Leaves a channel untold. */
export const dismissNotice = defineApi({
  id: 'dismissNotice',
  capability: 'channels',
  method: 'POST',
  path: '/v1/channels/{channelId}/notices/{noticeId}/dismiss',
  summary: 'Decide that a channel need not be told what it has refused: the order’s exception is over.',
  scope: 'orders:write',
  params: notice,
  body: z.strictObject({ reason: note }),
  response: noticeResource,
  refusals: ['not-found', 'state-conflict'],
});
