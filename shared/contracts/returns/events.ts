import * as z from 'zod';
import { sku, slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

const about = { orderId: z.string(), channelId: slug, returnId: z.string(), location: slug };
const example = {
  orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
  channelId: 'webshop',
  returnId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s-r1',
  location: 'wh-newark',
};
const lines = z.array(z.object({ lineId: z.string(), sku, quantity: z.int() }));
const exampleLine = { lineId: '1', sku: 'TEE-BLACK-M', quantity: 1 };
const exampleLines = [exampleLine];

/** A customer may send goods back; the return's process starts. */
export const returnAuthorized = defineEvent({
  name: 'ReturnAuthorized',
  version: 1,
  capability: 'returns',
  fires: 'When a return of delivered or shipped units is created.',
  data: z.object({ ...about, lines }),
  example: { ...example, lines: exampleLines },
});
/** The goods came. */
export const returnReceived = defineEvent({
  name: 'ReturnReceived',
  version: 1,
  capability: 'returns',
  fires: 'When the goods were counted in.',
  data: z.object({ ...about, lines }),
  example: { ...example, lines: exampleLines },
});
/** The goods were judged. */
export const returnInspected = defineEvent({
  name: 'ReturnInspected',
  version: 1,
  capability: 'returns',
  fires: 'In the transaction that restocks or writes off each unit.',
  data: z.object({
    ...about,
    refundMinor: z.int(),
    lines: z.array(z.object({ lineId: z.string(), sku, quantity: z.int(), disposition: z.string() })),
  }),
  example: { ...example, refundMinor: 2199, lines: [{ ...exampleLine, disposition: 'restock' }] },
});
/** The money went back. */
export const returnSettled = defineEvent({
  name: 'ReturnSettled',
  version: 1,
  capability: 'returns',
  fires: 'When the refund of the return has succeeded.',
  data: z.object({ ...about, refundMinor: z.int() }),
  example: { ...example, refundMinor: 2199 },
});
/** It will not come. */
export const returnClosed = defineEvent({
  name: 'ReturnClosed',
  version: 1,
  capability: 'returns',
  fires: 'When a return was cancelled, or its goods did not come in time.',
  data: z.object({ ...about, outcome: z.string(), reason: z.string().optional() }),
  example: { ...example, outcome: 'EXPIRED' },
});
