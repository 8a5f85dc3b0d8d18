import { orderIdFrom, shardOf } from '../kernel/ids.ts';
import { type ApiKey } from './access/api-key.ts';
import { type FulfillmentOrder, isOpen } from './fulfillment/fulfillment-order.ts';
import { type ChannelOrder } from './channels/channel-order.ts';
import { type InboxMessage } from './inbox/inbox.ts';
import { type OrderPoll, isDone } from './inbox/order-poll.ts';
import { type QuarantineReplay } from './inbox/quarantine-replay.ts';
import { type ListingAlias } from './network/listing-alias.ts';
import { type Channel, type Listing, type Location } from './network/network.ts';
import { type Order } from './orders/order.ts';
import { type Preorder } from './orders/preorder.ts';
import { type KitMembership, type Product } from './network/product.ts';
import { type ProductAlias } from './network/product-alias.ts';
import { type Return } from './returns/return.ts';
import { type AuditReport } from './stock/audit-report.ts';
import { type Backorder } from './stock/backorder.ts';
import { type StockCount, isOpenCount } from './stock/count.ts';
import { type StockHold, expiryShards } from './stock/hold.ts';
import { type StockRule } from './stock/rule.ts';
import { type Snapshot, type SnapshotSource } from './stock/snapshot.ts';
import { type StockException } from './stock/stock-exception.ts';
import { type PurchaseOrder, type Supply } from './stock/supply.ts';
import { skuPartition } from './stock/table.ts';
import { type Transfer } from './stock/transfer.ts';
import { type Unrouted, unroutedPrefix } from './stock/unrouted.ts';
import { type StockWalk } from './stock/walk.ts';

/** What is stored as an item of its own, by name. */
export interface Entities {
  order: Order;
  fulfillmentOrder: FulfillmentOrder;
  return: Return;
  location: Location;
  channel: Channel;
  listing: Listing;
  listingAlias: ListingAlias;
  inboxMessage: InboxMessage;
  channelOrder: ChannelOrder;
  orderPoll: OrderPoll;
  quarantineReplay: QuarantineReplay;
  apiKey: ApiKey;
  backorder: Backorder;
  unrouted: Unrouted;
  stockHold: StockHold;
  transfer: Transfer;
  stockCount: StockCount;
  supply: Supply;
  purchaseOrder: PurchaseOrder;
  preorder: Preorder;
  stockException: StockException;
  auditReport: AuditReport;
  snapshot: Snapshot;
  snapshotSource: SnapshotSource;
  stockRule: StockRule;
  stockWalk: StockWalk;
  product: Product;
  productAlias: ProductAlias;
  kitMembership: KitMembership;
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
  listingAlias: ListingAlias;
  inboxMessage: { readonly inboxId: string };
  channelOrder: { readonly orderId: string };
  orderPoll: { readonly pollId: string };
  quarantineReplay: { readonly channelId: string; readonly code?: string };
  apiKey: { readonly hash: string };
  backorder: { readonly sku: string; readonly queuedAt: string; readonly orderId: string };
  unrouted: { readonly sku: string; readonly pool: string; readonly since: string; readonly orderId: string };
  stockHold: { readonly holdId: string };
  transfer: { readonly transferId: string };
  stockCount: { readonly countId: string };
  supply: { readonly sku: string; readonly location: string; readonly reference: string };
  purchaseOrder: { readonly reference: string };
  preorder: { readonly orderId: string };
  stockException: { readonly exceptionId: string };
  auditReport: { readonly auditId: string };
  snapshot: { readonly snapshotId: string };
  snapshotSource: { readonly source: string };
  stockRule: { readonly ruleId: string };
  stockWalk: { readonly walkId: string };
  product: { readonly sku: string };
  productAlias: ProductAlias;
  kitMembership: KitMembership;
}

/** The tables, by their name in the environment of a function. */
export const tableNames = ['orders', 'stock', 'ledger', 'network', 'listings', 'inbox', 'idempotency'] as const;
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

/** The listing of pre-orders by launch. */
export const preorderListing = 'PREORDERS';

/** The listing of what is asked of channels, by when it is next. */
export const pollListing = 'POLLS';

/** The listing of a channel's deliveries in quarantine: by cause, within it by when they came. */
export const quarantineListing = (channelId: string): string => `QUARANTINED#${channelId}`;

/** The listing of what is to be mapped again because somebody asked for it, by when. */
export const replayListing = 'REPLAYS';

/** Where the SKUs of an id of a channel are listed. */
export const listingAliasPartition = ({ channelId, kind, value }: Omit<ListingAlias, 'sku'>): string =>
  `ALIAS#${channelId}#${kind}#${value}`;

