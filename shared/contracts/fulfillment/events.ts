import * as z from 'zod';
import { sku, slug } from '../fields.ts';
import { defineEvent } from '../define-event.ts';

const lines = z.array(z.object({ lineId: z.string(), sku, quantity: z.int() }));
const about = {
  orderId: z.string(),
  channelId: slug,
  fulfillmentOrderId: z.string(),
  location: slug,
  /** Present where the buyer collects it: consumers of pickups, and of parcels, hear of nothing else. */
  pickup: z.literal(true).optional(),
};
const example = {
  orderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s',
  channelId: 'webshop',
  fulfillmentOrderId: 'ord_7m2k9c4t1v8x3z5b6n0p2q4r6s-f1',
  location: 'store-boston',
};
const exampleLines = [{ lineId: '1', sku: 'TEE-BLACK-M', quantity: 2 }];
const step = <const Name extends string>(name: Name, fires: string) =>
  defineEvent({
    name,
    version: 1,
    capability: 'fulfillment',
    fires,
    data: z.object({ ...about, lines }),
    example: { ...example, lines: exampleLines },
  });

/** A location has work; its process starts. */
export const fulfillmentOrderAllocated = step(
  'FulfillmentOrderAllocated',
  'In the transaction that allocates its units at the location.',
);
/** The location was told. */
export const fulfillmentOrderReleased = step('FulfillmentOrderReleased', 'When the process hands it to its location.');
/** The location took it. */
export const fulfillmentOrderAccepted = step('FulfillmentOrderAccepted', 'When the location accepts it.');
/** Its units were picked. */
export const fulfillmentOrderPicked = step('FulfillmentOrderPicked', 'When the location has picked all its units.');
/** Its units were packed. */
export const fulfillmentOrderPacked = step('FulfillmentOrderPacked', 'When the location has packed it.');
/** It was delivered. */
export const fulfillmentOrderDelivered = step(
  'FulfillmentOrderDelivered',
  'When its parcel was handed to the customer.',
);
/** It was cancelled. */
export const fulfillmentOrderCancelled = step(
  'FulfillmentOrderCancelled',
  'When it was cancelled before it left; its stock is free again.',
);

/** Work that the location was told of became less. */
export const fulfillmentOrderAmended = defineEvent({
  name: 'FulfillmentOrderAmended',
  version: 1,
  capability: 'fulfillment',
  fires:
    'When units of it were cancelled after its location was told of it, and others remain; all of them is FulfillmentOrderCancelled.',
  data: z.object({
    ...about,
    /** What is to be shipped now. */
    lines,
    /** What is not to be shipped any more. */
    takenOff: lines,
    reason: z.string(),
  }),
  example: {
    ...example,
    lines: exampleLines,
    takenOff: [{ lineId: '2', sku: 'CAP-RED', quantity: 1 }],
    reason: 'cancelled at the channel',
  },
});

/** The location gave units back. */
export const fulfillmentOrderRejected = defineEvent({
  name: 'FulfillmentOrderRejected',
  version: 1,
  capability: 'fulfillment',
  fires:
    'When the location rejects units, or was silent for too long; the units are promised again and go back to routing.',
  data: z.object({ ...about, lines, reason: z.string(), stockEffect: z.string(), complete: z.boolean() }),
  example: { ...example, lines: exampleLines, reason: 'not-found', stockEffect: 'missing', complete: true },
});

/** It left. */
export const fulfillmentOrderShipped = defineEvent({
  name: 'FulfillmentOrderShipped',
  version: 1,
  capability: 'fulfillment',
  fires: 'In the transaction that takes its units off the shelf.',
  data: z.object({
    ...about,
    lines,
    carrier: z.string(),
    trackingNumber: z.string(),
    trackingUrl: z.string().optional(),
  }),
  example: { ...example, lines: exampleLines, carrier: 'UPS', trackingNumber: '1Z999AA10123456784' },
});
