import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type Unrouted } from '../../../shared/model/stock/unrouted.ts';
import { type Wanted } from './coverable.ts';

type Line = Omit<Unrouted, 'least' | 'version'>;

const lineOf = ({ orderId, pool }: Order, sku: string, since: string): Line => ({ sku, pool, since, orderId });

/**
 * Has an order stand in line for the SKUs that it lacks, each once, and no longer for others. It keeps its place. Nothing is written where
 * all is so and it was not woken: then goods that come will wake it.
 * @param next the order as it is to be, its version counted up
 * @param waiting its lines that no location can send
 */
export function inLine(order: Order, next: Order, waiting: readonly Wanted[], now: string): Change[] {
  const before = new Set(order.unrouted?.skus);
  const bySku = Map.groupBy(waiting, ({ sku }) => sku);
  const gone = [...before].filter((sku) => !bySku.has(sku));
  const come = [...bySku].filter(([sku]) => !before.has(sku));
  if (order.unrouted !== undefined && order.unrouted.wokenAt === undefined && gone.length + come.length === 0)
    return [];
  const since = order.unrouted?.since ?? now;
  const least = (lines: readonly Wanted[]): number => Math.min(...lines.map(({ quantity }) => quantity));
  return [
    replace('order', { ...next, unrouted: { skus: [...bySku.keys()], since } }, order.version),
    ...come.map(([sku, lines]) =>
      create('unrouted', { ...lineOf(order, sku, since), least: least(lines), version: 1 }),
    ),
    ...gone.map((sku): Change => ({ kind: 'delete', entity: 'unrouted', id: lineOf(order, sku, since) })),
  ];
}

/**
 * Has an order leave every line that it stands in.
 * @param next the order as it is to be, its version counted up
 */
export function outOfLine({ unrouted, ...next }: Order, readVersion: number): Change[] {
  return [
    replace('order', next, readVersion),
    ...(unrouted?.skus ?? []).map((sku): Change => ({
      kind: 'delete',
      entity: 'unrouted',
      id: lineOf(next, sku, unrouted?.since ?? ''),
    })),
  ];
}
