import { orderIdFrom } from '../../kernel/ids.ts';
import { type PlacesOf } from '../entities.ts';
import { isOpen } from '../fulfillment/fulfillment-order.ts';

/** Key of an order's collection: the order, its fulfillment orders, returns and timeline. */
export const orderPartition = (orderId: string): string => `ORDER#${orderId}`;

/** Beginnings of sort keys within an order's collection. */
export const collectionPrefix = { order: 'ORDER', fulfillmentOrder: 'FO#', return: 'RETURN#', timeline: 'T#' } as const;

const partOf = (id: string): string => orderPartition(orderIdFrom(id) ?? 'unknown');

/**
 * Where is an order and all that belongs to it. Nobody else writes `ORDER#`.
 *
 * | question | table, key |
 * |---|---|
 * | an order with everything of it | orders `pk = ORDER#<id>` |
 * | orders of a channel, newest first | orders index `listing`, `lpk = CHANNEL#<id>` |
 * | open fulfillment orders of a location, oldest first | orders index `listing`, `lpk = LOCATION#<id>` |
 */
export const orderPlaces: PlacesOf<'order' | 'fulfillmentOrder' | 'return'> = {
  order: {
    table: 'orders',
    key: ({ orderId }) => ({ pk: orderPartition(orderId), sk: collectionPrefix.order }),
    listed: ({ channelId, placedAt }) => ({ lpk: `CHANNEL#${channelId}`, lsk: placedAt }),
  },
  fulfillmentOrder: {
    table: 'orders',
    key: ({ fulfillmentOrderId: id }) => ({ pk: partOf(id), sk: `${collectionPrefix.fulfillmentOrder}${id}` }),
    listed: (item) => (isOpen(item) ? { lpk: `LOCATION#${item.location}`, lsk: item.createdAt } : undefined),
  },
  return: {
    table: 'orders',
    key: ({ returnId }) => ({ pk: partOf(returnId), sk: `${collectionPrefix.return}${returnId}` }),
  },
};
