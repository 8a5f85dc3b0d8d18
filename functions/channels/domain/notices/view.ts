import { present } from '../../../../shared/kernel/present.ts';
import { type Notice } from '../../../../shared/model/channels/notice.ts';

/** What every event of a notice says of it. */
export const about = ({ orderId, channelId, externalId, noticeId, kind }: Notice) => ({
  orderId,
  channelId,
  externalId,
  noticeId,
  kind,
});

/** A notice as it is shown. */
export function viewOf(notice: Notice) {
  const { facts, state, happenedAt, dueAt, tries, reference, reason, dismissed, version } = notice;
  return {
    ...about(notice),
    facts: { ...facts },
    ...{ state, happenedAt, tries, ...present({ reference, reason, dismissed }), version },
    ...(state === 'PENDING' && { dueAt }),
  };
}

/** A notice as it is shown. */
export type NoticeView = ReturnType<typeof viewOf>;
