import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type InboxMessage } from '../../shared/model/inbox/inbox.ts';
import { type Channel, type Listing } from '../../shared/model/network/network.ts';
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
