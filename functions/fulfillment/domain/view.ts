import { type FulfillmentLine, type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';

/** What every answer shows of a fulfillment order. */
export interface View {
  readonly fulfillmentOrderId: string;
  readonly orderId: string;
  readonly location: string;
  readonly state: string;
  readonly version: number;
  readonly lines: FulfillmentLine[];
}

/** A fulfillment order as answers show it. */
export const viewOf = ({ fulfillmentOrderId, orderId, location, state, version, lines }: FulfillmentOrder): View => ({
  fulfillmentOrderId,
  orderId,
  location,
  state,
  version,
  lines: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
});

/** A fulfillment order as it is read: with its address, shipment and rejections; a process's task token never leaves. */
export const fullViewOf = (fulfillmentOrder: FulfillmentOrder) => {
  const { channelId, shipTo, distanceKm, rejections, shipment, createdAt, updatedAt } = fulfillmentOrder;
  return {
    ...viewOf(fulfillmentOrder),
    channelId,
    shipTo,
    ...(distanceKm !== undefined && { distanceKm }),
    rejections,
    ...(shipment && { shipment }),
    createdAt,
    updatedAt,
  };
};
