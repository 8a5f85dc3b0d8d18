import { type ChannelRefund } from '../../contracts/channels/channel-order.ts';
import { type EventMessage } from '../../contracts/define-event.ts';
import { type NoticeFacts, type NoticeKind } from '../../contracts/channels/notice.ts';
import { type Transitions } from '../../kernel/states.ts';

/** What a notice may be. */
export const noticeStates = ['PENDING', 'TOLD', 'REFUSED', 'DISMISSED'] as const;
/** One of them. */
export type NoticeState = (typeof noticeStates)[number];
/** What may be done with one. */
export type NoticeOperation = 'tell' | 'refuse' | 'retry' | 'dismiss';

/** States as data: what the channel refused is told again, or left, and what waits is hastened, as a person says. */
export const noticeTransitions: Transitions<NoticeState, NoticeOperation> = {
  PENDING: { tell: 'TOLD', refuse: 'REFUSED', retry: 'PENDING' },
  REFUSED: { retry: 'PENDING', dismiss: 'DISMISSED' },
  TOLD: {},
  DISMISSED: {},
};

/** Something about an order that its channel must know: made once for each thing that happened, told until the channel has it. */
export interface Notice<K extends NoticeKind = NoticeKind> {
  /** Made of the order, the kind, and what happened: a repeat is the same notice. See `noticeIdOf`. */
  readonly noticeId: string;
  readonly channelId: string;
  readonly orderId: string;
  /** The channel's id of the order. */
  readonly externalId: string;
  readonly kind: K;
  readonly facts: NoticeFacts[K];
  readonly state: NoticeState;
  /** When it happened: notices of one order are told in this order. */
  readonly happenedAt: string;
  /** Not told before, RFC 3339. */
  readonly dueAt: string;
  /**
   * Tries until now, counted before the channel is called: any of them may have been carried out. One that a limit ended, or that the channel
   * works on, is none.
   */
  readonly tries: number;
  /** The number that its message bears at every try, where the channel's messages are numbered. */
  readonly number?: number;
  /** The channel's own id of what it made, or is making, of it: a fulfillment, a feed; several are apart by blanks. */
  readonly reference?: string;
  /** Why it is not told yet, or never: the channel's reason in words. */
  readonly reason?: string;
  readonly toldAt?: string;
  /** Since when it is tried without a final answer; a limit leaves it as it is. */
  readonly untoldSince?: string;
  /** Who decided that the channel need not know. */
  readonly dismissed?: { readonly by: string; readonly at: string; readonly reason: string };
  readonly version: number;
  readonly updatedAt: string;
  readonly events: readonly EventMessage[];
}

/** How many numbered messages a channel was sent. */
export interface MessageCounter {
  readonly channelId: string;
  readonly last: number;
  readonly version: number;
}

/** The code of the exception on an order while its channel refuses to be told of something. */
export const channelRefusedCode = 'channel-refused';

/**
 * The id of a notice: `ord_…-shipped-f1`.
 * @param of what happened, among things of this kind: a fulfillment order, a return, a refund, a version of the order; none where it happens once
 */
export function noticeIdOf(orderId: string, kind: NoticeKind, of = ''): string {
  const part = of.startsWith(`${orderId}-`) ? of.slice(orderId.length + 1) : of;
  return [orderId, kind, ...(part === '' ? [] : [part])].join('-');
}

/** The order that a notice is about; the text itself where that is no notice's id. */
export const orderIdOfNotice = (noticeId: string): string => noticeId.split('-', 1)[0] ?? noticeId;

/** Less than zero when `a` is to be told before `b`; both are of one order. */
export const compareNotices = (a: Notice, b: Notice): number =>
  a.happenedAt === b.happenedAt ? (a.noticeId < b.noticeId ? -1 : 1) : a.happenedAt < b.happenedAt ? -1 : 1;

/**
 * True for a refund of a channel that is what it made of a notice: its id is the notice's reference, one of several in it, or our own id of
 * the refund; or its reason names that, where connectors put it.
 */
export const isMadeOf = (
  { externalId, reason }: Pick<ChannelRefund, 'externalId' | 'reason'>,
  { reference, refundId }: { readonly reference?: string | undefined; readonly refundId: string },
): boolean =>
  externalId === refundId ||
  reference?.split(' ').includes(externalId) === true ||
  reason?.split(/[\s(),]+/).includes(refundId) === true;

/** A guard for notices of a kind. */
export const isNoticeOf =
  <K extends NoticeKind>(kind: K) =>
  (notice: Notice): notice is Notice<K> =>
    notice.kind === kind;
