import * as z from 'zod';
import { address, currency, externalId, money, quantity, sku, slug, time } from '../fields.ts';
import { attributes, customer, delivery, listingIds, orderCharge, promised } from './order-input.ts';

const minor = z.int().min(0);

/** Of a component's line: the kit that was bought, the line that it was ordered as, how many kits, and units of the component in one. */
export const kitOfLine = z.object({
  sku,
  title: z.string().optional(),
  lineId: z.string(),
  quantity,
  perKit: quantity,
});

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
  externalNumber: z.string().optional(),
  customer: customer.loose().optional(),
  shipTo: address.loose(),
  billTo: address.loose().optional(),
  delivery: delivery.loose().optional(),
  promised: promised.loose().optional(),
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
      listing: listingIds.loose().optional(),
      gift: z.looseObject({}).optional(),
      promised: promised.loose().optional(),
      attributes: attributes.optional(),
      kit: kitOfLine.optional(),
      promisedFor: time.optional(),
      /** Units among the delivered that somebody else had fulfilled before the line came here. */
      fulfilledElsewhere: quantity.optional(),
      units,
    }),
  ),
  shippingMinor: minor,
  shippingTaxMinor: minor,
  charges: z.array(orderCharge.loose()).optional(),
  totalMinor: minor,
  channelTotalMinor: minor.optional(),
  presentment: z.object({ total: money }).optional(),
  attributes: attributes.optional(),
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
