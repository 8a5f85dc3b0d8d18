import { type OrderInput } from '../../../shared/contracts/orders/order-input.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type Change, create } from '../../../shared/model/changes.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Kit } from '../../../shared/model/network/product.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { preorderHold } from '../../../shared/model/orders/launch.ts';
import { conversionOf, uncovered } from '../../../shared/model/stock/conversion.ts';
import { type Demand, summed } from '../../../shared/model/stock/demand.ts';
import { type StockHold } from '../../../shared/model/stock/hold.ts';
import { inOneWrite } from '../../../shared/model/stock/in-one-write.ts';
import { type Floor } from '../../../shared/model/stock/movements.ts';
import { type StockChange } from '../../../shared/model/stock/stock-change.ts';
import { type Source, queueing, sourceOf, taking } from './capture-sources.ts';
import { withFulfilled } from './fulfilled-elsewhere.ts';
import { type NewLine, linesOf } from './kit-lines.ts';
import { type CaptureContext, newOrder } from './new-order.ts';
import { type Queue } from './waiting.ts';

/** What a capture rests on besides the order and its channel. A plain order needs none of it. */
export interface CaptureFacts {
  /** What must stay of a SKU for others. */
  readonly floor: (sku: string) => Floor;
  /** Ordered SKUs that are kits. */
  readonly kits: ReadonlyMap<string, Kit>;
  /** Units that are set apart for the channel, by SKU. */
  readonly fenced: ReadonlyMap<string, number>;
  /** SKUs that are short and may be waited for. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** The checkout's hold that becomes this order. */
  readonly hold?: StockHold | undefined;
}

/** An order as it would be stored, and the one transaction that does it. */
export interface CapturePlan {
  readonly order: Order;
  readonly changes: readonly Change[];
  /** One entry per SKU that its hold does not cover. */
  readonly sources: readonly Source[];
}

/**
 * Where each unit of an order comes from: first what its checkout held, then what is set apart for its channel, then what everybody can
 * buy; what is known to be short is waited for. Demand is summed per SKU, whether a line or a kit asks for it.
 */
export function planCapture(
  input: OrderInput,
  channel: Channel,
  totalMinor: number,
  facts: CaptureFacts,
  context: CaptureContext,
): CapturePlan {
  const lines = linesOf(withFulfilled(input.lines, context.fulfilled), facts.kits);
  const wanted = wantedOf(lines);
  const orderId = orderIdOf(input.channelId, input.externalId);
  const conversion = facts.hold && conversionOf(facts.hold, { orderId, wanted, ...context });
  const sources = uncovered(wanted, conversion?.covered ?? []).map((demand) => sourceOf(demand, facts));
  const captured = newOrder(input, channel, totalMinor, { lines, sources }, context);
  const launches = sources.flatMap(({ waits }) => waits?.queue.launch ?? []);
  const preorder = preorderHold(captured, launches, context);
  const order = { ...captured, holds: [...captured.holds, ...preorder.holds] };
  const cause = { operation: 'capture', reference: orderId, actor: context.actor, at: context.now };
  const queued = sources.flatMap((source) => queueing(order, source, cause));
  const stock = [
    ...queued.filter(isStock),
    ...(conversion?.stock ?? []),
    ...taking(sources, channel, facts.floor, cause),
  ];
  const entries = queued.filter((change) => !isStock(change));
  const others = [...entries, ...preorder.changes, ...(conversion?.hold ? [conversion.hold] : [])];
  return { order, sources, changes: [...inOneWrite(stock), create('order', order), ...others] };
}

/** Units to be sent, summed per SKU. */
export const wantedOf = (lines: readonly NewLine[]): Demand[] =>
  summed(
    lines
      .map(({ sku, quantity, fulfilledElsewhere = 0 }) => ({ sku, quantity: quantity - fulfilledElsewhere }))
      .filter(({ quantity }) => quantity > 0),
  );

const isStock = (change: Change): change is StockChange => change.kind === 'stock';
