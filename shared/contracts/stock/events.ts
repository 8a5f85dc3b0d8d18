import * as z from 'zod';
import { quantity, sku, slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

/** What a pool can sell has changed; absolute, so that only the newest matters. `rose`: some write of the batch raised it, even if a later one took it. */
export const availabilityChanged = defineEvent({
  name: 'AvailabilityChanged',
  version: 1,
  capability: 'stock',
  fires:
    "When the stock table's stream shows another ATS, other ring-fences or other terms of a pool, or channels are to be told anyway; the newest value per SKU and pool of each batch.",
  data: z.object({
    sku,
    pool: slug,
    ats: z.int(),
    rose: z.boolean(),
    operation: z.string(),
    reference: z.string(),
    /** Units that are set apart for channels, of all together. */
    fenced: z.int().optional(),
    /** How channels may sell it, by channel id; one that is not named sells by its own settings. */
    terms: z
      .record(
        slug,
        z.object({
          buffer: z.int(),
          sharePercent: z.int(),
          cap: z.int().optional(),
          rules: z.array(z.string()).readonly(),
        }),
      )
      .optional(),
  }),
  example: {
    sku: 'TEE-BLACK-M',
    pool: 'online',
    ats: 41,
    rose: false,
    operation: 'capture',
    reference: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
  },
});

/** A shelf has other units that are free; told only where a channel is told by location. */
export const shelfChanged = defineEvent({
  name: 'ShelfChanged',
  version: 1,
  capability: 'stock',
  fires:
    'When the free units of a shelf change, in pools that a channel sells from which is told what each location has; where the same batch changes what the pool can sell, that is told alone.',
  data: z.object({
    sku,
    pool: slug,
    location: slug,
    /** Available to fulfill. */
    atf: z.int(),
  }),
  example: { sku: 'TEE-BLACK-M', pool: 'online', location: 'boston', atf: 11 },
});

const shortfall = {
  sku,
  /** The pool that has promised too much; absent for a location. */
  pool: slug.optional(),
  /** The location that has promised too much; absent for a pool. */
  location: slug.optional(),
  operation: z.string(),
  reference: z.string(),
};

/** More is promised than is there; absolute, so that only the newest matters. */
export const stockOversold = defineEvent({
  name: 'StockOversold',
  version: 1,
  capability: 'stock',
  fires: "When a pool's ATS or a position's ATF falls below zero, and again when it is below zero and changes.",
  data: z.object({
    ...shortfall,
    /** Units that are promised and not there. */
    quantity,
    /** False when it was below zero before. */
    began: z.boolean(),
  }),
  example: {
    sku: 'TEE-BLACK-M',
    pool: 'online',
    quantity: 2,
    began: true,
    operation: 'sale',
    reference: 'till-4-0017',
  },
});

/** What is promised is there again. */
export const stockRecovered = defineEvent({
  name: 'StockRecovered',
  version: 1,
  capability: 'stock',
  fires: "When a pool's ATS or a position's ATF that was below zero is so no more.",
  data: z.object(shortfall),
  example: { sku: 'TEE-BLACK-M', location: 'boston', operation: 'receive', reference: 'PO-1001' },
});
