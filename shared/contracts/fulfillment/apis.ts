import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { note, page, quantity, slug, time } from '../fields.ts';

const params = z.strictObject({ fulfillmentOrderId: z.string().max(80) });
const lines = z.array(z.object({ lineId: z.string(), sku: z.string(), quantity: z.int() }));
const state = z.object({
  fulfillmentOrderId: z.string(),
  orderId: z.string(),
  location: slug,
  state: z.string(),
  version: z.int(),
  lines,
});

/** Why a location gives units back. Each reason says what is true of the goods (see the capability's README). */
export const rejectionReasons = ['not-found', 'damaged', 'too-busy', 'closed', 'other'] as const;

const answer = <const Id extends string, Body extends z.ZodType>(id: Id, verb: string, summary: string, body: Body) =>
  defineApi({
    id,
    capability: 'fulfillment',
    method: 'POST',
    path: `/v1/fulfillment-orders/{fulfillmentOrderId}/${verb}`,
    summary,
    scope: 'fulfillment:write',
    params,
    body,
    response: state,
    refusals: ['not-found', 'state-conflict', 'quantity-exceeded'],
  });

const nothing = z.strictObject({}).optional();

/** The location takes it. */
export const acceptFulfillmentOrder = answer(
  'acceptFulfillmentOrder',
  'accept',
  'The location accepts the work.',
  nothing,
);
/** The location gives lines back. */
export const rejectFulfillmentOrder = answer(
  'rejectFulfillmentOrder',
  'reject',
  'The location rejects units, with a reason; they are routed anew at once. Without lines it rejects all.',
  z.strictObject({
    reason: z.enum(rejectionReasons),
    note: note.optional(),
    lines: z
      .array(z.strictObject({ lineId: z.string().max(64), quantity }))
      .min(1)
      .max(90)
      .optional(),
  }),
);
/** All units are picked. */
export const pickFulfillmentOrder = answer(
  'pickFulfillmentOrder',
  'pick',
  'The location has picked every unit.',
  nothing,
);
/** The parcel is packed. */
export const packFulfillmentOrder = answer(
  'packFulfillmentOrder',
  'pack',
  'The location has packed the parcel.',
  nothing,
);
/** The parcel left. */
export const shipFulfillmentOrder = answer(
  'shipFulfillmentOrder',
  'ship',
  'The parcel left with its carrier; its units are off the shelf.',
  z.strictObject({
    carrier: z.string().min(1).max(100),
    service: z.string().max(100).optional(),
    trackingNumber: z.string().min(1).max(100),
    /** Customers are shown it as a link, so no other scheme is one. */
    trackingUrl: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .max(1000)
      .optional(),
  }),
);
/** The parcel arrived. */
export const deliverFulfillmentOrder = answer(
  'deliverFulfillmentOrder',
  'deliver',
  'The parcel reached the customer.',
  z.strictObject({ deliveredAt: time.optional() }).optional(),
);
/** It will not be shipped. */
export const cancelFulfillmentOrder = answer(
  'cancelFulfillmentOrder',
  'cancel',
  'Cancel it before it leaves; its units of the order are cancelled and their stock is free again.',
  z.strictObject({ reason: note }),
);

/** Reads one. */
export const readFulfillmentOrder = defineApi({
  id: 'readFulfillmentOrder',
  capability: 'fulfillment',
  method: 'GET',
  path: '/v1/fulfillment-orders/{fulfillmentOrderId}',
  summary: 'Read a fulfillment order.',
  scope: 'fulfillment:read',
  params,
  response: z.looseObject({ ...state.shape, shipTo: z.looseObject({ country: z.string() }), createdAt: time }),
  refusals: ['not-found'],
});

/** A location's work. */
export const listFulfillmentOrders = defineApi({
  id: 'listFulfillmentOrders',
  capability: 'fulfillment',
  method: 'GET',
  path: '/v1/locations/{locationId}/fulfillment-orders',
  summary: "A location's open work, oldest first.",
  scope: 'fulfillment:read',
  params: z.strictObject({ locationId: slug }),
  query: z.strictObject(page),
  response: z.object({ fulfillmentOrders: z.array(state), cursor: z.string().optional() }),
});
