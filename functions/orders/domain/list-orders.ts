import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
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
 * Refusals: `not-found` for a channel that is none, `invalid-request` for a cursor of another listing.
 */
export const listOrders =
  (ports: Pick<OrdersPorts, 'channel' | 'order' | 'ordersOf'>) =>
  async ({ channelId, externalId, ...page }: OrdersAsked): Promise<Result<OrdersFound>> => {
    if (externalId === undefined) {
      const found = await ports.ordersOf(channelId, page);
      if (found.ok && found.value.orders.length === 0) return none(ports, channelId);
      return found.ok ? ok({ ...found.value, orders: [...found.value.orders] }) : found;
    }
    const order = await ports.order(orderIdOf(channelId, externalId));
    if (order === undefined) return none(ports, channelId);
    const { orderId, placedAt } = order;
    return ok({ orders: [{ orderId, placedAt, externalId }] });
  };

/** No order: the channel has none, or there is no such channel. */
async function none(ports: Pick<OrdersPorts, 'channel'>, channelId: string): Promise<Result<OrdersFound>> {
  if ((await ports.channel(channelId)) !== undefined) return ok({ orders: [] });
  return refuse('not-found', `There is no channel ${channelId}. Add it with POST /v1/channels.`);
}
