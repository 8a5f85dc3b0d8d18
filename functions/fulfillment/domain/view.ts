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

/** A fulfillment order as it is read: with its address, shipment, rejections and what was taken off it; a process's task token never leaves. */
export const fullViewOf = (fulfillmentOrder: FulfillmentOrder) => {
  const { channelId, shipTo, delivery, distanceKm, rejections, amendments, shipment, createdAt, updatedAt } =
    fulfillmentOrder;
  return {
    ...viewOf(fulfillmentOrder),
    channelId,
    shipTo,
    ...(delivery && { delivery }),
    ...(distanceKm !== undefined && { distanceKm }),
    rejections,
    ...(amendments && { amendments }),
    ...(shipment && { shipment }),
    createdAt,
    updatedAt,
  };
};
