import * as z from 'zod';
import { address, currency, externalId, money, note, quantity, sku, slug, time } from '../fields.ts';

const minor = z.int().min(0);

/** Of a component's line: the kit that was bought, the line that it was ordered as, how many kits, and units of the component in one. */
export const kitOfLine = z.object({
  sku,
  title: z.string().optional(),
  lineId: z.string(),
  quantity,
  perKit: quantity,
});

/** A line as a caller orders it. Money is for the currency of the order. */
export const orderLineInput = z.strictObject({
  sku,
  quantity,
  title: z.string().max(500).optional(),
  externalLineId: externalId.optional(),
  unitPrice: money,
  discount: money.optional(),
  tax: money.optional(),
});

/** A payment as a caller states it. */
export const paymentInput = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('recorded'), amount: money, reference: externalId.optional() }),
  z.strictObject({ provider: z.literal('gateway'), amount: money, paymentMethod: externalId }),
]);

/** An order as a channel hands it over. */
export const orderInput = z.strictObject({
  channelId: slug,
  externalId,
  placedAt: time.optional(),
  /** The checkout's hold of stock: it becomes this order, and what it has the order gets. */
  holdId: z.string().min(1).max(64).optional(),
  currency,
  customer: z
    .strictObject({
      name: z.string().max(200).optional(),
      email: z.email().optional(),
      externalId: externalId.optional(),
    })
    .optional(),
  shipTo: address,
  lines: z.array(orderLineInput).min(1).max(90),
  shipping: z.strictObject({ price: money, tax: money.optional() }).optional(),
  total: money.optional(),
  payments: z.array(paymentInput).max(10).default([]),
  holds: z
    .array(z.strictObject({ reason: note }))
    .max(10)
    .default([]),
  note: note.optional(),
});
/** An order as a channel hands it over, parsed. */
export type OrderInput = z.infer<typeof orderInput>;

const units = z.object({
  backordered: z.int(),
  reserved: z.int(),
  allocated: z.int(),
  picked: z.int(),
  shipped: z.int(),
  delivered: z.int(),
  returned: z.int(),
  cancelled: z.int(),
});

/** What a capture answers: enough to know what was promised; the rest is behind `GET /v1/orders/{orderId}`. */
export const capturedOrder = z.object({
  orderId: z.string(),
  status: z.string(),
  version: z.int(),
  total: money,
  lines: z.array(
    z.object({
      lineId: z.string(),
      sku,
      quantity,
      reserved: z.int(),
      backordered: z.int(),
      kit: kitOfLine.optional(),
      promisedFor: time.optional(),
    }),
  ),
});

/** An order as it is read. */
export const orderResource = z.object({
  orderId: z.string(),
  channelId: slug,
  externalId,
  status: z.string(),
  paymentStatus: z.string(),
  returnStatus: z.string(),
  version: z.int(),
  placedAt: time,
  capturedAt: time,
  currency,
  customer: z
    .object({ name: z.string().optional(), email: z.string().optional(), externalId: z.string().optional() })
    .optional(),
  shipTo: address.loose(),
  lines: z.array(
    z.object({
      lineId: z.string(),
      sku,
      title: z.string().optional(),
      externalLineId: z.string().optional(),
      quantity,
      unitPriceMinor: minor,
      discountMinor: minor,
      taxMinor: minor,
      kit: kitOfLine.optional(),
      promisedFor: time.optional(),
      units,
    }),
  ),
  shippingMinor: minor,
  shippingTaxMinor: minor,
  totalMinor: minor,
  payments: z.array(
    z.looseObject({
      paymentId: z.string(),
      provider: z.string(),
      state: z.string(),
      amount: money,
      capturedMinor: minor,
      refundedMinor: minor,
    }),
  ),
  refunds: z.array(z.looseObject({ refundId: z.string(), amount: money, state: z.string(), reason: z.string() })),
  holds: z.array(
    z.looseObject({ holdId: z.string(), reason: z.string(), placedAt: time, releasedAt: time.optional() }),
  ),
  exceptions: z.array(
    z.looseObject({ code: z.string(), detail: z.string(), raisedAt: time, resolvedAt: time.optional() }),
  ),
  fulfillmentOrders: z.array(
    z.looseObject({
      fulfillmentOrderId: z.string(),
      location: slug,
      state: z.string(),
      lines: z.array(z.looseObject({ lineId: z.string(), sku, quantity: z.int() })),
    }),
  ),
  returns: z.array(z.looseObject({ returnId: z.string(), state: z.string() })),
});

/** One entry of an order's story. */
export const timelineEntry = z.object({
  eventId: z.string(),
  type: z.string(),
  time,
  actor: z.string(),
  subject: z.string(),
  data: z.record(z.string(), z.unknown()),
});
