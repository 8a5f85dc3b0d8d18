import { orderExceptionRaised } from '../../../shared/contracts/orders/events.ts';
import { replace } from '../../../shared/model/changes.ts';
import { type Notice, channelRefusedCode } from '../../../shared/model/channels/notice.ts';
import { type Order, type OrderException } from '../../../shared/model/orders/order.ts';
import { type OrdersPorts } from '../ports.ts';

/** How often it is written before the message goes back to its queue. */
const rounds = 10;
const actor = 'channels';

/**
 * Makes an order's exceptions say what its channel refuses to be told: one for each refusal, in the channel's words and with what to do, until the channel has taken it or a
 * person dismissed it. It rests on what is stored and not on the message, so messages may come twice, late and in any order; what a person has
 * resolved stays so until the channel refuses it in other words.
 * @throws Error when others kept changing it
 */
export const settleRefusals =
  (ports: Pick<OrdersPorts, 'order' | 'noticesOf' | 'commit'>) =>
  async (orderId: string, now: string): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      const [order, notices] = [await ports.order(orderId), await ports.noticesOf(orderId)];
      if (order === undefined) return;
      const next = settled(order, notices, now);
      if (next === undefined || (await ports.commit([replace('order', next, order.version)])).ok) return;
    }
    throw new Error(`order ${orderId} kept changing`);
  };

/** The order as its notices have it; `undefined` when it is so already. */
function settled(order: Order, notices: readonly Notice[], now: string): Order | undefined {
  const refused = notices.filter(({ state }) => state === 'REFUSED');
  const isOver = (one: OrderException) => {
    const notice = notices.find(({ noticeId }) => noticeId === one.facts?.['noticeId']);
    return (
      isOpen(one) && notice?.state !== 'PENDING' && !(notice?.state === 'REFUSED' && one.detail === wordsOf(notice))
    );
  };
  const over = order.exceptions.filter(isOver);
  const raised = refused.filter((notice) => !order.exceptions.some((one) => isKnown(one, notice))).map(refusalOf);
  if (over.length === 0 && raised.length === 0) return undefined;
  const exceptions = order.exceptions.map((one) =>
    over.includes(one) ? { ...one, resolvedAt: now, resolvedBy: actor } : one,
  );
  const version = order.version + 1;
  const { orderId, channelId } = order;
  const events = raised.map((one, index) =>
    orderExceptionRaised.of(orderId, version, { now, actor }, { orderId, channelId, ...one }, index),
  );
  const added = raised.map((one) => ({ ...one, raisedAt: now }));
  return { ...order, exceptions: [...exceptions, ...added], version, updatedAt: now, events };
}

const isOpen = ({ code, resolvedAt }: OrderException): boolean =>
  code === channelRefusedCode && resolvedAt === undefined;

/** Raised for this refusal, and still open or resolved by a person. */
const isKnown = (one: OrderException, notice: Notice): boolean =>
  one.code === channelRefusedCode &&
  one.facts?.['noticeId'] === notice.noticeId &&
  one.detail === wordsOf(notice) &&
  (one.resolvedAt === undefined || one.resolvedBy !== actor);

const refusalOf = (notice: Notice) => ({
  code: channelRefusedCode,
  detail: wordsOf(notice),
  facts: { noticeId: notice.noticeId, kind: notice.kind },
});

/** The channel's words, and the remedy. */
function wordsOf({ channelId, noticeId, kind, reason = 'It gave no reason' }: Notice): string {
  const notice = `POST /v1/channels/${channelId}/notices/${noticeId}`;
  const remedy = `Mend that and have ${channelId} told again (${notice}/retry); or, if it knows by now, dismiss it (${notice}/dismiss).`;
  return `${channelId} refused to be told "${kind}": ${/[.!?]$/.test(reason) ? reason : `${reason}.`} ${remedy}`;
}
