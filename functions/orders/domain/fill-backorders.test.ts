import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommitChanges, create, replace } from '../../../shared/model/changes.ts';
import { moveLines } from '../../../shared/model/orders/order.ts';
import { unitsIn } from '../../../shared/model/orders/units.ts';
import { backorderChanges, forgetBackorder } from '../../../shared/model/stock/queue.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { stocked, testNow } from '../../../shared/testing/world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { fillBackorders } from './fill-backorders.ts';

const at = (seconds: number): string => new Date(Date.parse(testNow) + seconds * 1000).toISOString();
const cause = { operation: 'capture', reference: 'test', actor: 'test', at: testNow };
const promises = [{ reference: 'PO-1', location: 'newark', quantity: 9, eta: '2026-12-05T12:00:00.000Z' }];

/** The n-th order waits for some TEE, on as many lines as there are quantities. */
async function waits(store: MemoryStore, number: number, ...quantities: number[]): Promise<string> {
  const lines = quantities.map((quantity) => ({ sku: 'TEE', quantity, units: unitsIn('backordered', quantity) }));
  const order = anOrder({ externalId: String(number), capturedAt: at(number), lines });
  const quantity = quantities.reduce((sum, one) => sum + one, 0);
  const plan = { promises: promises.map((one) => ({ ...one, quantity })), promisedFor: promises[0]?.eta ?? '' };
  await store.commit([create('order', order), ...backorderChanges(order, { sku: 'TEE', quantity }, plan, {}, cause)]);
  return order.orderId;
}

const arrived = (store: MemoryStore, quantity: number) => stocked(store, 'TEE', 'newark', quantity);
const fill = (store: MemoryStore, commit: CommitChanges = store.commit) =>
  fillBackorders({ ...memoryPorts(store), commit })('TEE', 'online', testNow);
/** Reserved and waiting units of each order, in the order of the queue. */
const units = (store: MemoryStore) =>
  store
    .all('order')
    .sort((a, b) => (a.capturedAt < b.capturedAt ? -1 : 1))
    .map(({ lines }) => lines.map((line) => [line.units.reserved, line.units.backordered]));

describe('stock that came', () => {
  it('goes to who came first, and nobody overtakes who cannot have all', async () => {
    const store = memoryStore();
    for (const [number, quantity] of [2, 5, 1].entries()) await waits(store, number, quantity);
    await arrived(store, 4);
    await fill(store);
    expect(units(store)).toEqual([[[2, 0]], [[2, 3]], [[0, 1]]]);
    expect(store.stock().pools).toMatchObject([{ ats: 0, reserved: 4, backordered: 4 }]);
    expect(store.all('backorder').map(({ quantity }) => quantity)).toEqual([3, 1]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('serves the first lines of an order first, tells it, and keeps the rest of the promise', async () => {
    const store = memoryStore();
    await waits(store, 1, 2, 3);
    await arrived(store, 4);
    await fill(store);
    expect(units(store)).toEqual([
      [
        [2, 0],
        [2, 1],
      ],
    ]);
    expect(store.all('order')[0]?.events).toMatchObject([
      {
        type: 'OrderReserved.v1',
        data: {
          lines: [
            { lineId: '1', quantity: 2 },
            { lineId: '2', quantity: 2 },
          ],
        },
      },
    ]);
    expect(store.all('backorder')).toMatchObject([
      { quantity: 1, version: 2, promises: [{ quantity: 1 }], promisedFor: promises[0]?.eta, events: [] },
    ]);
    expect(store.all('order')[0]?.lines.map((line) => 'promisedFor' in line)).toEqual([false, true]);
  });

  it('is given out once, though it is told twice and by two at once', async () => {
    const store = memoryStore();
    for (const number of [1, 2, 3]) await waits(store, number, 2);
    await arrived(store, 5);
    await Promise.all([fill(store), fill(store), fill(store)]);
    await fill(store);
    expect(units(store)).toEqual([[[2, 0]], [[2, 0]], [[1, 1]]]);
    expect(store.stock().pools).toMatchObject([{ ats: 0, reserved: 5, backordered: 1 }]);
  });

  it('passes over an order that was cancelled meanwhile', async () => {
    const store = memoryStore();
    const first = await waits(store, 1, 2);
    await waits(store, 2, 1);
    await arrived(store, 1);
    const order = await store.get('order', { orderId: first });
    if (order === undefined) throw new Error('the order is gone');
    const cancelled = moveLines(order, [{ lineId: '1', quantity: 2 }], 'backordered', 'cancelled');
    await store.commit([
      replace('order', { ...order, lines: cancelled, version: 2 }, 1),
      ...forgetBackorder(order, { sku: 'TEE', quantity: 2 }, cause),
    ]);
    await fill(store);
    expect(units(store)).toEqual([[[0, 0]], [[1, 0]]]);
    expect(store.all('backorder')).toEqual([]);
    expect(store.stock().pools).toMatchObject([{ backordered: 0, reserved: 1 }]);
  });

  it('is given out strictly in turn and none of it twice, whatever comes when and wherever a run dies', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('wait' as const),
        quantity: fc.integer({ min: 1, max: 5 }),
        dies: fc.constant(false),
      }),
      fc.record({ kind: fc.constant('arrive' as const), quantity: fc.integer({ min: 1, max: 5 }), dies: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const store = memoryStore();
        const dying: CommitChanges = async (changes, once) => {
          await store.commit(changes, once);
          throw new Error('killed');
        };
        await Promise.all(
          steps.map(async ({ kind, quantity, dies }, index) => {
            if (kind === 'wait') await waits(store, index, quantity);
            else
              await arrived(store, quantity).then(() =>
                fill(store, dies ? dying : store.commit).catch(() => undefined),
              );
          }),
        );
        await fill(store);
        const queue = units(store).flat();
        const [pool] = store.stock().pools;
        expect(pool?.backordered ?? 0).toBe(queue.reduce((sum, [, waiting = 0]) => sum + waiting, 0));
        const stillWaiting = queue.findIndex(([, waiting = 0]) => waiting > 0);
        if (stillWaiting >= 0) {
          expect(pool?.ats ?? 0).toBe(0);
          for (const [reserved] of queue.slice(stillWaiting + 1)) expect(reserved).toBe(0);
        }
        expect(violatedIdentities(store)).toEqual([]);
      }),
    );
  });
});
