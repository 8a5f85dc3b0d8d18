import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { slug } from '../fields.ts';
import { noticeKinds } from './notice.ts';

const notice = {
  orderId: z.string(),
  channelId: slug,
  /** The channel's id of the order. */
  externalId: z.string(),
  noticeId: z.string(),
  kind: z.enum(noticeKinds),
};
const exampleNotice = {
  orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
  channelId: 'shopify-us',
  externalId: '820982911946154508',
  noticeId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s-shipped-f1',
  kind: 'shipped' as const,
};

/** A channel knows. */
export const channelNoticeTold = defineEvent({
  name: 'ChannelNoticeTold',
  version: 1,
  capability: 'channels',
  fires:
    'When a channel has taken what it was told of one of its orders: that it is ours, that units left, were cancelled, refunded.',
  data: z.object({
    ...notice,
    /** The channel's own id of what it made of it. */
    reference: z.string().optional(),
  }),
  example: { ...exampleNotice, reference: '4321567890123' },
});

/** A channel will not be told. */
export const channelNoticeRefused = defineEvent({
  name: 'ChannelNoticeRefused',
  version: 1,
  capability: 'channels',
  fires: 'When a channel has finally refused to be told something of an order, or could not be told for two weeks.',
  data: z.object({ ...notice, reason: z.string() }),
  example: { ...exampleNotice, reason: 'The fulfillment order is closed at the channel.' },
});

/** A channel need not know. */
export const channelNoticeDismissed = defineEvent({
  name: 'ChannelNoticeDismissed',
  version: 1,
  capability: 'channels',
  fires: 'When a person decided that what a channel refused to be told is not told to it any more.',
  data: z.object({ ...notice, reason: z.string() }),
  example: { ...exampleNotice, reason: 'entered at the channel by hand' },
});
