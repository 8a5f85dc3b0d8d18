import * as z from 'zod';
import { sku, slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

/** Units of an order were pinned to locations. */
export const orderRouted = defineEvent({
  name: 'OrderRouted',
  version: 1,
  capability: 'routing',
  fires: 'In the transaction that allocates a whole plan and creates its fulfillment orders.',
  data: z.object({
    orderId: z.string(),
    channelId: slug,
    parcels: z.int(),
    fulfillmentOrders: z.array(
      z.object({
        fulfillmentOrderId: z.string(),
        location: slug,
        distanceKm: z.number().optional(),
        lines: z.array(z.object({ lineId: z.string(), sku, quantity: z.int() })),
      }),
    ),
    /** Why this plan: the rule that decided, plans looked at, and why locations fell out. */
    explanation: z.object({
      rule: z.string(),
      plansCompared: z.int(),
      excluded: z.array(z.object({ location: slug, reason: z.string() })),
    }),
  }),
  example: {
    orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    channelId: 'webshop',
    parcels: 1,
    fulfillmentOrders: [
      {
        fulfillmentOrderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s-f1',
        location: 'store-boston',
        distanceKm: 12.4,
        lines: [{ lineId: '1', sku: 'TEE-BLACK-M', quantity: 2 }],
      },
    ],
    explanation: {
      rule: 'fewest parcels, then nearest',
      plansCompared: 3,
      excluded: [{ location: 'store-soho', reason: 'rejected TEE-BLACK-M for this order: not found' }],
    },
  },
});
