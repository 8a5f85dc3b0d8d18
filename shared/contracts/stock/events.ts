import * as z from 'zod';
import { sku, slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

/** What a pool can sell has changed; absolute, so that only the newest matters. `rose`: some write of the batch raised it, even if a later one took it. */
export const availabilityChanged = defineEvent({
  name: 'AvailabilityChanged',
  version: 1,
  capability: 'stock',
  fires: "When the stock table's stream shows another ATS of a pool; the newest value per SKU and pool of each batch.",
  data: z.object({ sku, pool: slug, ats: z.int(), rose: z.boolean(), operation: z.string(), reference: z.string() }),
  example: {
    sku: 'TEE-BLACK-M',
    pool: 'online',
    ats: 41,
    rose: false,
    operation: 'capture',
    reference: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
  },
});
