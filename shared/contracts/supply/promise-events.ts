import * as z from 'zod';
import { quantity, sku, slug, time } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

/** An order that waits for a SKU is promised it for another day than before. */
export const promiseMoved = defineEvent({
  name: 'PromiseMoved',
  version: 1,
  capability: 'supply',
  fires:
    'When the day moved for which the waiting units of an order are promised, a first day was found, or none can be named any more; with the write of the promise.',
  data: z.object({
    orderId: z.string(),
    channelId: slug,
    sku,
    /** Units of the order that wait. */
    quantity,
    /** Absent: none could be named before. */
    from: time.optional(),
    /** Absent: no supply covers all of them any more. */
    to: time.optional(),
    /** By how many days (UTC) it moved, later is positive; 0 where either end is open. */
    days: z.int(),
    /** True when it is later than what the customer was first told by more days than the channel tolerates. */
    pastTolerance: z.boolean(),
  }),
  example: {
    orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
    channelId: 'webshop',
    sku: 'TEE-BLACK-M',
    quantity: 2,
    from: '2026-12-01T12:00:00.000Z',
    to: '2026-12-08T12:00:00.000Z',
    days: 7,
    pastTolerance: true,
  },
});
