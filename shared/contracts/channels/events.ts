import * as z from 'zod';
import { slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';
import { orderInput } from '../orders/resources.ts';

/** A channel's webhook is on disk. */
export const webhookReceived = defineEvent({
  name: 'WebhookReceived',
  version: 1,
  capability: 'channels',
  fires: 'When a delivery with a good signature was stored, raw; never for a repeat of the same delivery.',
  data: z.object({ inboxId: z.string(), channelId: slug, topic: z.string() }),
  example: { inboxId: 'in_7m2k9c4t1v8x3z5b6n0p2q4r6s', channelId: 'shopify-us', topic: 'orders/create' },
});

/** A channel's order is ours now. */
export const channelOrderMapped = defineEvent({
  name: 'ChannelOrderMapped',
  version: 1,
  capability: 'channels',
  fires: 'When a stored delivery was mapped to an order; its capture follows.',
  data: z.object({ inboxId: z.string(), channelId: slug, order: orderInput }),
  example: {
    inboxId: 'in_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    channelId: 'shopify-us',
    order: {
      channelId: 'shopify-us',
      externalId: '820982911946154508',
      currency: 'USD',
      shipTo: { country: 'US', postalCode: '02108', lines: ['1 Beacon St'] },
      lines: [{ sku: 'TEE-BLACK-M', quantity: 2, unitPrice: { amount: 2199, currency: 'USD' } }],
      payments: [],
      holds: [],
    },
  },
});

/** A delivery could not be mapped. */
export const webhookQuarantined = defineEvent({
  name: 'WebhookQuarantined',
  version: 1,
  capability: 'channels',
  fires: 'When a stored delivery could not be mapped; it is kept with the reason, and mapped again on request.',
  data: z.object({ inboxId: z.string(), channelId: slug, topic: z.string(), reason: z.string() }),
  example: {
    inboxId: 'in_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    channelId: 'shopify-us',
    topic: 'orders/create',
    reason: 'no SKU is listed for variant 39072856',
  },
});
