import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { create } from '../../../shared/model/changes.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { unitsIn } from '../../../shared/model/orders/units.ts';
import { backorderChanges } from '../../../shared/model/stock/queue.ts';
import { promiseFor } from '../../../shared/model/stock/promises.ts';
import { type Confidence } from '../../../shared/contracts/supply/terms.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { aChannel, aLocation, testNow } from '../../../shared/testing/world.ts';
import { putSupply } from '../domain/put-supply.ts';
import { memoryPorts } from './memory-ports.ts';

/** Noon of a day of December 2026. */
export const day = (number: number): string => new Date(Date.UTC(2026, 11, number, 12)).toISOString();

/** Who does things in these tests. */
export const context = { now: testNow, actor: 'test' };

/** A network with a warehouse and a channel, nothing in stock and nothing to come. */
export function supplyWorld(channel: Partial<Channel> = {}) {
  const store = memoryStore();
  store.given('location', aLocation('newark', { type: 'warehouse' }), aLocation('boston'));
  store.given('channel', aChannel('webshop', { onShortage: 'backorder', ...channel }));
  const ports = memoryPorts(store);
  const announce = (
    reference: string,
    lines: Readonly<Record<string, number>>,
    eta = day(5),
    more: { readonly location?: string; readonly confidence?: Confidence } = {},
  ) =>
    putSupply(ports)(
      {
        reference,
        location: 'newark',
        eta,
        confidence: 'confirmed',
        lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
        ...more,
      },
      // What is overdue was announced before it was.
      { ...context, now: eta <= context.now ? '2026-10-01T00:00:00.000Z' : context.now },
    );
  return { store, ports, announce };
}

/** The n-th order of the channel waits for units of a SKU, promised as far as supply goes; the order's id. */
export async function waiting(store: MemoryStore, number: number, sku: string, quantity: number): Promise<string> {
  const capturedAt = new Date(Date.parse(testNow) + number * 1000).toISOString();
  const externalId = String(number);
  const orderId = orderIdOf('webshop', externalId);
  const lines = [{ sku, quantity, units: unitsIn('backordered', quantity) }];
  const order = anOrder({ orderId, externalId, capturedAt, lines });
  const { pools, supplies, backorders } = await memoryPorts(store).outlook(sku);
  const plan = promiseFor({ quantity }, supplies, backorders, { ats: pools[0]?.ats ?? 0 });
  const cause = { operation: 'capture', reference: orderId, actor: 'test', at: capturedAt };
  const guards = { queued: pools[0]?.backordered ?? 0 };
  const done = await store.commit([
    create('order', order),
    ...backorderChanges(order, { sku, quantity }, plan, guards, cause),
  ]);
  if (!done.ok) throw new Error(`the order could not wait: ${JSON.stringify(done.conflicts)}`);
  return orderId;
}
