import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommitChanges } from '../../../shared/model/changes.ts';
import { planPromises } from '../../../shared/model/stock/promises.ts';
import { openOf } from '../../../shared/model/stock/supply.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { stocked } from '../../../shared/testing/world.ts';
import { context, day, supplyWorld, waiting } from '../testing/world.ts';
import { cancelSupply } from './cancel-supply.ts';
import { receiveSupply } from './receive-supply.ts';
import { repromise } from './repromise.ts';

const promisesIn = (store: MemoryStore) => store.all('backorder').map(({ promisedFor }) => promisedFor);
const told = (store: MemoryStore) =>
  store.all('backorder').flatMap(({ events = [] }) => events.map(({ data }) => data as Record<string, unknown>));

describe('who waits', () => {
  it('is promised at capture from what is to come, after who waits already', async () => {
    const { store, announce } = supplyWorld();
    await announce('PO-1', { TEE: 3 }, day(5));
    await announce('PO-2', { TEE: 3 }, day(9));
    for (const number of [1, 2, 3]) await waiting(store, number, 'TEE', 2);
    expect(promisesIn(store)).toEqual([day(5), day(9), day(9)]);
    expect(store.stock().pools).toMatchObject([{ backordered: 6, ats: 0 }]);
  });

  it('is asked for before anything else is read: most SKUs have no queue', async () => {
    const { ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 3 }, day(5));
    let read = 0;
    await repromise({ ...ports, outlook: (sku) => ((read += 1), ports.outlook(sku)) })('TEE', context);
    expect(read).toBe(0);
  });

  it('is promised anew when the goods come later: everyone affected, each told once', async () => {
    const { store, ports, announce } = supplyWorld({ promiseToleranceDays: 3 });
    await announce('PO-1', { TEE: 3 }, day(5));
    await announce('PO-2', { TEE: 9 }, day(9));
    for (const number of [1, 2, 3]) await waiting(store, number, 'TEE', 2);
    await announce('PO-1', { TEE: 3 }, day(20));
    for (const _twice of [1, 2]) await repromise(ports)('TEE', context);
    expect(promisesIn(store)).toEqual([day(9), day(9), day(9)]);
    expect(told(store)).toMatchObject([
      { from: day(5), to: day(9), days: 4, pastTolerance: true, channelId: 'webshop' },
    ]);
    expect(store.all('backorder').map(({ version, late = false }) => [version, late])).toEqual([
      [2, true],
      [2, false],
      [1, false],
    ]);
  });

  it('is not bothered by some hours more on the same day, and measured by what it was told first', async () => {
    const { store, ports, announce } = supplyWorld({ promiseToleranceDays: 2 });
    await announce('PO-1', { TEE: 3 }, day(5));
    await waiting(store, 1, 'TEE', 2);
    const moved = async (eta: string) => {
      await announce('PO-1', { TEE: 3 }, eta);
      await repromise(ports)('TEE', context);
      return told(store).map(({ days, pastTolerance }) => [days, pastTolerance]);
    };
    expect(await moved('2026-12-05T18:00:00.000Z')).toEqual([]);
    expect(await moved(day(7))).toEqual([[2, false]]);
    expect(await moved(day(8))).toEqual([[1, true]]);
    expect(await moved(day(6))).toEqual([[-2, false]]);
    expect(store.all('backorder')[0]).not.toHaveProperty('late');
  });

  it('is late when nobody knows any more, and promised again by the next supply', async () => {
    const { store, ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 3 }, day(5));
    await waiting(store, 1, 'TEE', 2);
    await cancelSupply(ports)({ ...context, reference: 'PO-1' });
    await repromise(ports)('TEE', context);
    expect(told(store)).toMatchObject([{ from: day(5), days: 0, pastTolerance: true }]);
    expect(store.all('backorder')).toMatchObject([{ promises: [], late: true, firstPromisedFor: day(5) }]);
    await announce('PO-2', { TEE: 3 }, day(5));
    await repromise(ports)('TEE', context);
    expect(told(store)).toMatchObject([{ to: day(5), days: 0, pastTolerance: false }]);
  });

  it('without a promise gets its first one', async () => {
    const { store, ports, announce } = supplyWorld();
    await waiting(store, 1, 'TEE', 2);
    await announce('PO-1', { TEE: 3 }, day(5));
    await repromise(ports)('TEE', context);
    expect(store.all('backorder')).toMatchObject([{ promisedFor: day(5), firstPromisedFor: day(5) }]);
    expect(told(store)).toEqual([expect.objectContaining({ to: day(5), days: 0, pastTolerance: false, quantity: 2 })]);
  });

  it('is left alone between the receipt and the fill', async () => {
    const { store, ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 3 }, day(5));
    await announce('PO-2', { TEE: 3 }, day(9));
    for (const number of [1, 2]) await waiting(store, number, 'TEE', 2);
    await receiveSupply(ports)({
      ...context,
      reference: 'PO-1',
      complete: false,
      lines: [{ sku: 'TEE', quantity: 3 }],
    });
    await repromise(ports)('TEE', context);
    expect(told(store)).toEqual([]);
    expect(promisesIn(store)).toEqual([day(5), day(9)]);
  });

  it('never for a day before the launch of a pre-order', async () => {
    const { store, ports, announce } = supplyWorld();
    store.given('product', {
      sku: 'TEE',
      tags: [],
      backorder: { mode: 'preorder', limit: 9, onlyAgainstSupply: false, availableFrom: day(24) },
      version: 1,
      updatedAt: context.now,
    });
    await waiting(store, 1, 'TEE', 2);
    await announce('PO-1', { TEE: 3 }, day(5));
    await repromise(ports)('TEE', context);
    expect(promisesIn(store)).toEqual([day(24)]);
  });

  it('in a queue longer than a transaction is promised anew to the last', async () => {
    const { store, ports, announce } = supplyWorld();
    for (let number = 0; number < 120; number += 1) await waiting(store, number, 'TEE', 1);
    await announce('PO-1', { TEE: 200 }, day(5));
    let commits = 0;
    const counted: CommitChanges = (changes, once) => {
      commits += 1;
      expect(changes.length).toBeLessThanOrEqual(100);
      return store.commit(changes, once);
    };
    await repromise({ ...ports, commit: counted })('TEE', context);
    expect(commits).toBe(2);
    expect(promisesIn(store)).toEqual(Array.from({ length: 120 }, () => day(5)));
  });

  it('ends as the plan says, however writers interleave and wherever one dies', async () => {
    const step = fc.record({
      reference: fc.constantFrom('PO-1', 'PO-2'),
      quantity: fc.integer({ min: 1, max: 6 }),
      day: fc.integer({ min: 1, max: 20 }),
      dies: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
        async (steps, orders) => {
          const { store, ports, announce } = supplyWorld();
          for (const [index, quantity] of orders.entries()) await waiting(store, index, 'TEE', quantity);
          const dying: CommitChanges = async (changes, once) => {
            await store.commit(changes, once);
            throw new Error('killed');
          };
          await Promise.all(
            steps.map(async (one) => {
              await announce(one.reference, { TEE: one.quantity }, day(one.day));
              const running = repromise(one.dies ? { ...ports, commit: dying } : ports)('TEE', context);
              await running.catch(() => undefined);
            }),
          );
          await stocked(store, 'OTHER', 'newark', 1);
          await repromise(ports)('TEE', context);
          const queue = store.all('backorder');
          const planned = planPromises(store.all('supply'), queue);
          expect(queue.map(({ promises }) => promises)).toEqual(planned.map(({ promises }) => promises));
          for (const supply of store.all('supply')) {
            const units = queue
              .flatMap(({ promises }) => promises)
              .filter(({ reference }) => reference === supply.reference);
            expect(units.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(openOf(supply));
          }
        },
      ),
    );
  });
});
