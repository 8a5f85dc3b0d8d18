import * as z from 'zod';
import { sku, slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

/** What is to come of a SKU at a location has changed: more, less, sooner, later, arrived or called off. */
export const supplyChanged = defineEvent({
  name: 'SupplyChanged',
  version: 1,
  capability: 'supply',
  fires:
    'When a line of a purchase order or a transfer on the road was announced, revised, received or called off; with the write that did it.',
  data: z.object({ sku, location: slug, pool: slug.optional(), reference: z.string() }),
  example: { sku: 'TEE-BLACK-M', location: 'newark', pool: 'online', reference: 'PO-4711' },
});