/** Where the SKUs of all products stand in the order of their spelling. */
export const spellingPartition = 'SPELLINGS';
/** Where the products of a barcode are listed. */
export const barcodePartition = (barcode: string): string => `BARCODE#${barcode}`;

/** The listing of deliveries that wait for their channel to be resumed, by when they came. */
export const pausedListing = (channelId: string): string => `PAUSED#${channelId}`;

/** The listing of deliveries that are tried again, by when. */
export const waitingListing = 'WAITING';

/** The listing of holds by expiry on one shard. */
export const expiryListing = (shard: number): string => `EXPIRES#${shard}`;

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
 * | a SKU on a channel; the SKUs behind an id of the channel | listings `pk = CHANNEL#<id>`, `sk = SKU#<sku>`; `pk = ALIAS#<channel>#<kind>#<id>`; of old ones index `listing`, `lpk = <id>#<variant>` |
 * | orders that wait for a SKU, oldest first | stock `pk = SKU#<sku>` and `sk` begins with `BACKORDER#` |
 * | orders with units of a SKU that no location can send, oldest first | stock `pk = SKU#<sku>` and `sk` begins with `UNROUTED#<pool>#` |
 * | what is to come of a SKU; of a purchase order | stock `pk = SKU#<sku>` and `sk` begins with `SUPPLY#`; index `listing`, `lpk = SUPPLY#<reference>` |
 * | a purchase order; its lines | stock `pk = PURCHASE#<reference>`; by the SKUs and location on it |
 * | pre-orders whose launch has come | stock index `listing`, `lpk = PREORDERS`, `lsk` up to now |
 * | holds that are over | stock index `listing`, `lpk = EXPIRES#<shard>`, `lsk` up to now |
 * | open transfers to a location; open counts at one | stock index `listing`, `lpk = TRANSFERS#<location>`, `lpk = COUNTS#<location>` |
 * | what needs a person about stock | stock index `listing`, `lpk = EXCEPTIONS` |
 * | what audits found, newest last | stock index `listing`, `lpk = AUDITS` |
 * | snapshots of a source | stock index `listing`, `lpk = SNAPSHOTS#<source>` |
 * | all rules; a product; the kits that a SKU is part of | network `pk = RULES`, `pk = PRODUCT#<sku>`, `pk = COMPONENT#<sku>` |
 * | deliveries in quarantine; deliveries to be tried again | inbox index `listing`, `lpk = QUARANTINED#<channel>`; `lpk = WAITING`, `lsk` up to now; `lpk = PAUSED#<channel>` |
 * | what of a quarantine is to be mapped again | inbox index `listing`, `lpk = REPLAYS` |
