import { fulfillmentOrderIdOf, orderIdOf, returnIdOf } from '../../shared/kernel/ids.ts';
import { orderBody } from '../shop/order.ts';
import { type Shop } from '../shop/shop.ts';

/** One call of the API in an order's life. */
export interface Step {
  readonly path: string;
  readonly body: object;
}

/** How an order lives. */
export const lives = ['delivered', 'rejected once', 'returned'] as const;
/** One of the lives. */
export type Life = (typeof lives)[number];

/** An order of a shop, by its number there. */
export interface OneOrder {
  readonly shop: Shop;
  readonly number: number;
  readonly lines: number;
}

/** What happens to an order over the API, step by step; between two steps everything that follows the first is done. */
export function stepsOf(life: Life, order: OneOrder): Step[] {
  const captured = { path: '/v1/orders', body: orderBody(order.shop, order.number, order.lines) };
  if (life === 'rejected once')
    return [captured, answer(order, 1, 'reject', { reason: 'not-found' }), ...sent(order, 2)];
  return [captured, ...sent(order, 1), ...(life === 'returned' ? returned(order) : [])];
}

/** The id of an order before it was captured. */
export const idOf = ({ shop, number, lines }: OneOrder): string =>
  orderIdOf(shop.channelId, orderBody(shop, number, lines).externalId);

/** A location's way with the n-th fulfillment order. */
function sent(order: OneOrder, number: number): Step[] {
  return [
    answer(order, number, 'accept'),
    answer(order, number, 'pick'),
    answer(order, number, 'pack'),
    answer(order, number, 'ship', { carrier: 'UPS', trackingNumber: `1Z999AA1${order.number}` }),
    answer(order, number, 'deliver'),
  ];
}

function answer(order: OneOrder, number: number, verb: string, body: object = {}): Step {
  return { path: `/v1/fulfillment-orders/${fulfillmentOrderIdOf(idOf(order), number)}/${verb}`, body };
}

function returned(order: OneOrder): Step[] {
  const orderId = idOf(order);
  const path = `/v1/returns/${returnIdOf(orderId, 1)}`;
  const lines = Array.from({ length: order.lines }, (_, index) => ({ lineId: String(index + 1), quantity: 1 }));
  const location = order.shop.warehouse;
  return [
    {
      path: `/v1/orders/${orderId}/returns`,
      body: { location, lines: lines.map((line) => ({ ...line, reason: 'too small' })) },
    },
    { path: `${path}/receive`, body: {} },
    { path: `${path}/inspect`, body: { lines: lines.map((line) => ({ ...line, disposition: 'restock' })) } },
  ];
}
