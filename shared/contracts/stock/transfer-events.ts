import * as z from 'zod';
import { defineEvent } from '../define-event.ts';
import { quantity, sku, slug, time } from '../fields.ts';

const transfer = { transferId: z.string(), from: slug, to: slug, reference: z.string() };
const lines = z.array(z.object({ sku, quantity }));
const example = {
  transferId: 'transfer_0f8b5c1d2e3a4b5c6d7e8f9a0b1c2d3e',
  from: 'newark',
  to: 'boston',
  reference: 'TR-88',
  lines: [{ sku: 'TEE-BLACK-M', quantity: 12 }],
};

/** Goods are on the road. */
export const transferDispatched = defineEvent({
  name: 'TransferDispatched',
  version: 1,
  capability: 'stock',
  fires: "When goods have left one location's shelf for another's.",
  data: z.object({ ...transfer, lines, eta: time.optional() }),
  example: { ...example, eta: '2026-11-24T08:00:00.000Z' },
});

/** Goods arrived. */
export const transferReceived = defineEvent({
  name: 'TransferReceived',
  version: 1,
  capability: 'stock',
  fires: 'When goods of a transfer have arrived; `complete` when nothing of it is on the road any more.',
  data: z.object({ ...transfer, lines, complete: z.boolean() }),
  example: { ...example, complete: true },
});

/** Goods did not arrive. */
export const transferClosed = defineEvent({
  name: 'TransferClosed',
  version: 1,
  capability: 'stock',
  fires: 'When a transfer is ended and what did not arrive is written off.',
  data: z.object({ ...transfer, missing: lines, reason: z.string() }),
  example: {
    transferId: example.transferId,
    from: example.from,
    to: example.to,
    reference: example.reference,
    missing: [{ sku: 'TEE-BLACK-M', quantity: 1 }],
    reason: 'lost by the carrier',
  },
});
