import * as z from 'zod';
import { currency, externalId, quantity, sku, slug, time } from '../fields.ts';
import { defineEvent } from '../define-event.ts';
import { kitOfLine } from './resources.ts';

const lineUnits = z.object({ lineId: z.string(), sku, quantity });
const about = { orderId: z.string(), channelId: slug };
const orderId = 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s';

/** Units of an order's lines were promised and the order was accepted. */
export const orderCaptured = defineEvent({
  name: 'OrderCaptured',
  version: 1,
  capability: 'orders',
  fires: 'In the transaction that reserves the stock and stores the order; never for a repeat of the same order.',
  data: z.object({
    ...about,
    externalId,
    pool: slug,
    placedAt: time,
    currency,
    totalMinor: z.int(),
    /** Of an order that a channel's delivery brought, and not a call of the API. */
    delivered: z.literal(true).optional(),
    lines: z.array(
      z.object({
        ...lineUnits.shape,
        backordered: z.int(),
        kit: kitOfLine.optional(),
        /** When the last of the backordered units is promised for. */
        promisedFor: time.optional(),
        /** Units that somebody else had fulfilled before. */
        fulfilledElsewhere: z.int().optional(),
      }),
    ),
  }),
  example: {
    orderId,
    channelId: 'webshop',
    externalId: '820982911946154508',
    pool: 'online',
    placedAt: '2026-11-22T09:30:00.000Z',
    currency: 'USD',
    totalMinor: 4398,
    delivered: true,
    lines: [{ lineId: '1', sku: 'TEE-BLACK-M', quantity: 2, backordered: 0 }],
  },
});

/** Backordered units were promised after all. */
export const orderReserved = defineEvent({
  name: 'OrderReserved',
  version: 1,
  capability: 'orders',
  fires: 'When stock came and backordered units of an order became reserved.',
  data: z.object({ ...about, lines: z.array(lineUnits) }),
  example: { orderId, channelId: 'webshop', lines: [{ lineId: '1', sku: 'TEE-BLACK-M', quantity: 2 }] },
});

/** Units of an order were cancelled and their stock given back. */
export const orderCancelled = defineEvent({
  name: 'OrderCancelled',
  version: 1,
  capability: 'orders',
  fires:
    'When units that had not left were cancelled, whoever asked; their stock is free again in the same transaction.',
  data: z.object({ ...about, reason: z.string(), lines: z.array(lineUnits), complete: z.boolean() }),
  example: {
    orderId,
    channelId: 'webshop',
    reason: 'customer changed their mind',
    lines: [{ lineId: '1', sku: 'TEE-BLACK-M', quantity: 2 }],
    complete: true,
  },
});

/** A hold was placed. */
export const orderHeld = defineEvent({
  name: 'OrderHeld',
  version: 1,
  capability: 'orders',
  fires: 'When a hold was placed on an order: it is not routed until every hold is released.',
  data: z.object({ ...about, holdId: z.string(), reason: z.string() }),
  example: { orderId, channelId: 'webshop', holdId: 'hold_1', reason: 'address to be confirmed' },
});

/** A hold was released. */
export const orderHoldReleased = defineEvent({
  name: 'OrderHoldReleased',
  version: 1,
  capability: 'orders',
  fires: 'When a hold was released; others may remain.',
  data: z.object({ ...about, holdId: z.string(), openHolds: z.int() }),
  example: { orderId, channelId: 'webshop', holdId: 'hold_1', openHolds: 0 },
});

/** Something about an order needs a person. */
export const orderExceptionRaised = defineEvent({
  name: 'OrderExceptionRaised',
  version: 1,
  capability: 'orders',
  fires: 'When something about an order needs a person: payment declined, no plan, a location silent past its time.',
  data: z.object({
    ...about,
    code: z.string(),
    detail: z.string(),
    facts: z.record(z.string(), z.unknown()).optional(),
  }),
  example: { orderId, channelId: 'webshop', code: 'no-plan', detail: 'No location has TEE-BLACK-M.' },
});

/** Its channel changed an order, and ours became so. */
export const orderAmended = defineEvent({
  name: 'OrderAmended',
  version: 1,
  capability: 'orders',
  fires:
    'When an order was brought to what its channel has: money received or refunded, another address or delivery, holds.',
  data: z.object({ ...about, changes: z.array(z.string()) }),
  example: { orderId, channelId: 'shopify-us', changes: ['paid 43.98 USD', 'ships to another address'] },
});

/** A channel sold more under an order that is here already. */
export const orderLinesAdded = defineEvent({
  name: 'OrderLinesAdded',
  version: 1,
  capability: 'orders',
  fires: "In the transaction that reserves, or queues, units that an order's channel added after its capture.",
  data: z.object({
    ...about,
    /** What the order costs now. */
    totalMinor: z.int(),
    lines: orderCaptured.data.shape.lines,
  }),
  example: {
    orderId,
    channelId: 'shopify-us',
    totalMinor: 6597,
    lines: [{ lineId: '2', sku: 'CAP-RED', quantity: 1, backordered: 0 }],
  },
});

/** A channel brought an order that had come in by the API before. */
export const orderRecognized = defineEvent({
  name: 'OrderRecognized',
  version: 1,
  capability: 'orders',
  fires:
    'When a channel delivers an order that was captured by the API before: the channel can be told that it is ours.',
  data: z.object({ ...about, externalId, delivered: z.literal(true) }),
  example: { orderId, channelId: 'walmart-us', externalId: '1796330120075', delivered: true },
});
