import { channelNoticeDismissed } from '../../../../shared/contracts/channels/notice-events.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { next } from '../../../../shared/kernel/states.ts';
import { present } from '../../../../shared/kernel/present.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type Notice, compareNotices, noticeTransitions } from '../../../../shared/model/channels/notice.ts';
import { type OnceKey, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { noneOf } from '../channels/read-channel.ts';
import { type NoticeView, about, viewOf } from './view.ts';

/** Who decides what becomes of a notice that the channel refused, when, and under which key. */
export interface NoticeCall {
  readonly channelId: string;
  readonly noticeId: string;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/** What a caller may do with a notice, in the words of a refusal. */
const publicly = { retry: 'told again', dismiss: 'dismissed' } as const;
/** So many before one are hastened with it: a transaction holds them. */
const mostHastened = 50;

type SettlePorts = Pick<ChannelsPorts, 'channel' | 'noticesOf' | 'notice' | 'commit' | 'wake'>;

/**
 * Has a channel told again what it refused, or now what waits for its next try. What happened before in the same order goes first, so that is hastened too.
 * Refusals: `not-found`, `state-conflict`.
 */
export const retryNotice =
  (ports: SettlePorts) =>
  async (call: NoticeCall): Promise<Result<NoticeView>> => {
    const { now } = call;
    const retried = await settle(ports, call, 'retry', ({ reason, ...notice }) =>
      // What was refused is told anew; what waits goes on saying why.
      ({ ...notice, ...(notice.state === 'PENDING' && present({ reason })), dueAt: now, events: [] }),
    );
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
  operation: keyof typeof publicly,
  change: (notice: Notice, version: number) => Notice,
): Promise<Result<NoticeView>> =>
  decideAndCommit<NoticeView>(
    ports.commit,
    async () => {
      const notice = await ports.notice(noticeId);
      if (notice?.channelId !== channelId) return noneOf(ports, channelId, nowhere(channelId, noticeId));
      const state = next(noticeTransitions, 'notice', notice.state, operation);
      if (!state.ok) return notNow(notice, operation);
      const version = notice.version + 1;
      const item: Notice = { ...change(notice, version), state: state.value, version, updatedAt: now };
      const before = operation === 'retry' ? await hastened(ports, notice, now) : [];
      return ok({ changes: [replace('notice', item, notice.version), ...before], reply: viewOf(item) });
    },
    once,
  );

const nowhere = (channelId: string, noticeId: string): string =>
  `Channel ${channelId} has no notice ${noticeId}. GET /v1/channels/${channelId}/notices lists those that it refused, with state=PENDING those that wait.`;

/** What waits of the same order and happened before. */
async function hastened(ports: SettlePorts, notice: Notice, now: string): Promise<Change[]> {
  const waiting = (await ports.noticesOf(notice.orderId))
    .filter((one) => one.state === 'PENDING' && one.dueAt > now && compareNotices(one, notice) < 0)
    .toSorted(compareNotices);
  return waiting.slice(0, mostHastened).map((one) => {
    const item: Notice = { ...one, dueAt: now, version: one.version + 1, updatedAt: now, events: [] };
    return replace('notice', item, one.version);
  });
}

/** The refusal of what cannot be done with a notice as it is, and what can. */
function notNow({ noticeId, state }: Notice, operation: keyof typeof publicly) {
  const allowed = Object.keys(publicly).filter((name) => name in noticeTransitions[state]);
  const instead =
    allowed.length === 0 ? 'That is final.' : `What can be done: POST …/notices/${noticeId}/${allowed.join(' or ')}.`;
  const detail = `The notice ${noticeId} is ${state}, and cannot be ${publicly[operation]}. ${instead}`;
  return refuse('state-conflict', detail, { facts: { state, allowed } });
}
