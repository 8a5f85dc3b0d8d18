import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type InboxMessage } from '../../shared/model/inbox/inbox.ts';
import { type OrderPoll } from '../../shared/model/inbox/order-poll.ts';
import { type QuarantineReplay } from '../../shared/model/inbox/quarantine-replay.ts';
import { type ListingId } from '../../shared/model/network/listing-alias.ts';
import { type ListingTarget } from '../../shared/model/network/listing-target.ts';
import { type ChannelOrder } from '../../shared/model/channels/channel-order.ts';
import { type MessageCounter, type Notice } from '../../shared/model/channels/notice.ts';
import { type FulfillmentOrder } from '../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type Return } from '../../shared/model/returns/return.ts';
import { type LaneName } from '../../shared/model/channels/lane.ts';
import { type Channel, type Listing, type Location } from '../../shared/model/network/network.ts';
import { type Position, type Share } from '../../shared/model/stock/counters.ts';
import { type StockWalk } from '../../shared/model/stock/walk.ts';
import { type Connection } from './domain/connection.ts';
import { type Connector } from './domain/connector.ts';
import { type DriftStore } from './drift-ports.ts';
import { type Lag, type LaneStore, type Lateness } from './lane-ports.ts';
import { type Backlog, type OfferListings } from './offer-ports.ts';
import { type PoolReadings } from './pool-ports.ts';
import { type PublicationStore } from './publication-ports.ts';

/** A limit of a channel's API: calls a second for ever, and at once. */
export type RateLimit = NonNullable<Connector['limits']>[string];

/** A channel's ids of something it sells. */
export interface ListingIds {
  readonly variantId?: string | undefined;
  readonly listingId?: string | undefined;
  readonly barcode?: string | undefined;
}

/** What of a channel's inbox can be listed: in quarantine; waiting for the next try; waiting for the channel to be resumed. */
export type InboxListing = 'QUARANTINED' | 'WAITING' | 'PAUSED';

/** One page of it. */
export interface MessagePage {
  readonly messages: readonly InboxMessage[];
  readonly cursor?: string;
}

/** A cause for which deliveries are in quarantine (`causeOf`), and the one of them that came first. */
export interface QuarantineGroup {
  readonly cause: string;
  readonly receivedAt: string;
  readonly inboxId: string;
}

/** A notice in the listing of what a channel is to be told. */
export interface PendingNotice {
  readonly orderId: string;
  readonly dueAt: string;
}

/** Notices that can be listed: what a channel is to be told, and what it refused. */
export type ListedNoticeState = 'PENDING' | 'REFUSED';

/** One page of them. */
export interface NoticePage {
  readonly notices: readonly Notice[];
  readonly cursor?: string;
}

