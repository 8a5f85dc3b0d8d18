import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { externalId, quantity, sku, slug, time } from '../fields.ts';

/** A checkout took too long: its units are everybody's again. */
export const holdExpired = defineEvent({
  name: 'HoldExpired',
  version: 1,
  capability: 'holds',
  fires: 'When a hold of stock is over because its time is, and its units are for sale again.',
  data: z.object({
    holdId: z.string(),
    channelId: slug,
    /** The caller's cart or checkout. */
    reference: externalId.optional(),
    lines: z.array(z.object({ sku, quantity, location: slug.optional() })),
    expiredAt: time,
  }),
  example: {
    holdId: 'hold_0f8b5c1d2e3a4b5c6d7e8f9a0b1c2d3e',
    channelId: 'webshop',
    reference: 'cart-8841',
    lines: [{ sku: 'TEE-BLACK-M', quantity: 2 }],
    expiredAt: '2026-11-22T09:40:00.000Z',
  },
});
