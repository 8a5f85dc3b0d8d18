import { channelNoticeDismissed } from '../../../../shared/contracts/channels/notice-events.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { next } from '../../../../shared/kernel/states.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type Notice, type NoticeOperation, noticeTransitions } from '../../../../shared/model/channels/notice.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type NoticeView, about, viewOf } from './view.ts';

/** Who decides what becomes of a notice that the channel refused, when, and under which key. */
export interface NoticeCall {
  readonly channelId: string;
  readonly noticeId: string;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

type SettlePorts = Pick<ChannelsPorts, 'noticesOf' | 'notice' | 'commit' | 'wake'>;

/** Has a channel told again what it refused. Refusals: `not-found`, `state-conflict`. */
export const retryNotice =
  (ports: SettlePorts) =>
  async (call: NoticeCall): Promise<Result<NoticeView>> => {
    const retried = await settle(ports, call, 'retry', ({ reason: _reason, ...notice }) => ({
      ...notice,
      dueAt: call.now,
      retriedAt: call.now,
      events: [],
    }));
    // Also where it is a repeat: the call before may have come no further than its commit.
    if (retried.ok) await ports.wake(call.channelId, 'orders');
    return retried;
  };

/** Leaves a channel untold what it refused: the exception of the order is over. Refusals: `not-found`, `state-conflict`. */
export const dismissNotice =
  (ports: SettlePorts) =>
  (call: NoticeCall & { readonly reason: string }): Promise<Result<NoticeView>> => {
    const { reason, now, actor } = call;
    return settle(ports, call, 'dismiss', (notice, version) => ({
      ...notice,
      dismissed: { by: actor, at: now, reason },
      events: [channelNoticeDismissed.of(notice.noticeId, version, call, { ...about(notice), reason })],
    }));
  };

const settle = (
  ports: SettlePorts,
  { channelId, noticeId, now, once }: NoticeCall,
  operation: NoticeOperation,
  change: (notice: Notice, version: number) => Notice,
): Promise<Result<NoticeView>> =>
  decideAndCommit<NoticeView>(
    ports.commit,
    async () => {
      const notice = await ports.notice(noticeId);
      if (notice?.channelId !== channelId)
        return refuse('not-found', `Channel ${channelId} has no notice ${noticeId}.`);
      const state = next(noticeTransitions, 'notice', notice.state, operation);
      if (!state.ok) return state;
      const version = notice.version + 1;
      const item: Notice = { ...change(notice, version), state: state.value, version, updatedAt: now };
      return ok({ changes: [replace('notice', item, notice.version)], reply: viewOf(item) });
    },
    once,
  );