/** What the channels capability needs of the world. */
export interface ChannelsPorts {
  channel(channelId: string): Promise<Channel | undefined>;
  /** All channels, as they are now. */
  channels(): Promise<readonly Channel[]>;
  /** All locations, as they are now. */
  locations(): Promise<readonly Location[]>;
  listing(channelId: string, sku: string): Promise<Listing | undefined>;
  /** Many listings, as they are now, in any order; what is not listed is left out. */
  listings(ids: readonly Pick<Listing, 'channelId' | 'sku'>[]): Promise<readonly Listing[]>;
  /** A channel's listings in the order of their SKUs, behind one of them; fewer than `most` are the last. */
  listingsAfter(channelId: string, after: string | undefined, most: number): Promise<readonly Listing[]>;
  /** Where a SKU is. */
  positionsOf(sku: string): Promise<readonly Position[]>;
  /** What a channel has of a SKU for itself. */
  shareOf(sku: string, pool: string, channelId: string): Promise<Share | undefined>;
  /** True once stock of a SKU was recorded in a pool. */
  isInPool(sku: string, pool: string): Promise<boolean>;
  /** The SKUs listed under a channel's ids of something it sells: under its variant id, else its listing id, else its barcode. */
  skusOf(channelId: string, ids: ListingIds): Promise<readonly string[]>;
  /** Which SKU was listed last for what a channel knows stock by. */
  listingTarget(channelId: string, target: string): Promise<ListingTarget | undefined>;
  /** The SKUs listed under one id of a channel. */
  listedUnder(id: ListingId): Promise<readonly string[]>;
  /** The products of a barcode. */
  productsWith(barcode: string): Promise<readonly string[]>;
  /** The channel's listings and the products whose SKUs stand next to a text; a bounded number. */
  skusNear(channelId: string, text: string): Promise<readonly string[]>;
  /** Those of some texts that are SKUs with stock in a pool. */
  stockedAmong(skus: readonly string[], pool: string): Promise<readonly string[]>;
  /** Whether a SKU is ours: it has stock, or is a product, or is listed on the channel. */
  isKnownSku(of: { readonly sku: string; readonly pool: string; readonly channelId: string }): Promise<boolean>;
  /**
   * What it takes to speak to a channel; `fresh`: with credentials that are a few seconds old at most; `anew`: with credentials as they are this
   * moment, and with tokens that these give, not those that earlier ones gave and that still last; `yielding`: its calls leave half of each limit to others.
   */
  connection(
    channel: Channel,
    how?: { readonly fresh?: boolean; readonly anew?: boolean; readonly yielding?: boolean },
  ): Promise<Connection>;
  /** What a channel has said of an order. */
  channelOrder(orderId: string): Promise<ChannelOrder | undefined>;
  message(inboxId: string): Promise<InboxMessage | undefined>;
  /** Ids of deliveries whose time to be tried again has come, the earliest first. */
  waitingUntil(time: string): AsyncIterable<string>;
  /** Ids of deliveries that wait for their channel to be resumed, in the order in which they came. */
  pausedOf(channelId: string): AsyncIterable<string>;
  poll(pollId: string): Promise<OrderPoll | undefined>;
  /** Ids of what is due to be asked of channels, the earliest first. */
  pollsUntil(time: string): AsyncIterable<string>;
  /** Refusal: `invalid-request` for a cursor of another listing. */
  inboxPage(
    channelId: string,
    listing: InboxListing,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<MessagePage>>;
  /** The causes for which deliveries of a channel are in quarantine. */
  quarantineGroups(channelId: string): AsyncIterable<QuarantineGroup>;
  /** Ids of deliveries in a channel's quarantine, page by page; those of a code or a cause, or all. */
  inQuarantine(channelId: string, beginning?: string): AsyncIterable<readonly string[]>;
  /** Whether a part of a channel's quarantine is, or was, to be mapped again. */
  replay(channelId: string, code?: string): Promise<QuarantineReplay | undefined>;
  openReplays(): Promise<readonly QuarantineReplay[]>;
  connectorOf(type: Channel['type']): Connector;
  order(orderId: string): Promise<Order | undefined>;
  fulfillmentOrder(fulfillmentOrderId: string): Promise<FulfillmentOrder | undefined>;
  /** A return of an order. */
  returned(returnId: string): Promise<Return | undefined>;
  /** All that the channel of an order was told of it, is to be told, or refused. */
  noticesOf(orderId: string): Promise<readonly Notice[]>;
  notice(noticeId: string): Promise<Notice | undefined>;
  /** What a channel is to be told, the earliest first, due or not; a listing that may lag behind. */
  pendingNotices(channelId: string, most: number): Promise<readonly PendingNotice[]>;
  /** Refusal: `invalid-request` for a cursor of another listing. */
  noticePage(
    channelId: string,
    state: ListedNoticeState,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<NoticePage>>;
  /** How many notices of a channel are in a state, as the index has it. */
  noticeCount(channelId: string, state: ListedNoticeState, most: number): Promise<Backlog>;
  /** How many numbered messages a channel was sent. */
  messageCounter(channelId: string): Promise<MessageCounter | undefined>;
  /** The walk over stock that was last asked for under a name. */
  walk(walkId: string): Promise<StockWalk | undefined>;
  /** Has a lane of a channel worked off: now, or at a time. What it has to tell must be stored before. */
  wake(channelId: string, lane: LaneName, at?: string): Promise<void>;
  lanes: LaneStore;
  offers: OfferListings;
  publications: PublicationStore;
  drift: DriftStore;
  pools: PoolReadings;
  /** How many calls of a kind a channel's limit leaves at a time. */
  callsLeft(channelId: string, operation: string, limit: RateLimit, now: string): Promise<number>;
  /** Measures how long changes waited for a channel's yes. */
  measureLags(channelId: string, lags: readonly Lag[]): void;
  /** Measures how late a channel is at this moment. */
  measureLateness(channelId: string, lateness: Lateness): void;
  commit: CommitChanges;
}
