import * as z from 'zod';
import { fieldReasons } from '../../../../shared/contracts/field-reasons.ts';
import { type MapContext, type Mapped } from '../../domain/connector.ts';
import { ignored, quarantined, readingAmounts } from '../kit/outcomes.ts';
import { readJson } from '../kit/read-json.ts';
import { utc } from '../kit/times.ts';
import { composeSnapshot } from './compose-order.ts';
import { mapOrderChange, notification, orderChange } from './notification.ts';
import { type AmazonOrder } from './order.ts';
import { shipToOf } from './people.ts';
import { documentV0 } from './v0/payload.ts';
import { readV0, stateV0 } from './v0/read.ts';
import { orderV2026 } from './v2026/payload.ts';
import { readV2026, stateV2026 } from './v2026/read.ts';
import { mapPurchaseOrder } from './vendor/map-purchase-order.ts';

/** What tells the documents apart: the field that only one of them has. */
const shape = z.object({
  order: z.looseObject({ orderId: z.unknown().optional(), AmazonOrderId: z.unknown().optional() }).optional(),
  purchaseOrderNumber: z.unknown().optional(),
  shipmentInfo: z.unknown().optional(),
  returnMetadata: z.unknown().optional(),
});

/**
 * Maps what came of Amazon: an order of either version of the Orders API, a purchase order, or a notification that nothing was fetched for.
 * Which it is shows in the document, so that a channel may change its version any day.
 */
export function mapDocument(body: Buffer, { channel }: Pick<MapContext, 'channel'>): Mapped {
  const json = readJson(body);
  if (!json.ok) return quarantined('unreadable', json.refusal.detail);
  const told = notification.safeParse(json.value);
  if (told.success) return mapNotification(told.data);
  const { data } = shape.safeParse(json.value);
  if (data?.order?.orderId !== undefined)
    return mapped(
      orderV2026.safeParse(data.order),
      ({ fulfillment }) => fulfillment.fulfillmentStatus,
      stateV2026,
      (order, state) => readV2026(order, state, channel.currency),
    );
  if (data?.order?.AmazonOrderId !== undefined)
    return mapped(
      documentV0.safeParse(json.value),
      ({ order }) => order.OrderStatus,
      stateV0,
      (document, state) => readV0(document, state, channel.currency),
    );
  if (data?.purchaseOrderNumber !== undefined) return mapPurchaseOrder(json.value, channel);
  if (data?.shipmentInfo !== undefined || data?.returnMetadata !== undefined)
    return ignored(
      'A shipment or return of External Fulfillment is a part of an order that the Orders API tells whole: taken in too, its units were sold twice. Answer it in Seller Central.',
    );
  return quarantined('not-as-documented', `This is no order of Amazon's. ${remedy}`);
}

const remedy = 'Retry it, so that it is asked for again, or capture the order with POST /v1/orders.';

function mapNotification(told: z.output<typeof notification>): Mapped {
  return told.type === orderChange
    ? mapOrderChange(told)
    : ignored(`A ${told.type.slice(0, 100)} is about no order; only ${orderChange} is taken in.`);
}

function mapped<T>(
  parsed: z.ZodSafeParseResult<T>,
  statusOf: (document: T) => string,
  stateOf: (status: string) => AmazonOrder['state'] | undefined,
  read: (document: T, state: AmazonOrder['state']) => AmazonOrder,
): Mapped {
  if (!parsed.success)
    return quarantined('not-as-documented', `This is no order of Amazon's: ${fieldReasons(parsed.error)}. ${remedy}`);
  const status = statusOf(parsed.data);
  const state = stateOf(status);
  if (state === undefined)
    return quarantined('not-as-documented', `Amazon documents no order status "${status.slice(0, 100)}". ${remedy}`);
  return readingAmounts(() => outcomeOf(read(parsed.data, state)));
}

function outcomeOf(order: AmazonOrder): Mapped {
  const asOf = utc(order.updatedAt);
  if (asOf === undefined)
    return quarantined('not-as-documented', `The order does not say when it was last updated. ${remedy}`);
  if (!order.items.some(({ quantity }) => quantity > 0)) return withoutItems(order, asOf);
  if (shipToOf(order).country === undefined)
    return quarantined(
      'address',
      `Order ${order.orderId} has no country to ship to: Amazon's app needs the role Direct-to-Consumer Delivery (restricted). Grant it in Seller Central, then retry.`,
    );
  return { kind: 'order', snapshot: composeSnapshot(order, asOf) };
}

/** Amazon sets the quantities of a cancelled order to 0: there is an end to tell of, and no order any more. */
const withoutItems = ({ orderId, state }: AmazonOrder, at: string): Mapped =>
  state === 'cancelled'
    ? { kind: 'change', change: { kind: 'cancel', externalId: orderId, changeId: `${orderId}:cancelled`, at } }
    : quarantined('not-as-documented', `Order ${orderId} has no items. ${remedy}`);
