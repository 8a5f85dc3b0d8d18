import { type ChannelRefund } from '../../../../shared/contracts/channels/channel-order.ts';
import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type Notice, isMadeOf, isNoticeOf } from '../../../../shared/model/channels/notice.ts';
import { type Order, type Refund } from '../../../../shared/model/orders/order.ts';

/** Refunds that came from here: the channel was told to make them, and tells them back as its own. */
export interface OwnRefunds {
  /** The channel's ids of those that it has made. */
  readonly externalIds: ReadonlySet<string>;
  /** Our refunds by their ids, with the channel's id of what carried each out. */
  readonly links: ReadonlyMap<string, string>;
  /** Our refunds that the channel was told of, or is to be. */
  readonly noticed: ReadonlySet<string>;
}

/** Our clock and a channel's differ by less. */
const clockSkewSeconds = 300;

/**
 * Which of a channel's refunds are ours. Certain are those that a notice names by the channel's id, or that name the notice's refund in their
 * reason, where connectors put it; one notice may have become several. Where there is none (the answer was lost, or its id is not the one that the
 * channel tells), it is one of the same amount that nobody knew; if what is certain comes later, that one was the channel's own.
 */
export function ownRefunds(
  order: Pick<Order, 'refunds'>,
  refunds: readonly ChannelRefund[],
  notices: readonly Notice[],
): OwnRefunds {
  const told = notices.filter(isNoticeOf('refunded')).map((notice) => ({ notice, ours: refundsOf(order, notice) }));
  const externalIds = new Set<string>();
  const links = new Map<string, string>();
  const take = (made: readonly ChannelRefund[], ours: readonly Refund[]) => {
    const ids = made.map(({ externalId }) => externalId);
    for (const id of ids) externalIds.add(id);
    const [first] = ids;
    for (const { refundId, externalId } of ours)
      if (first !== undefined && (externalId === undefined || !ids.includes(externalId))) links.set(refundId, first);
  };
  const unsure = told.filter(({ notice, ours }) => {
    const made = refunds.filter((one) => isMade(one, notice));
    take(made, ours);
    return made.length === 0;
  });
  for (const { ours } of unsure)
    take(
      refunds.filter((one) => isLinked(one, ours)),
      ours,
    );
  const known = new Set(order.refunds.flatMap(({ externalId }) => externalId ?? []));
  for (const { notice, ours } of unsure) {
    const isOpen = ours.some(({ externalId }) => externalId === undefined) && mayBeMade(notice);
    const unclaimed = refunds.filter(({ externalId }) => !known.has(externalId) && !externalIds.has(externalId));
    const same = isOpen ? unclaimed.find((one) => isAlike(notice, one)) : undefined;
    if (same !== undefined) take([same], ours);
  }
  return { externalIds, links, noticed: new Set(told.flatMap(({ ours }) => ours.map(({ refundId }) => refundId))) };
}

type Told = Notice<'refunded'>;

const refundsOf = ({ refunds }: Pick<Order, 'refunds'>, { facts }: Told): readonly Refund[] =>
  refunds.filter(
    ({ refundId, returnId, state }) =>
      state === 'succeeded' &&
      (facts.returnId === undefined ? refundId === facts.refundId : returnId === facts.returnId),
  );

const isLinked = ({ externalId }: ChannelRefund, ours: readonly Refund[]): boolean =>
  ours.some((one) => one.externalId === externalId);

const isMade = (refund: ChannelRefund, { reference, facts }: Told): boolean =>
  isMadeOf(refund, { reference, refundId: facts.refundId });

/** What waits for its first try the channel cannot have made. */
const mayBeMade = ({ state, tries }: Told): boolean => state !== 'PENDING' || tries > 0;

const isAlike = ({ facts, happenedAt }: Told, { amount, at }: ChannelRefund): boolean =>
  amount.amount === facts.amount.amount &&
  amount.currency === facts.amount.currency &&
  (at === undefined || Date.parse(at) >= Date.parse(plusSeconds(happenedAt, -clockSkewSeconds)));
