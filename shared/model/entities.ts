import { orderIdFrom } from '../kernel/ids.ts';
import { type ApiKey } from './access/api-key.ts';
import { type FulfillmentOrder, isOpen } from './fulfillment/fulfillment-order.ts';
import { type InboxMessage } from './inbox/inbox.ts';
import { type Channel, type Listing, type Location } from './network/network.ts';
import { type Order } from './orders/order.ts';
import { type Return } from './returns/return.ts';
import { type Backorder } from './stock/backorder.ts';

/** What is stored as an item of its own, by name. */
export interface Entities {
  order: Order;
  fulfillmentOrder: FulfillmentOrder;
  return: Return;
  location: Location;
  channel: Channel;
  listing: Listing;
  inboxMessage: InboxMessage;
  apiKey: ApiKey;
  backorder: Backorder;
}
/** A name of a stored thing. */
export type EntityName = keyof Entities;

/** What names one of each. */
export interface EntityIds {
  order: { readonly orderId: string };
  fulfillmentOrder: { readonly fulfillmentOrderId: string };
  return: { readonly returnId: string };
  location: { readonly locationId: string };
  channel: { readonly channelId: string };
  listing: { readonly channelId: string; readonly sku: string };
  inboxMessage: { readonly inboxId: string };
  apiKey: { readonly hash: string };
  backorder: { readonly sku: string; readonly placedAt: string; readonly orderId: string };
}

/** The tables, by their name in the environment of a function. */
export const tableNames = ['orders', 'stock', 'network', 'listings', 'inbox', 'idempotency'] as const;
/** One of the tables. */
export type TableName = (typeof tableNames)[number];

/** Where an entity lives: its table, its key, and where it is listed (the overloaded index `listing`), if anywhere. */
interface Place<E extends EntityName> {
  readonly table: TableName;
  readonly key: (id: EntityIds[E]) => { readonly pk: string; readonly sk: string };
  readonly listed?: (item: Entities[E]) => { readonly lpk: string; readonly lsk: string } | undefined;
}

/** Key of an order's collection: the order, its fulfillment orders, returns and timeline. */
export const orderPartition = (orderId: string): string => `ORDER#${orderId}`;
/** Beginnings of sort keys within an order's collection. */
export const collectionPrefix = { order: 'ORDER', fulfillmentOrder: 'FO#', return: 'RETURN#', timeline: 'T#' } as const;

const partOf = (id: string): string => orderPartition(orderIdFrom(id) ?? 'unknown');

/**
 * Keys and access patterns of every table but `stock` (see `stock/table.ts`). Nobody else writes `ORDER#`.
 *
 * | question | table, key |
 * |---|---|
 * | an order with everything of it | orders `pk = ORDER#<id>` |
 * | orders of a channel, newest first | orders index `listing`, `lpk = CHANNEL#<id>` |
 * | open fulfillment orders of a location, oldest first | orders index `listing`, `lpk = LOCATION#<id>` |
 * | all locations; all channels | network `pk = LOCATIONS`, `pk = CHANNELS` |
 * | a SKU on a channel; the SKU behind a variant id | listings `pk = CHANNEL#<id>`, `sk = SKU#<sku>`; index `listing`, `lpk = <id>#<variant>` |
 * | orders that wait for a SKU, oldest first | stock `pk = SKU#<sku>` and `sk` begins with `BACKORDER#` |
 * | webhooks in quarantine | inbox index `listing`, `lpk = QUARANTINED#<channel>` |
 */
export const places: { readonly [E in EntityName]: Place<E> } = {
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
  location: { table: 'network', key: ({ locationId }) => ({ pk: 'LOCATIONS', sk: locationId }) },
  channel: { table: 'network', key: ({ channelId }) => ({ pk: 'CHANNELS', sk: channelId }) },
  apiKey: { table: 'network', key: ({ hash }) => ({ pk: `KEY#${hash}`, sk: 'KEY' }) },
  backorder: {
    table: 'stock',
    key: ({ sku, placedAt, orderId }) => ({ pk: `SKU#${sku}`, sk: `BACKORDER#${placedAt}#${orderId}` }),
  },
  listing: {
    table: 'listings',
    key: ({ channelId, sku }) => ({ pk: `CHANNEL#${channelId}`, sk: `SKU#${sku}` }),
    listed: ({ channelId, variantId, sku }) =>
      variantId === undefined ? undefined : { lpk: `${channelId}#${variantId}`, lsk: sku },
  },
  inboxMessage: {
    table: 'inbox',
    key: ({ inboxId }) => ({ pk: inboxId, sk: 'MESSAGE' }),
    listed: ({ state, channelId, receivedAt }) =>
      state === 'QUARANTINED' ? { lpk: `QUARANTINED#${channelId}`, lsk: receivedAt } : undefined,
  },
};