| what is asked of channels, the earliest first | inbox index `listing`, `lpk = POLLS`, `lsk` up to now |
 * | what a channel has said of an order | inbox `pk = CHANNEL-ORDER#<order id>` |
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
    key: ({ sku, queuedAt, orderId }) => ({ pk: skuPartition(sku), sk: `BACKORDER#${queuedAt}#${orderId}` }),
  },
  unrouted: {
    table: 'stock',
    key: ({ sku, pool, since, orderId }) => ({
      pk: skuPartition(sku),
      sk: `${unroutedPrefix(pool)}${since}#${orderId}`,
    }),
  },
  stockHold: {
    table: 'stock',
    key: ({ holdId }) => ({ pk: `HOLD#${holdId}`, sk: 'HOLD' }),
    listed: ({ holdId, state, expiresAt }) =>
      state === 'HELD'
        ? { lpk: expiryListing(shardOf(holdId, expiryShards)), lsk: `${expiresAt}#${holdId}` }
        : undefined,
  },
  transfer: {
    table: 'stock',
    key: ({ transferId }) => ({ pk: `TRANSFER#${transferId}`, sk: 'TRANSFER' }),
    listed: ({ state, to, dispatchedAt }) =>
      state === 'DISPATCHED' ? { lpk: `TRANSFERS#${to}`, lsk: dispatchedAt } : undefined,
  },
  stockCount: {
    table: 'stock',
    key: ({ countId }) => ({ pk: `COUNT#${countId}`, sk: 'COUNT' }),
    listed: (item) => (isOpenCount(item) ? { lpk: `COUNTS#${item.location}`, lsk: item.createdAt } : undefined),
  },
  supply: {
    table: 'stock',
    key: ({ sku, location, reference }) => ({ pk: skuPartition(sku), sk: `SUPPLY#${location}#${reference}` }),
    listed: ({ reference, location, sku }) => ({ lpk: `SUPPLY#${reference}`, lsk: `${location}#${sku}` }),
  },
  purchaseOrder: { table: 'stock', key: ({ reference }) => ({ pk: `PURCHASE#${reference}`, sk: 'PURCHASE' }) },
  preorder: {
    table: 'stock',
    key: ({ orderId }) => ({ pk: `PREORDER#${orderId}`, sk: 'PREORDER' }),
    listed: ({ until, orderId }) => ({ lpk: preorderListing, lsk: `${until}#${orderId}` }),
  },
  stockException: {
    table: 'stock',
    key: ({ exceptionId }) => ({ pk: `EXCEPTION#${exceptionId}`, sk: 'EXCEPTION' }),
    listed: ({ resolvedAt, raisedAt }) => (resolvedAt === undefined ? { lpk: 'EXCEPTIONS', lsk: raisedAt } : undefined),
  },
  snapshot: {
    table: 'stock',
    key: ({ snapshotId }) => ({ pk: `SNAPSHOT#${snapshotId}`, sk: 'SNAPSHOT' }),
    listed: ({ source, takenAt }) => ({ lpk: `SNAPSHOTS#${source}`, lsk: takenAt }),
  },
  snapshotSource: { table: 'stock', key: ({ source }) => ({ pk: `SNAPSHOTS#${source}`, sk: 'SOURCE' }) },
  auditReport: {
    table: 'stock',
    key: ({ auditId }) => ({ pk: `AUDIT#${auditId}`, sk: 'AUDIT' }),
    listed: ({ checkedAt }) => ({ lpk: 'AUDITS', lsk: checkedAt }),
  },
  stockRule: { table: 'network', key: ({ ruleId }) => ({ pk: 'RULES', sk: ruleId }) },
  stockWalk: { table: 'stock', key: ({ walkId }) => ({ pk: `WALK#${walkId}`, sk: 'WALK' }) },
  productAlias: {
    table: 'network',
    key: ({ kind, value, sku }) =>
      kind === 'barcode'
        ? { pk: barcodePartition(value), sk: `SKU#${sku}` }
        : { pk: spellingPartition, sk: `${value}#${sku}` },
  },
  product: { table: 'network', key: ({ sku }) => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' }) },
  kitMembership: {
    table: 'network',
    key: ({ component, kit }) => ({ pk: `COMPONENT#${component}`, sk: `KIT#${kit}` }),
  },
  listing: {
    table: 'listings',
    key: ({ channelId, sku }) => ({ pk: `CHANNEL#${channelId}`, sk: `SKU#${sku}` }),
    listed: ({ channelId, variantId, sku }) =>
      variantId === undefined ? undefined : { lpk: `${channelId}#${variantId}`, lsk: sku },
  },
  listingAlias: { table: 'listings', key: (alias) => ({ pk: listingAliasPartition(alias), sk: `SKU#${alias.sku}` }) },
  inboxMessage: {
    table: 'inbox',
    key: ({ inboxId }) => ({ pk: inboxId, sk: 'MESSAGE' }),
    listed: ({ inboxId, state, channelId, cause, receivedAt, retryAt }) => {
      if (state === 'QUARANTINED')
        return {
          lpk: quarantineListing(channelId),
          lsk: cause === undefined ? receivedAt : `${cause}#${receivedAt}#${inboxId}`,
        };
      if (state !== 'WAITING') return undefined;
      return retryAt === undefined
        ? { lpk: pausedListing(channelId), lsk: `${receivedAt}#${inboxId}` }
        : { lpk: waitingListing, lsk: `${retryAt}#${inboxId}` };
    },
  },
  quarantineReplay: {
    table: 'inbox',
    key: ({ channelId, code = '*' }) => ({ pk: `REPLAY#${channelId}`, sk: `REPLAY#${code}` }),
    listed: ({ channelId, code = '*', askedAt, doneAt }) =>
      doneAt === undefined ? { lpk: replayListing, lsk: `${askedAt}#${channelId}#${code}` } : undefined,
  },
  orderPoll: {
    table: 'inbox',
    key: ({ pollId }) => ({ pk: `POLL#${pollId}`, sk: 'POLL' }),
    listed: (poll) => (isDone(poll) ? undefined : { lpk: pollListing, lsk: `${poll.dueAt}#${poll.pollId}` }),
  },
  channelOrder: { table: 'inbox', key: ({ orderId }) => ({ pk: `CHANNEL-ORDER#${orderId}`, sk: 'CHANNEL-ORDER' }) },
};
