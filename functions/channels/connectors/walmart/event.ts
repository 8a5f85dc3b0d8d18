import * as z from 'zod';
import { momentOf } from './moments.ts';

const id = z.union([z.string().min(1), z.int().transform(String)]).nullish();
const text = z.string().nullish();
const named = z.looseObject({ purchaseOrderId: id, returnOrderId: id }).nullish();

/**
 * An event in any of the forms that Walmart sends: `source` and `payload` (events; of ORDER_UPDATES the kind is `subEventType`), or flat
 * with a `resource`.
 * Source: https://developer.walmart.com/us-marketplace/docs/purchase-order-po-created-event, order-management-event, return-notifications
 */
const shape = z.looseObject({
  eventType: text,
  eventTime: z.union([z.number(), z.string()]).nullish(),
  resource: named,
  source: z
    .looseObject({ eventType: text, eventTime: z.union([z.number(), z.string()]).nullish(), eventId: id })
    .nullish(),
  payload: z
    .looseObject({
      subEventType: text,
      purchaseOrderId: id,
      returnOrderId: id,
      order: named,
      returnOrders: z.array(z.looseObject({ purchaseOrderId: id, returnOrderId: id })).nullish(),
    })
    .nullish(),
});

/** What an event says: it names what happened and to what, and little else of it counts. */
export interface WalmartEvent {
  readonly type: string;
  /** Walmart's id of the event; the flat form has none. */
  readonly eventId?: string;
  /** RFC 3339 UTC. */
  readonly at?: string;
  readonly purchaseOrderId?: string;
  readonly returnOrderId?: string;
}

/** Reads an event; `undefined` when it is none. */
export function eventIn(json: unknown): WalmartEvent | undefined {
  const parsed = shape.safeParse(json);
  if (!parsed.success) return undefined;
  const { source, payload, resource, eventType, eventTime } = parsed.data;
  const type = payload?.subEventType ?? source?.eventType ?? eventType ?? undefined;
  if (type === undefined) return undefined;
  const [places, at] = [
    [payload, payload?.order, payload?.returnOrders?.[0], resource],
    momentOf(source?.eventTime ?? eventTime),
  ];
  const purchaseOrderId = places.map((place) => place?.purchaseOrderId).find((found) => found != null);
  const returnOrderId = places.map((place) => place?.returnOrderId).find((found) => found != null);
  return {
    type,
    ...(source?.eventId != null && { eventId: source.eventId }),
    ...(at !== undefined && { at }),
    ...(purchaseOrderId != null && { purchaseOrderId }),
    ...(returnOrderId != null && { returnOrderId }),
  };
}

/**
 * An event as one for each order and return that it names: one of returns lists every line that comes back, of several orders and returns.
 * Each is read by `eventIn` like the event itself.
 */
export function partsOf(json: unknown): readonly { readonly id: string; readonly event: object }[] {
  const parsed = shape.safeParse(json);
  if (!parsed.success) return [];
  const { payload, ...event } = parsed.data;
  const named = (payload?.returnOrders ?? []).map(({ purchaseOrderId, returnOrderId }) => ({
    purchaseOrderId,
    returnOrderId,
  }));
  const parts = Map.groupBy(named, (one) => [one.returnOrderId, one.purchaseOrderId].join('/'));
  return [...parts].map(([part, returnOrders]) => ({
    id: part,
    event: { ...event, payload: { subEventType: payload?.subEventType, returnOrders: returnOrders.slice(0, 1) } },
  }));
}
