import { describe, expect, it } from 'vitest';
import { context, day, supplyWorld, waiting } from '../testing/world.ts';
import { putSupply } from './put-supply.ts';
import { readPromisable } from './read-promisable.ts';
import { receiveSupply } from './receive-supply.ts';

const call = { ...context, reference: 'PO-1', complete: false };
const linesOf = (units: Readonly<Record<string, number>>) =>
  Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));

describe('what can be promised', () => {
  it('counts what is there, what is to come and who waits; what is overdue counts from now on', async () => {
    const { ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5 }, '2026-11-01T00:00:00.000Z');
    await announce('PO-2', { TEE: 4 }, day(9));
    await receiveSupply(ports)({ ...call, lines: linesOf({ TEE: 2 }) });
    expect(await readPromisable(ports)('TEE', 'online', context.now, 7)).toEqual({
      ok: true,
      value: {
        sku: 'TEE',
        pool: 'online',
        asOf: context.now,
        backordered: 0,
        steps: [
          { date: context.now, available: 5 },
          { date: day(9), available: 9 },
        ],
        quantity: 7,
        earliest: day(9),
      },
    });
    expect(await readPromisable(ports)('TEE', 'online', context.now, 10)).not.toHaveProperty('value.earliest');
    expect(await readPromisable(ports)('NOPE', 'online', context.now)).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  it('is not announced for a time that is over, but what is overdue may be changed otherwise', async () => {
    const { ports, announce } = supplyWorld();
    const put = (eta: string, quantity: number) =>
      putSupply(ports)(
        { reference: 'PO-1', location: 'newark', eta, confidence: 'planned', lines: linesOf({ TEE: quantity }) },
        context,
      );
    const overdue = '2026-11-01T00:00:00.000Z';
    expect(await put(overdue, 5)).toMatchObject({
      refusal: { code: 'invalid-request', errors: [{ pointer: '/eta' }] },
    });
    await announce('PO-1', { TEE: 5 }, overdue);
    expect(await put(overdue, 6)).toMatchObject({ ok: true });
  });

  it('is nothing now and less later while others wait, and of a pre-order not before its launch', async () => {
    const { store, ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5 }, day(5));
    await waiting(store, 1, 'TEE', 3);
    const backorder = { mode: 'preorder' as const, limit: 9, onlyAgainstSupply: true, availableFrom: day(20) };
    store.given('product', { sku: 'TEE', tags: [], backorder, version: 1, updatedAt: context.now });
    expect(await readPromisable(ports)('TEE', 'online', context.now, 2)).toMatchObject({
      value: { backordered: 3, steps: [{ available: 0 }, { date: day(20), available: 2 }], earliest: day(20) },
    });
  });
});
