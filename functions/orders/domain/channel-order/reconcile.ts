import { orderAmended, orderExceptionRaised, orderRecognized } from '../../../../shared/contracts/orders/events.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type OrderAtChannel, isToCapture } from '../../../../shared/model/channels/channel-order.ts';
import { type Order } from '../../../../shared/model/orders/order.ts';
import { statusOf } from '../../../../shared/model/orders/status.ts';
import { type Backorder } from '../../../../shared/model/stock/backorder.ts';
import { type OrderCollection } from '../../ports.ts';
import {
  type CancelContext,
  type UnitsToCancel,
  cancelledEvent,
  changesOfCancel,
  linesWithout,
  preorderOver,
} from '../cancel-units.ts';
import { maximumChanges } from '../cancellation.ts';
import { amendmentsOf } from './amendments.ts';
import { type CancelledAtChannel, cancelledAtChannel } from './cancelled-units.ts';
import { destinationAtChannel, destinationOfOrder, misdirected } from './destination.ts';
import { type Doubt, doubtsOf } from './doubts.ts';
import { settleExceptions } from './exceptions.ts';
import { holdsAt } from './holds.ts';
import { paymentsAt, refundedAt } from './money.ts';
import { type OwnRefunds } from './own-refunds.ts';

/** In whose name, when, and which version of the channel's order. */
export interface ReconcileContext extends CancelContext {
  readonly channelVersion: number;
  /** Refunds of ours that the channel tells back. */
  readonly own: OwnRefunds;
  /** Why units that the channel added could not be taken, where they could not. */
  readonly notTaken?: string;
}

/** What brings an order nearer to what its channel has: one transaction, and whether it is all. */
export interface Reconciliation {
  readonly changes: readonly Change[];
  readonly complete: boolean;
}

/**
 * The transaction that brings an order to what its channel has: what it cancelled is cancelled, money that it took or gave back is booked, where
 * and how it is delivered is the channel's for what no location was told of, holds come and go; and what a person must decide is raised as an
 * exception, once. Where that
 * is more than one transaction holds, it is the first fulfillment order's cancellation, and the rest follows.
 */
export function reconcile(
  collection: OrderCollection,
  backorders: readonly Backorder[],
  at: OrderAtChannel,
  context: ReconcileContext,
): Reconciliation {
  const { order, fulfillmentOrders } = collection;
  const found = cancelledAtChannel(order, fulfillmentOrders, backorders, at);
  const changes = allOf(collection, found, at, context);
  if (changes.length <= maximumChanges || !isAny(found.units)) return { changes, complete: true };
  const [first] = found.units.allocated;
  const units = first ? { allocated: [first], reserved: [], backordered: [] } : { ...found.units, allocated: [] };
  const lines = linesWithout(order, units);
  const event = cancelledEvent(order, { lines }, units, context);
  const { now: updatedAt } = context;
  const next = { ...order, lines, version: order.version + 1, updatedAt, events: [event] };
  return {
    changes: [...changesOfCancel(order, units, context), replace('order', next, order.version)],
    complete: false,
  };
}

const isAny = ({ allocated, reserved, backordered }: UnitsToCancel): boolean =>
  allocated.length + reserved.length + backordered.length > 0;

function allOf(
  { order, fulfillmentOrders }: OrderCollection,
  { units, tooLate }: CancelledAtChannel,
  at: OrderAtChannel,
  context: ReconcileContext,
): Change[] {
  const cancels = isAny(units);
  const { payments, refunds, ...money } = refundedAt(order, paymentsAt(order, at), at, context.own);
  const lines = cancels ? linesWithout(order, units) : order.lines;
  const held = { ...order, payments, refunds, lines, ...destinationOfOrder(order, at) };
  const elsewhere = misdirected(fulfillmentOrders, destinationAtChannel(order, at));
  const { notTaken } = context;
  const doubts = doubtsOf(held, at, { tooLate, elsewhere, ...money, ...(notTaken !== undefined && { notTaken }) });
  const { exceptions, raised } = settleExceptions(held, at, doubts, context);
  const isRecognized = order.delivered !== true && isToCapture(at);
  const known = isRecognized ? { delivered: true as const } : {};
  const amended = { ...held, ...known, holds: holdsAt(held, at, context), exceptions };
  const version = order.version + 1;
  const events = [
    ...(cancels ? [cancelledEvent(order, { lines }, units, context)] : []),
    ...raisedEvents(order, raised, context),
    ...amendedEvents(order, amended, context),
    ...(isRecognized ? recognizedEvents(order, context) : []),
  ];
  const { channelVersion, now: updatedAt } = context;
  return [
    ...(cancels ? changesOfCancel(order, units, context) : []),
    ...(cancels && statusOf(amended) === 'CANCELLED' ? preorderOver(order) : []),
    replace('order', { ...amended, channelVersion, version, updatedAt, events }, order.version),
  ];
}

const raisedEvents = ({ orderId, channelId, version }: Order, raised: readonly Doubt[], context: ReconcileContext) =>
  raised.map(({ code, detail, facts }, index) =>
    orderExceptionRaised.of(
      orderId,
      version + 1,
      context,
      { orderId, channelId, code, detail, ...(facts && { facts }) },
      index,
    ),
  );

function amendedEvents(before: Order, after: Order, context: ReconcileContext) {
  const changes = amendmentsOf(before, after);
  if (changes.length === 0) return [];
  const { orderId, channelId } = before;
  return [orderAmended.of(orderId, before.version + 1, context, { orderId, channelId, changes })];
}

/** An order that came in by the API, and that its channel brings now, is the channel's order: it can be told so. */
const recognizedEvents = ({ orderId, channelId, externalId, version }: Order, context: ReconcileContext) => [
  orderRecognized.of(orderId, version + 1, context, { orderId, channelId, externalId, delivered: true }),
];
