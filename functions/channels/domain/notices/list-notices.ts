import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type ChannelsPorts, type ListedNoticeState } from '../../ports.ts';
import { type NoticeView, viewOf } from './view.ts';

/** One page of what a channel is to be told, or has refused to be told. Refusal: `invalid-request` for a foreign cursor. */
export const listNotices =
  (ports: Pick<ChannelsPorts, 'noticePage'>) =>
  async (
    channelId: string,
    state: ListedNoticeState,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Result<{ notices: NoticeView[]; cursor?: string }>> => {
    const found = await ports.noticePage(channelId, state, page);
    if (!found.ok) return found;
    const { notices, cursor } = found.value;
    return ok({ notices: notices.map(viewOf), ...(cursor !== undefined && { cursor }) });
  };
