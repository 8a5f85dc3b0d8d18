import * as z from 'zod';
import { slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

/** A channel's webhook is on disk. */
export const webhookReceived = defineEvent({
  name: 'WebhookReceived',
  version: 1,
  capability: 'channels',
  fires: 'When a delivery with a good signature was stored, raw; never for a repeat of the same delivery.',
  data: z.object({ inboxId: z.string(), channelId: slug, topic: z.string() }),
  example: { inboxId: 'in_7m2k9c4t1v8x3z5b6n0p2q4r6s', channelId: 'shopify-us', topic: 'orders/create' },
});

/** A channel has said something new of an order. */
export const channelOrderChanged = defineEvent({
  name: 'ChannelOrderChanged',
  version: 1,
  capability: 'channels',
  fires: 'When a delivery said something new of an order: our order is captured, or brought to what the channel has.',
  data: z.object({
    orderId: z.string(),
    channelId: slug,
    externalId: z.string(),
    /** A sale at a till: its goods have left the store. */
    takenAway: z.boolean(),
  }),
  example: {
    orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    channelId: 'shopify-us',
    externalId: '820982911946154508',
    takenAway: false,
  },
});

/** A delivery could not be mapped. */
export const webhookQuarantined = defineEvent({
  name: 'WebhookQuarantined',
  version: 1,
  capability: 'channels',
  fires: 'When a stored delivery could not be mapped; it is kept with the reason, and mapped again on request.',
  data: z.object({
    inboxId: z.string(),
    channelId: slug,
    topic: z.string(),
    code: z.string(),
    reason: z.string(),
  }),
  example: {
    inboxId: 'in_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    channelId: 'shopify-us',
    topic: 'orders/create',
    code: 'unknown-sku',
    reason: 'no SKU is listed for variant 39072856',
  },
});

/** A channel is to be asked for its orders. */
export const ordersPollDue = defineEvent({
  name: 'OrdersPollDue',
  version: 1,
  capability: 'channels',
  fires: 'When it is time to ask a channel for the orders that changed, or to go on with it.',
  data: z.object({ pollId: z.string(), channelId: slug }),
  example: { pollId: 'adobe-eu', channelId: 'adobe-eu' },
});

/** A channel's order cannot be captured as it is. */
export const channelOrderRefused = defineEvent({
  name: 'ChannelOrderRefused',
  version: 1,
  capability: 'orders',
  fires:
    'When an order that a channel brought was refused for a reason that trying again does not mend; its delivery goes to quarantine.',
  data: z.object({ orderId: z.string(), channelId: slug, inboxId: z.string(), code: z.string(), reason: z.string() }),
  example: {
    orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    channelId: 'shopify-us',
    inboxId: 'in_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    code: 'limit-exceeded',
    reason: 'This order of 98 SKUs needs 101 writes and may need 99.',
  },
});
