import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type ChannelsPorts, type ListedNoticeState } from '../../ports.ts';
import { noChannel } from '../channels/read-channel.ts';
import { type NoticeView, viewOf } from './view.ts';

/** One page of what a channel is to be told, or has refused to be told. Refusals: `not-found`, `invalid-request` for a foreign cursor. */
export const listNotices =
  (ports: Pick<ChannelsPorts, 'channel' | 'noticePage'>) =>
  async (
    channelId: string,
    state: ListedNoticeState,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<{ notices: NoticeView[]; cursor?: string }>> => {
    if ((await ports.channel(channelId)) === undefined) return noChannel(channelId);
    const found = await ports.noticePage(channelId, state, page);
    if (!found.ok) return found;
    const { notices, cursor } = found.value;
    return ok({ notices: notices.map(viewOf), ...(cursor !== undefined && { cursor }) });
  };
