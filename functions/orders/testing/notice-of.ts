import { type NoticeFacts, type NoticeKind } from '../../../shared/contracts/channels/notice.ts';
import { type Notice, noticeIdOf } from '../../../shared/model/channels/notice.ts';
import { later, orderId } from './channel-order-world.ts';
import { now } from './shop.ts';

/** Something that the channel of the order is told, and that was tried once. */
export const noticeOf = <K extends NoticeKind>(
  kind: K,
  of: string,
  facts: NoticeFacts[K],
  more: Partial<Notice> = {},
): Notice => ({
  noticeId: noticeIdOf(orderId, kind, of),
  ...{ channelId: 'webshop', orderId, externalId: '5001', kind, facts },
  ...{ state: 'PENDING', happenedAt: now, dueAt: now, tries: 1, version: 2, updatedAt: now, events: [] },
  ...more,
});
/** It is told. */
export const told = { state: 'TOLD', toldAt: later(1) } as const;
