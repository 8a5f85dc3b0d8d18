import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type ChannelsPorts, type InboxListing } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { type DeliveryView, viewOf } from './view.ts';

/** A page of deliveries, and the cursor to the next. */
export interface InboxPage {
  readonly messages: DeliveryView[];
  readonly cursor?: string;
}

/**
 * One page of a channel's deliveries that are in quarantine (those of one cause together, the oldest first), wait for their next try, or wait
 * for the channel to be resumed. Refusals: `not-found`, `invalid-request` for a foreign cursor.
 */
export const listInbox =
  (ports: Pick<ChannelsPorts, 'channel' | 'inboxPage'>) =>
  async (
    channelId: string,
    listing: InboxListing,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<InboxPage>> => {
    if ((await ports.channel(channelId)) === undefined) return noChannel(channelId);
    const found = await ports.inboxPage(channelId, listing, page);
    if (!found.ok) return found;
    const { messages, cursor } = found.value;
    return ok({ messages: messages.map(viewOf), ...(cursor !== undefined && { cursor }) });
  };
