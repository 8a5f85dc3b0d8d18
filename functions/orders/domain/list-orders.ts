import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type OrderPage, type OrdersPorts } from '../ports.ts';

/** Which orders of a channel: all of them by the page, or the one of the channel's own id. */
export interface OrdersAsked {
  readonly channelId: string;
  readonly externalId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of orders; of one that was asked for, with the id that it was asked by. */
export interface OrdersFound {
  readonly orders: (OrderPage['orders'][number] & { readonly externalId?: string })[];
  readonly cursor?: string;
}

/**
 * Lists a channel's orders, newest first, or finds the one of the channel's own id: ours is made of it, so that is one read.
 * Refusal: `invalid-request` for a cursor of another listing.
 */
export const listOrders =
  (ports: Pick<OrdersPorts, 'order' | 'ordersOf'>) =>
  async ({ channelId, externalId, ...page }: OrdersAsked): Promise<Result<OrdersFound>> => {
    if (externalId === undefined) {
      const found = await ports.ordersOf(channelId, page);
      return found.ok ? ok({ ...found.value, orders: [...found.value.orders] }) : found;
    }
    const order = await ports.order(orderIdOf(channelId, externalId));
    if (order === undefined) return ok({ orders: [] });
    const { orderId, placedAt } = order;
    return ok({ orders: [{ orderId, placedAt, externalId }] });
  };
