import { type Order } from '../../../shared/model/orders/order.ts';
import { type KitOfLine } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';

/** What a capture answers. */
export interface CapturedOrder {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly total: { readonly amount: number; readonly currency: string };
  readonly lines: {
    readonly lineId: string;
    readonly sku: string;
    readonly quantity: number;
    readonly reserved: number;
    readonly backordered: number;
    readonly kit?: KitOfLine;
    readonly promisedFor?: string;
  }[];
}

/** How an order stands, as its capture answers it. */
export const capturedOrder = (order: Order): CapturedOrder => ({
  orderId: order.orderId,
  status: statusOf(order),
  version: order.version,
  total: { amount: order.totalMinor, currency: order.currency },
  lines: order.lines.map(({ lineId, sku, quantity, units, kit, promisedFor }) => ({
    lineId,
    sku,
    quantity,
    reserved: units.reserved,
    backordered: units.backordered,
    ...(kit && { kit }),
    ...(promisedFor !== undefined && { promisedFor }),
  })),
});
