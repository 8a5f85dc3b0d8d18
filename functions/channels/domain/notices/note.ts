import { type NoticeFacts, type NoticeKind } from '../../../../shared/contracts/channels/notice.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { create } from '../../../../shared/model/changes.ts';
import { type Notice, noticeIdOf } from '../../../../shared/model/channels/notice.ts';
import { decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Order } from '../../../../shared/model/orders/order.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Connector } from '../connector.ts';

/** What is needed to note something for a channel. */
export type NotePorts = Pick<
  ChannelsPorts,
  'channel' | 'connectorOf' | 'order' | 'fulfillmentOrder' | 'returned' | 'noticesOf' | 'commit' | 'wake'
>;

/** Something that happened to an order, as its event tells it. */
export interface Happened<Data extends { readonly orderId: string; readonly channelId: string }> {
  readonly time: string;
  readonly version: number;
  readonly actor: string;
  readonly data: Data;
}

/** What the channel of an order is to know: `of` says what happened, among things of its kind. */
export type Draft = {
  readonly [K in NoticeKind]: { readonly kind: K; readonly of?: string; readonly facts: NoticeFacts[K] };
}[NoticeKind];

/** What an event means to the order's channel. `noticed`: what there was to know before. */
export type DraftsOf = (
  order: Order,
  noticed: readonly Notice[],
  hears: (kind: NoticeKind) => boolean,
) => Promise<readonly Draft[]> | readonly Draft[];

/**
 * Notes what a channel is to be told of an order, each thing once, and wakes its lane; nothing where the channel does not want to know. Whatever is
 * told of an order that the channel delivered, that it is ours is told before. Twice, late and out of order is the same.
 */
export const note =
  (ports: NotePorts) =>
  async (about: Happened<{ orderId: string; channelId: string }>, now: string, draftsOf: DraftsOf): Promise<void> => {
    const { orderId, channelId } = about.data;
    const channel = await ports.channel(channelId);
    const connector = channel && ports.connectorOf(channel.type);
    if (channel === undefined || connector === undefined || !isTold(channel, connector)) return;
    const hears = (kind: NoticeKind) => connector.tell?.[kind] !== undefined;
    const order = await ports.order(orderId);
    if (order === undefined) throw new Error(`order ${orderId} was told of and is not there`);
    const noted = await decideAndCommit(ports.commit, async () => {
      const noticed = await ports.noticesOf(orderId);
      const drafts = await draftsOf(order, noticed, hears);
      const notices = [...acknowledgementOf(order, drafts), ...drafts]
        .filter(({ kind }) => hears(kind))
        .map((draft) => noticeOf(order, draft, about.time, now));
      const absent = notices.filter(({ noticeId }) => !noticed.some((one) => one.noticeId === noticeId));
      // Also what was noted before: a crash may have come between the note and its wake.
      const isWaited = noticed.some(({ state }) => state === 'PENDING');
      const changes = absent.map((notice) => create('notice', notice));
      return ok({ changes, reply: absent.length > 0 || isWaited });
    });
    if (!noted.ok) throw new Error(noted.refusal.detail);
    if (noted.value) await ports.wake(channelId, 'orders');
  };

const isTold = (channel: Channel, { tell, hears }: Connector): boolean =>
  tell !== undefined && (hears === undefined || hears(channel));

const acknowledgementOf = ({ delivered }: Order, drafts: readonly Draft[]): readonly Draft[] =>
  delivered === true && drafts.length > 0 && !drafts.some(({ kind }) => kind === 'acknowledged')
    ? [{ kind: 'acknowledged', facts: {} }]
    : [];

function noticeOf(order: Order, { kind, of, facts }: Draft, happenedAt: string, now: string): Notice {
  const { orderId, channelId, externalId, capturedAt } = order;
  return {
    noticeId: noticeIdOf(orderId, kind, of),
    channelId,
    orderId,
    externalId,
    kind,
    facts,
    state: 'PENDING',
    // However it comes to be noted, an order is acknowledged before anything else of it is told.
    happenedAt: kind === 'acknowledged' ? capturedAt : happenedAt,
    dueAt: now,
    tries: 0,
    version: 1,
    updatedAt: now,
    events: [],
  };
}
