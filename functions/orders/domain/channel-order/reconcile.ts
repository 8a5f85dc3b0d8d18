import { type Address } from '../../../../shared/contracts/fields.ts';
import { orderAmended, orderExceptionRaised } from '../../../../shared/contracts/orders/events.ts';
import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type FulfillmentOrder, isOpen } from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, countIn } from '../../../../shared/model/orders/order.ts';
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
import { type CancelledAtChannel, cancelledAtChannel } from './cancelled-units.ts';
import { type Doubt, doubtsOf } from './doubts.ts';
import { settleExceptions } from './exceptions.ts';
import { holdsAt } from './holds.ts';
import { paymentsAt, refundedAt } from './money.ts';

/** In whose name, when, and which version of the channel's order. */
export interface ReconcileContext extends CancelContext {
  readonly channelVersion: number;
}

/** What brings an order nearer to what its channel has: one transaction, and whether it is all. */
export interface Reconciliation {
  readonly changes: readonly Change[];
  readonly complete: boolean;
}

/**
 * The transaction that brings an order to what its channel has: what it cancelled is cancelled, money that it took or gave back is booked, the
 * address is its own where no parcel is packed, holds come and go; and what a person must decide is raised as an exception, once. Where that
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
  const { payments, refunds, ...money } = refundedAt(order, paymentsAt(order, at), at);
  const shipTo = addressAt(order, at);
  const lines = cancels ? linesWithout(order, units) : order.lines;
  const held = { ...order, payments, refunds, lines, shipTo };
  const misaddressed = fulfillmentOrders.filter((part) => part.state === 'PACKED' && isElsewhere(part, shipTo));
  const doubts = doubtsOf(held, at, { tooLate, misaddressed, ...money });
  const { exceptions, raised } = settleExceptions(held, at, doubts, context);
  const amended = { ...held, holds: holdsAt(held, at, context), exceptions };
  const version = order.version + 1;
  const events = [
    ...(cancels ? [cancelledEvent(order, { lines }, units, context)] : []),
    ...raisedEvents(order, raised, context),
    ...amendedEvents(order, amended, context),
  ];
  const { channelVersion, now: updatedAt } = context;
  return [
    ...(cancels ? changesOfCancel(order, units, { ...context, shipTo }) : []),
    ...(cancels && statusOf(amended) === 'CANCELLED' ? preorderOver(order) : []),
    ...movedParts(fulfillmentOrders, units.allocated, shipTo, context),
    replace('order', { ...amended, channelVersion, version, updatedAt, events }, order.version),
  ];
}

/** The channel's address, as long as something is to be sent; one that the channel hides or has removed takes none away. */
function addressAt(order: Order, { snapshot }: OrderAtChannel): Address {
  const { shipTo } = snapshot.order;
  const isHidden = shipTo.lines.length === 0 || shipTo.lines.some((line) => line.includes('**'));
  const isOver = countIn(order, 'backordered', 'reserved', 'allocated', 'picked') === 0;
  return isOver || (isHidden && order.shipTo.lines.length > 0) ? order.shipTo : shipTo;
}

const isElsewhere = (part: Pick<FulfillmentOrder, 'shipTo'>, shipTo: Address): boolean =>
  canonicalJson(part.shipTo) !== canonicalJson(shipTo);

/** Open fulfillment orders go where the order goes, but those that are packed; what a cancellation writes, it writes with the address. */
const movedParts = (
  parts: readonly FulfillmentOrder[],
  written: UnitsToCancel['allocated'],
  shipTo: Address,
  { now }: ReconcileContext,
): Change[] =>
  parts
    .filter((part) => isOpen(part) && part.state !== 'PACKED' && isElsewhere(part, shipTo))
    .filter((part) => !written.some((one) => one.part === part))
    .map((part) =>
      replace(
        'fulfillmentOrder',
        { ...part, shipTo, version: part.version + 1, updatedAt: now, events: [] },
        part.version,
      ),
    );

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
