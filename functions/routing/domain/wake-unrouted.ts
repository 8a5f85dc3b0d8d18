import { atMost } from '../../../shared/kernel/at-most.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { type Change, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Order, linesIn } from '../../../shared/model/orders/order.ts';
import { type Position } from '../../../shared/model/stock/counters.ts';
import { type Unrouted } from '../../../shared/model/stock/unrouted.ts';
import { type RoutingPorts } from '../ports.ts';

type Ports = Pick<RoutingPorts, 'order' | 'positionsOf' | 'unroutedOf' | 'commit'>;

/** Orders that are read and woken at once. */
const width = 25;

/** Units of one SKU that are free, by location. */
type Free = Map<string, number>;

/**
 * Goods of a SKU came: wakes those who wait for them, the longest waiting first, and no more than the free units may serve. Who is woken
 * says so on the order; its process is told by the orders' stream and routes it again. Nobody is woken twice before routing has looked, so
 * an event that comes late or twice does nothing. Where nobody waits it costs one query that finds nothing.
 * @throws Error when others kept changing an order: the event comes again
 */
export const wakeUnrouted =
  (ports: Ports) =>
  async (sku: string, pool: string, now: string): Promise<void> => {
    let known: Free | undefined;
    for await (const some of inChunks(ports.unroutedOf(sku, pool), width)) {
      const free = (known ??= freeUnits(await ports.positionsOf(sku), pool));
      const most = unitsIn(free);
      if (most === 0) return;
      const orders = await atMost(width, some, async ({ least, orderId }) =>
        least <= most ? ports.order(orderId) : undefined,
      );
      const served = some.filter((line, index) => {
        const order = orders[index];
        return order !== undefined && isFor(order, line, free);
      });
      await atMost(width, served, (line) => wake(ports, line, now));
    }
  };

async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

const freeUnits = (positions: readonly Position[], pool: string): Free =>
  new Map(positions.filter((one) => one.pool === pool && one.atf > 0).map(({ location, atf }) => [location, atf]));

const unitsIn = (free: Free): number => [...free.values()].reduce((sum, units) => sum + units, 0);

/**
 * True where free units can serve a line of the order, or nothing of it waits any more. What they can serve is set aside for it, so that
 * who waits behind it is not woken for the same units.
 */
function isFor(order: Order, { sku }: Unrouted, free: Free): boolean {
  const waiting = linesIn(order, 'reserved').filter((line) => line.sku === sku);
  if (waiting.length === 0) return true;
  const rejected = new Set(order.rejectedBy.flatMap((one) => (one.sku === sku ? [one.location] : [])));
  const usable = [...free].filter(([location]) => !rejected.has(location));
  let left = usable.reduce((sum, [, units]) => sum + units, 0);
  const before = left;
  for (const { quantity } of waiting.sort((a, b) => a.quantity - b.quantity)) if (quantity <= left) left -= quantity;
  setAside(free, usable, before - left);
  return before > left;
}

function setAside(free: Free, usable: readonly (readonly [string, number])[], units: number): void {
  let rest = units;
  for (const [location, there] of usable) {
    const taken = Math.min(rest, there);
    free.set(location, there - taken);
    rest -= taken;
  }
}

/** An order that does not stand in line any more (it was routed or cancelled, and its process was cut off) leaves no trace there. */
async function wake(ports: Pick<Ports, 'order' | 'commit'>, line: Unrouted, now: string): Promise<void> {
  const woken = await decideAndCommit(ports.commit, async () =>
    ok({ changes: changesFor(await ports.order(line.orderId), line, now), reply: undefined }),
  );
  if (!woken.ok) throw new Error(`order ${line.orderId} kept changing while it was woken`);
}

function changesFor(order: Order | undefined, line: Unrouted, now: string): Change[] {
  const mark = order?.unrouted;
  if (order === undefined || mark === undefined || mark.since !== line.since || !mark.skus.includes(line.sku))
    return [{ kind: 'delete', entity: 'unrouted', id: line }];
  if (mark.wokenAt !== undefined) return [];
  const unrouted = { ...mark, wokenAt: now };
  return [
    replace('order', { ...order, unrouted, version: order.version + 1, updatedAt: now, events: [] }, order.version),
  ];
}
