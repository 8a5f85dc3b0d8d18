import { type ApiKey } from './access/api-key.ts';
import { type FulfillmentOrder } from './fulfillment/fulfillment-order.ts';
import { type ChannelOrder } from './channels/channel-order.ts';
import { type DriftRun } from './channels/drift-run.ts';
import { type Lane, type LaneName } from './channels/lane.ts';
import { type MessageCounter, type Notice } from './channels/notice.ts';
import { type InboxMessage } from './inbox/inbox.ts';
import { type OrderPoll } from './inbox/order-poll.ts';
import { type QuarantineReplay } from './inbox/quarantine-replay.ts';
import { type ListingAlias } from './network/listing-alias.ts';
import { type ListingTarget } from './network/listing-target.ts';
import { type Channel, type Listing, type Location } from './network/network.ts';
import { type Order } from './orders/order.ts';
import { type Preorder } from './orders/preorder.ts';
import { type KitMembership, type Product } from './network/product.ts';
import { type PriceList, type SkuPrices } from './network/price-list.ts';
import { type ProductAlias } from './network/product-alias.ts';
import { type Publication } from './network/publication.ts';
import { type PublicationWalk } from './network/publication-walk.ts';
import { type Return } from './returns/return.ts';
import { type AuditReport } from './stock/audit-report.ts';
import { type Backorder } from './stock/backorder.ts';
import { type StockCount } from './stock/count.ts';
import { type StockHold } from './stock/hold.ts';
import { type StockRule } from './stock/rule.ts';
import { type Snapshot, type SnapshotSource } from './stock/snapshot.ts';
import { type StockException } from './stock/stock-exception.ts';
import { type PurchaseOrder, type Supply } from './stock/supply.ts';
import { type Transfer } from './stock/transfer.ts';
import { type Unrouted } from './stock/unrouted.ts';
import { type StockWalk } from './stock/walk.ts';

/** What is stored as an item of its own, by name. */
export interface Entities {
  order: Order;
  fulfillmentOrder: FulfillmentOrder;
  return: Return;
  location: Location;
  channel: Channel;
  listing: Listing;
  lane: Lane;
  driftRun: DriftRun;
  listingAlias: ListingAlias;
  listingTarget: ListingTarget;
  inboxMessage: InboxMessage;
  channelOrder: ChannelOrder;
  notice: Notice;
  messageCounter: MessageCounter;
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
  priceList: PriceList;
  skuPrices: SkuPrices;
  publication: Publication;
  publicationWalk: PublicationWalk;
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
  lane: { readonly channelId: string; readonly lane: LaneName };
  driftRun: { readonly channelId: string; readonly number: number };
  listingAlias: ListingAlias;
  listingTarget: { readonly channelId: string; readonly target: string };
  inboxMessage: { readonly inboxId: string };
  channelOrder: { readonly orderId: string };
  notice: { readonly noticeId: string };
  messageCounter: { readonly channelId: string };
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
  priceList: { readonly priceListId: string };
  skuPrices: { readonly priceListId: string; readonly sku: string };
  publication: { readonly channelId: string; readonly sku: string };
  publicationWalk: { readonly channelId: string };
}

/** The tables, by their name in the environment of a function. */
export const tableNames = ['orders', 'stock', 'ledger', 'network', 'listings', 'inbox', 'idempotency'] as const;
/** One of the tables. */
export type TableName = (typeof tableNames)[number];

/** Where an entity lives: its table, its key, and where it is listed (the overloaded index `listing`), if anywhere. */
export interface Place<E extends EntityName> {
  readonly table: TableName;
  readonly key: (id: EntityIds[E]) => { readonly pk: string; readonly sk: string };
  readonly listed?: (item: Entities[E]) => { readonly lpk: string; readonly lsk: string } | undefined;
}
/** Where some of them live. */
export type PlacesOf<E extends EntityName> = { readonly [Name in E]: Place<Name> };
