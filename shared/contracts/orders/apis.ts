import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { externalId, note, page, slug } from '../fields.ts';
import { orderInput } from './order-input.ts';
import { capturedOrder, orderResource, timelineEntry } from './resources.ts';

const params = z.strictObject({ orderId: z.string().max(64) });

/** Captures an order: promises every unit and stores the order in one transaction. */
export const captureOrder = defineApi({
  id: 'captureOrder',
  capability: 'orders',
  method: 'POST',
  path: '/v1/orders',
  summary:
    'Capture an order: every unit is promised and the order stored in one transaction, or nothing is and the answer says what is left.',
  scope: 'orders:write',
  body: orderInput,
  status: 201,
  response: capturedOrder,
  refusals: [
    'insufficient-stock',
    'unknown-sku',
    'unknown-channel',
    'currency-mismatch',
    'total-mismatch',
    'order-differs',
    'hold-over',
    'limit-exceeded',
  ],
});

/** Reads an order with everything of it. */
export const readOrder = defineApi({
  id: 'readOrder',
  capability: 'orders',
  method: 'GET',
  path: '/v1/orders/{orderId}',
  summary: 'Read an order with its fulfillment orders, returns and money.',
  scope: 'orders:read',
  params,
  response: orderResource,
  refusals: ['not-found'],
});

/** Lists a channel's orders, newest first, or finds the one of an id. */
export const listOrders = defineApi({
  id: 'listOrders',
  capability: 'orders',
  method: 'GET',
  path: '/v1/orders',
  summary:
    "List a channel's orders, newest first. With externalId, the channel's own id of an order, it answers that order, or none.",
  scope: 'orders:read',
  query: z.strictObject({ channelId: slug, externalId: externalId.optional(), ...page }),
  response: z.object({
    orders: z.array(
      z.object({
        orderId: z.string(),
        placedAt: z.string(),
        /** Where it was asked for. */
        externalId: z.string().optional(),
      }),
    ),
    cursor: z.string().optional(),
  }),
  refusals: ['not-found'],
});

/** Reads an order's story. */
export const readTimeline = defineApi({
  id: 'readTimeline',
  capability: 'orders',
  method: 'GET',
  path: '/v1/orders/{orderId}/timeline',
  summary: "Read an order's story: every event of it, in order, with its reasons.",
  scope: 'orders:read',
  params,
  response: z.object({ timeline: z.array(timelineEntry) }),
  refusals: ['not-found'],
});

/** Cancels what has not left yet. */
export const cancelOrder = defineApi({
  id: 'cancelOrder',
  capability: 'orders',
  method: 'POST',
  path: '/v1/orders/{orderId}/cancel',
  summary: 'Cancel an order before any of it was picked; its stock is free again at once.',
  scope: 'orders:write',
  params,
  body: z.strictObject({ reason: note }),
  response: z.object({ orderId: z.string(), status: z.string(), version: z.int() }),
  refusals: ['not-found', 'state-conflict'],
});

/** Places a hold. */
export const holdOrder = defineApi({
  id: 'holdOrder',
  capability: 'orders',
  method: 'POST',
  path: '/v1/orders/{orderId}/holds',
  summary: 'Hold an order: it is not routed until every hold is released.',
  scope: 'orders:write',
  params,
  body: z.strictObject({ reason: note }),
  status: 201,
  response: z.object({ orderId: z.string(), holdId: z.string(), version: z.int() }),
  refusals: ['not-found', 'state-conflict'],
});

/** Releases a hold. */
export const releaseHold = defineApi({
  id: 'releaseHold',
  capability: 'orders',
  method: 'POST',
  path: '/v1/orders/{orderId}/holds/{holdId}/release',
  summary: 'Release a hold; when it was the last, the order goes on.',
  scope: 'orders:write',
  params: z.strictObject({ orderId: z.string().max(64), holdId: z.string().max(64) }),
  body: z.strictObject({}).optional(),
  response: z.object({ orderId: z.string(), holdId: z.string(), version: z.int() }),
  refusals: ['not-found', 'state-conflict'],
});
