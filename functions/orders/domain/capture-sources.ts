import { type Change } from '../../../shared/model/changes.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type Promised } from '../../../shared/model/stock/backorder.ts';
import { backorderChanges } from '../../../shared/model/stock/queue.ts';
import { type Cause } from '../../../shared/model/stock/counters.ts';
import { type Demand } from '../../../shared/model/stock/demand.ts';
import { type Floor, consumeFences, reserve } from '../../../shared/model/stock/movements.ts';
import { type StockChange } from '../../../shared/model/stock/stock-change.ts';
import { type Queue, promisedIn } from './waiting.ts';

/** Where the units of a SKU come from that no hold covers. */
export interface Source {
  readonly sku: string;
  /** Units that are set apart for the channel. */
  readonly fenced: number;
  /** Units of those that everybody can buy. */
  readonly open: number;
  /** The order waits for the open units instead. */
  readonly waits?: { readonly queue: Queue; readonly promised: Promised };
}

/** Where the units come from of which no hold has any: the channel's own first, and those that are short are waited for. */
export function sourceOf(
  { sku, quantity }: Demand,
  { fenced, queues }: { readonly fenced: ReadonlyMap<string, number>; readonly queues: ReadonlyMap<string, Queue> },
): Source {
  const own = Math.min(quantity, fenced.get(sku) ?? 0);
  const open = quantity - own;
  const queue = open > 0 ? queues.get(sku) : undefined;
  const promised = queue && promisedIn(queue, open);
  return { sku, fenced: own, open, ...(queue && promised && { waits: { queue, promised } }) };
}

/** Takes the units that are there, for the order. */
export function taking(
  sources: readonly Source[],
  { pool, channelId }: Channel,
  floor: (sku: string) => Floor,
  cause: Cause,
): StockChange[] {
  const taken = sources
    .map(({ sku, fenced, open, waits }) => ({ sku, fenced, quantity: fenced + (waits ? 0 : open) }))
    .filter(({ quantity }) => quantity > 0);
  return [...reserve(taken, pool, floor, cause), ...consumeFences(taken, pool, channelId, cause)];
}

/**
 * The order joins the queue of a SKU: if the queue is still as long as its promise was made with, and if no units came meanwhile. Those
 * have been offered to the queue already, and this order was not in it.
 */
export function queueing(order: Order, { sku, open: quantity, waits }: Source, cause: Cause): Change[] {
  if (waits === undefined) return [];
  const { queue, promised } = waits;
  const guards = {
    ...(promised.promises.length > 0 && { queued: queue.queued }),
    ...(queue.policy && !queue.soldAlready && { limit: queue.policy.limit }),
  };
  return backorderChanges(order, { sku, quantity }, promised, guards, cause).map((change) =>
    change.kind === 'stock' ? { ...change, atMost: { ...change.atMost, ats: queue.ats } } : change,
  );
}
