import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { sku, slug } from '../fields.ts';

/** So many sales meet on one pool of a SKU that they are in each other's way. */
export const poolContended = defineEvent({
  name: 'PoolContended',
  version: 1,
  capability: 'stock',
  fires: "When writers have told a pool's record that they met others there; the newest count of the window per batch.",
  data: z.object({
    sku,
    pool: slug,
    /** Transactions that were in another's way within the window, as far as they were told. */
    conflicts: z.int(),
    windowSeconds: z.int(),
  }),
  example: { sku: 'TEE-BLACK-M', pool: 'online', conflicts: 42, windowSeconds: 10 },
});

/** One stripe of a pool is nearly empty while others have plenty. */
export const stripesUneven = defineEvent({
  name: 'StripesUneven',
  version: 1,
  capability: 'stock',
  fires: 'When the stripes of a pool were read to tell what it can sell, and one was low while others had plenty.',
  data: z.object({ sku, pool: slug }),
  example: { sku: 'TEE-BLACK-M', pool: 'online' },
});
