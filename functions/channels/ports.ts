import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type InboxMessage } from '../../shared/model/inbox/inbox.ts';
import { type OrderPoll } from '../../shared/model/inbox/order-poll.ts';
import { type QuarantineReplay } from '../../shared/model/inbox/quarantine-replay.ts';
import { type ListingId } from '../../shared/model/network/listing-alias.ts';
import { type ChannelOrder } from '../../shared/model/channels/channel-order.ts';
import { type Channel, type Listing } from '../../shared/model/network/network.ts';
import { type Share } from '../../shared/model/stock/counters.ts';
import { type StockWalk } from '../../shared/model/stock/walk.ts';
import { type Connection, type Connector } from './domain/connector.ts';

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

/** What the channels capability needs of the world. */
export interface ChannelsPorts {
  channel(channelId: string): Promise<Channel | undefined>;
  /** All channels, as they are now. */
  channels(): Promise<readonly Channel[]>;
  listing(channelId: string, sku: string): Promise<Listing | undefined>;
  /** What a channel has of a SKU for itself. */
  shareOf(sku: string, pool: string, channelId: string): Promise<Share | undefined>;
  /** True once stock of a SKU was recorded in a pool. */
  isInPool(sku: string, pool: string): Promise<boolean>;
  /** The SKUs listed under a channel's ids of something it sells: under its variant id, else its listing id, else its barcode. */
  skusOf(channelId: string, ids: ListingIds): Promise<readonly string[]>;
  /** The SKUs listed under one id of a channel. */
  listedUnder(id: ListingId): Promise<readonly string[]>;
  /** The products of a barcode. */
  productsWith(barcode: string): Promise<readonly string[]>;
  /** The channel's listings and the products whose SKUs stand next to a text; a bounded number. */
  skusNear(channelId: string, text: string): Promise<readonly string[]>;
  /** Whether a SKU is ours: it has stock, or is a product, or is listed on the channel. */
  isKnownSku(of: { readonly sku: string; readonly pool: string; readonly channelId: string }): Promise<boolean>;
  /**
   * What it takes to speak to a channel; `fresh`: with credentials that are a few seconds old at most; `anew`: with credentials as they are this
   * moment, and with tokens that these give, not those that earlier ones gave and that still last.
   */
  connection(channel: Channel, how?: { readonly fresh?: boolean; readonly anew?: boolean }): Promise<Connection>;
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
  /** The walk over stock that was last asked for under a name. */
  walk(walkId: string): Promise<StockWalk | undefined>;
  commit: CommitChanges;
}
