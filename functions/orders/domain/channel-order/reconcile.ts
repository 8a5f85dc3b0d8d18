import { orderAmended, orderExceptionRaised } from '../../../../shared/contracts/orders/events.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type FulfillmentOrder, isOpen } from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, countIn } from '../../../../shared/model/orders/order.ts';
import { statusOf } from '../../../../shared/model/orders/status.ts';
import { type Backorder } from '../../../../shared/model/stock/backorder.ts';
import { type CancelContext, cancelledEvent, changesOfCancel, linesWithout, preorderOver } from '../cancel-units.ts';
import { type OrderCollection } from '../../ports.ts';
import { cancelledAtChannel } from './cancelled-units.ts';
import { doubtsOf } from './doubts.ts';
import { holdsAt } from './holds.ts';
import { paymentsAt, refundedAt } from './money.ts';

/** In whose name, when, and which version of the channel's order. */
export interface ReconcileContext extends CancelContext {
  readonly channelVersion: number;
}

/**
 * The one transaction that brings an order to what its channel has: what it cancelled is cancelled, money that it took or gave back is booked,
 * the address is its own as long as no parcel has left, holds come and go; and what a person must decide is raised as an exception, once.
 */
export function reconcile(
  { order, fulfillmentOrders }: OrderCollection,
  backorders: readonly Backorder[],
  at: OrderAtChannel,
  context: ReconcileContext,
): Change[] {
  const { units, tooLate } = cancelledAtChannel(order, fulfillmentOrders, backorders, at);
  const cancels = units.allocated.length + units.reserved.length + units.backordered.length > 0;
  const money = refundedAt(order, paymentsAt(order, at), at);
  const moved = movedTo(order, fulfillmentOrders, at);
  const lines = cancels ? linesWithout(order, units) : order.lines;
  const next = { ...order, ...money, lines, ...(moved && { shipTo: at.snapshot.order.shipTo }) };
  const doubts = doubtsOf({ ...order, lines }, at, { tooLate, added: money.added }).filter(
    ({ code }) => !order.exceptions.some((one) => one.code === code),
  );
  const held = { ...next, holds: holdsAt(next, at, context) };
  const { added: _added, ...amended } = withExceptions(held, doubts, context.now);
  const version = order.version + 1;
  const about = { orderId: order.orderId, channelId: order.channelId };
  const events = [
    ...(cancels ? [cancelledEvent(order, { lines }, units, context)] : []),
    ...doubts.map(({ code, detail, facts }, index) =>
      orderExceptionRaised.of(
        about.orderId,
        version,
        context,
        { ...about, code, detail, ...(facts && { facts }) },
        index,
      ),
    ),
    ...amendedEvents(order, amended, context),
  ];
  return [
    ...(cancels ? changesOfCancel(order, units, context) : []),
    ...(cancels && statusOf(amended) === 'CANCELLED' ? preorderOver(order) : []),
    ...(moved
      ? movedParts(
          fulfillmentOrders,
          units.allocated.map(({ part }) => part),
          at,
          context,
        )
      : []),
    replace(
      'order',
      { ...amended, channelVersion: context.channelVersion, version, updatedAt: context.now, events },
      order.version,
    ),
  ];
}

/** True when the channel has another address and no parcel is on its way: a parcel that is packed has its label. */
const movedTo = (order: Order, parts: readonly FulfillmentOrder[], { snapshot }: OrderAtChannel): boolean =>
  canonicalJson(order.shipTo) !== canonicalJson(snapshot.order.shipTo) &&
  countIn(order, 'backordered', 'reserved', 'allocated', 'picked') > 0 &&
  parts.every(({ state }) => state !== 'PACKED');

/** Open fulfillment orders go where the order goes; those that a cancellation writes anyway are left to the next round. */
const movedParts = (
  parts: readonly FulfillmentOrder[],
  written: readonly FulfillmentOrder[],
  { snapshot }: OrderAtChannel,
  { now }: ReconcileContext,
): Change[] =>
  parts
    .filter((part) => isOpen(part) && !written.includes(part))
    .map((part) =>
      replace(
        'fulfillmentOrder',
        { ...part, shipTo: snapshot.order.shipTo, version: part.version + 1, updatedAt: now, events: [] },
        part.version,
      ),
    );

/** An order that is paid by now has no exception for want of its payment; one that is cancelled wants nobody any more. */
function withExceptions<T extends Order>(
  order: T,
  doubts: readonly { code: string; detail: string }[],
  now: string,
): T {
  const isPaid = order.payments.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0) >= order.totalMinor;
  const isOver = ({ code }: { code: string }) =>
    statusOf(order) === 'CANCELLED' || (isPaid && code === 'payment-missing');
  const settled = order.exceptions.map((one) => (isOver(one) ? { resolvedAt: now, ...one } : one));
  return { ...order, exceptions: [...settled, ...doubts.map((doubt) => ({ ...doubt, raisedAt: now }))] };
}

function amendedEvents(before: Order, after: Order, context: ReconcileContext) {
  const words = (minor: number) =>
    `${decimalFromMinor({ amount: minor, currency: before.currency })} ${before.currency}`;
  const sum = (order: Order, which: 'capturedMinor' | 'refundedMinor') =>
    order.payments.reduce((total, payment) => total + payment[which], 0);
  const [paid, refunded] = (['capturedMinor', 'refundedMinor'] as const).map(
    (which) => sum(after, which) - sum(before, which),
  );
  const changes = [
    ...(paid ? [`paid ${words(paid)}`] : []),
    ...(refunded ? [`refunded ${words(refunded)} at the channel`] : []),
    ...(canonicalJson(before.shipTo) === canonicalJson(after.shipTo) ? [] : ['ships to another address']),
    ...after.holds.flatMap(({ holdId, reason, releasedAt }) => {
      const was = before.holds.find((one) => one.holdId === holdId);
      if (was === undefined) return [`held: ${reason}`];
      return was.releasedAt === undefined && releasedAt !== undefined ? [`hold released: ${reason}`] : [];
    }),
  ];
  if (changes.length === 0) return [];
  const { orderId, channelId } = before;
  return [orderAmended.of(orderId, before.version + 1, context, { orderId, channelId, changes })];
}
