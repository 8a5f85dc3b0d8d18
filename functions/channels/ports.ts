import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type InboxMessage } from '../../shared/model/inbox/inbox.ts';
import { type Channel, type Listing } from '../../shared/model/network/network.ts';
import { type Share } from '../../shared/model/stock/counters.ts';
import { type Connector } from './domain/connector.ts';

/** One page of a channel's quarantine. */
export interface QuarantinePage {
  readonly messages: readonly InboxMessage[];
  readonly cursor?: string;
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
  /** The SKUs listed under a variant id of a channel. */
  skusOf(channelId: string, variantId: string): Promise<readonly string[]>;
  message(inboxId: string): Promise<InboxMessage | undefined>;
  /** Refusal: `invalid-request` for a cursor of another listing. */
  quarantine(
    channelId: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<QuarantinePage>>;
  connectorOf(type: Channel['type']): Connector;
  commit: CommitChanges;
}
