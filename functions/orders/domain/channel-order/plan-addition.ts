import { orderAmended, orderExceptionRaised, orderLinesAdded } from '../../../../shared/contracts/orders/events.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../../shared/model/changes.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { preorderHold, preorderReason } from '../../../../shared/model/orders/launch.ts';
import { type Order, lineTotalMinor, openHolds } from '../../../../shared/model/orders/order.ts';
import { type Backorder } from '../../../../shared/model/stock/backorder.ts';
import { inOneWrite } from '../../../../shared/model/stock/in-one-write.ts';
import { joined } from '../../../../shared/model/stock/promises.ts';
import { type StockChange } from '../../../../shared/model/stock/stock-change.ts';
import { type CaptureFacts, type CapturePlan, wantedOf } from '../capture-plan.ts';
import { type Source, queueing, sourceOf, taking } from '../capture-sources.ts';
import { type SoldLine, linesOf } from '../kit-lines.ts';
import { toldLines, withUnits } from '../new-order.ts';
import { withPromise } from '../order-promises.ts';
import { soldShort } from '../sold-short.ts';
import { amendmentsOf } from './amendments.ts';
import { holdsAt } from './holds.ts';
import { paymentsAt } from './money.ts';

/** Lines that a channel added to an order, and what surrounds them. */
export interface Addition {
  readonly order: Order;
  readonly channel: Channel;
  readonly lines: readonly SoldLine[];
  readonly at: OrderAtChannel;
  /** The order's places in the queues of SKUs. */
  readonly backorders: readonly Backorder[];
  readonly now: string;
  readonly actor: string;
}

/**
 * The transaction that makes lines a channel added lines of its order: their units come from where a capture's come from, and what is short
 * is waited for, in the order's own place of the queue. The order's process routes what is reserved; one that waits for goods is
 * woken. The channel's payments and holds come with them, so that nothing is routed that is not paid.
 * Refusal: `state-conflict` where a launch later than the one that the order waits for would be forgotten.
 */
export function planAddition(addition: Addition, facts: CaptureFacts): Result<CapturePlan> {
  const { order, channel, now, actor } = addition;
  const added = linesOf(addition.lines, facts.kits, lastNumber(order));
  const sources = wantedOf(added).map((demand) => sourceOf(demand, facts));
  const lines = withUnits(added, sources);
  const launches = sources.flatMap(({ waits }) => waits?.queue.launch ?? []);
  if (launches.length > 0 && openHolds(order).some(({ reason }) => reason === preorderReason))
    return refuse('state-conflict', 'The order waits for a launch already, and the added units have one of their own.');
  const preorder = preorderHold(order, launches, { now, actor });
  const cause = { operation: 'capture', reference: order.orderId, actor, at: now };
  const queued = sources.flatMap((source) => joining(addition, source, cause));
  const next = { ...order, lines: [...order.lines, ...lines], holds: [...order.holds, ...preorder.holds] };
  const promised = queued.flatMap((change) => (change.kind === 'put' && change.entity === 'backorder' ? [change] : []));
  const withPromises = promised.reduce<Order>((one, { item }) => withPromise(one, item.sku, item.promisedFor), next);
  const after = amended(addition, withPromises, lines, sources);
  const stock = [...queued.filter(isStock), ...taking(sources, channel, facts.floor, cause)];
  const others = [...queued.filter((change) => !isStock(change)), ...preorder.changes];
  return ok({
    order: after,
    sources,
    changes: [...inOneWrite(stock), replace('order', after, order.version), ...others],
  });
}

const isStock = (change: Change): change is StockChange => change.kind === 'stock';

/** Lines are numbered from 1, those of a kit's components below it (`2.1`). */
const lastNumber = ({ lines }: Order): number => Math.max(0, ...lines.map(({ lineId }) => Number.parseInt(lineId, 10)));

/** The order joins a queue, or waits for more in its place of it. */
function joining({ order, backorders }: Addition, source: Source, cause: StockChange['cause']): Change[] {
  const present = backorders.find(({ sku }) => sku === source.sku);
  return queueing(order, source, cause).map((change) =>
    present !== undefined && change.kind === 'put' && change.entity === 'backorder'
      ? replace('backorder', { ...joined(present, change.item), version: present.version + 1 }, present.version)
      : change,
  );
}

/** The order with its new lines, what they cost, the channel's money and holds, and the events that tell of it. */
function amended(
  { order, channel, at, now, actor }: Addition,
  withLines: Order,
  added: Order['lines'],
  sources: readonly Source[],
): Order {
  const { orderId, channelId, unrouted } = order;
  const version = order.version + 1;
  const totalMinor = order.totalMinor + added.reduce((sum, line) => sum + lineTotalMinor(line), 0);
  const raised = soldShort(sources, channel, { delivered: true, now });
  const paid = { ...withLines, totalMinor, payments: paymentsAt(order, at) };
  const next = { ...paid, holds: holdsAt(paid, at, { actor, now }), exceptions: [...order.exceptions, ...raised] };
  const changes = amendmentsOf(order, next);
  const about = { orderId, channelId };
  const events = [
    orderLinesAdded.of(orderId, version, { now, actor }, { ...about, totalMinor, lines: toldLines(added) }),
    ...(changes.length > 0 ? [orderAmended.of(orderId, version, { now, actor }, { ...about, changes })] : []),
    ...raised.map(({ code, detail, facts = {} }) =>
      orderExceptionRaised.of(orderId, version, { now, actor }, { ...about, code, detail, facts }),
    ),
  ];
  const woken = unrouted && { unrouted: { ...unrouted, wokenAt: unrouted.wokenAt ?? now } };
  return { ...next, ...woken, version, updatedAt: now, events };
}
