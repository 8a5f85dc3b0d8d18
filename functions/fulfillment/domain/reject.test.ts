import { describe, expect, it } from 'vitest';
import { rejectionReasons } from '../../../shared/contracts/fulfillment/apis.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { rejectFulfillmentOrder } from './reject.ts';
import { reasonRules } from './rejection-reasons.ts';
import { callFor, portsOn, workIn } from '../testing/client.ts';

const tee = (store: ReturnType<typeof memoryStore>) => {
  const { positions, pools } = store.stock();
  return { position: positions.find(({ sku }) => sku === 'TEE'), pool: pools.find(({ sku }) => sku === 'TEE') };
};
const order = (store: ReturnType<typeof memoryStore>) => store.all('order')[0];

describe('rejection', () => {
  it('has a rule for every reason of the contract', () => {
    expect(Object.keys(reasonRules).sort()).toEqual([...rejectionReasons, 'silent'].sort());
  });

  it.each(rejectionReasons)('of all for %s: stock follows the reason, the promise stays', async (reason) => {
    const store = memoryStore();
    const id = await workIn(store, 'RELEASED');
    const result = await rejectFulfillmentOrder(portsOn(store))(callFor(id), { reason, note: 'no luck' });
    expect(result).toMatchObject({ ok: true, value: { state: 'REJECTED', lines: [] } });
    const { stockEffect } = reasonRules[reason];
    const shelf = {
      none: { onHand: 10, damaged: 0, atf: 10 },
      missing: { onHand: 8, damaged: 0, atf: 8 },
      damaged: { onHand: 10, damaged: 2, atf: 8 },
    };
    expect(tee(store).position).toMatchObject({
      allocated: 0,
      ...shelf[stockEffect],
      cause: { operation: 'reject', reference: id, reason },
    });
    expect(tee(store).pool).toMatchObject({ reserved: 2, ats: stockEffect === 'none' ? 8 : 6 });
    expect(store.all('fulfillmentOrder')[0]).toMatchObject({
      rejections: [
        { lineId: '1', sku: 'TEE', quantity: 2, reason, note: 'no luck', by: 'ann' },
        { lineId: '2', quantity: 3 },
      ],
      events: [
        {
          type: 'FulfillmentOrderRejected.v1',
          data: {
            reason,
            stockEffect,
            complete: true,
            lines: [
              { lineId: '1', quantity: 2 },
              { lineId: '2', quantity: 3 },
            ],
          },
        },
      ],
    });
    expect(order(store)).toMatchObject({
      lines: [{ units: { reserved: 2, allocated: 0 } }, { units: { reserved: 3, allocated: 0 } }],
      rejectedBy: [
        { location: 'store-boston', sku: 'TEE', reason },
        { location: 'store-boston', sku: 'CAP', reason },
      ],
      events: [],
    });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('of some units leaves the rest to go on', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'PICKED');
    const result = await rejectFulfillmentOrder(portsOn(store))(callFor(id), {
      reason: 'damaged',
      lines: [{ lineId: '2', quantity: 1 }],
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        state: 'PICKED',
        lines: [
          { lineId: '1', quantity: 2 },
          { lineId: '2', quantity: 2 },
        ],
      },
    });
    expect(order(store)?.lines).toMatchObject([{ units: { picked: 2 } }, { units: { picked: 2, reserved: 1 } }]);
    expect(store.all('fulfillmentOrder')[0]?.events).toMatchObject([
      { data: { complete: false, lines: [{ lineId: '2', quantity: 1 }] } },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('in parts, each to the last, ends REJECTED and names each SKU once', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'ACCEPTED');
    const reject = rejectFulfillmentOrder(portsOn(store));
    await reject(callFor(id), {
      reason: 'not-found',
      lines: [
        { lineId: '1', quantity: 1 },
        { lineId: '1', quantity: 1 },
      ],
    });
    await reject(callFor(id), { reason: 'not-found', lines: [{ lineId: '2', quantity: 1 }] });
    const last = await reject(callFor(id), { reason: 'damaged', lines: [{ lineId: '2', quantity: 2 }] });
    expect(last).toMatchObject({ ok: true, value: { state: 'REJECTED', lines: [] } });
    expect(order(store)?.rejectedBy).toEqual([
      { location: 'store-boston', sku: 'TEE', reason: 'not-found' },
      { location: 'store-boston', sku: 'CAP', reason: 'damaged' },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('may take the pool below zero: the promise stays, and the event says why', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'RELEASED');
    await store.commit([
      {
        kind: 'stock',
        key: { level: 'pool', sku: 'TEE', pool: 'online' },
        add: { ats: -8, reserved: 8 },
        cause: { operation: 'capture', reference: 'others', actor: 'test', at: '' },
      },
    ]);
    expect(await rejectFulfillmentOrder(portsOn(store))(callFor(id), { reason: 'not-found' })).toMatchObject({
      ok: true,
    });
    expect(tee(store).pool).toMatchObject({ ats: -2, reserved: 10 });
  });

  it('names line, wanted and left of too many units', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'ACCEPTED');
    const reject = rejectFulfillmentOrder(portsOn(store));
    await reject(callFor(id), { reason: 'damaged', lines: [{ lineId: '1', quantity: 2 }] });
    const result = await reject(callFor(id), {
      reason: 'damaged',
      lines: [
        { lineId: '2', quantity: 9 },
        { lineId: '1', quantity: 1 },
      ],
    });
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        code: 'quantity-exceeded',
        facts: {
          exceeded: [
            { lineId: '2', sku: 'CAP', wanted: 9, left: 3 },
            { lineId: '1', sku: 'TEE', wanted: 1, left: 0 },
          ],
        },
        errors: [{ pointer: '/lines/0/quantity' }, { pointer: '/lines/1/quantity' }],
      },
    });
  });

  it('points at a line that it does not have', async () => {
    const store = memoryStore();
    const id = await workIn(store, 'ACCEPTED');
    const result = await rejectFulfillmentOrder(portsOn(store))(callFor(id), {
      reason: 'other',
      lines: [
        { lineId: '1', quantity: 1 },
        { lineId: '7', quantity: 1 },
      ],
    });
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-request', errors: [{ pointer: '/lines/1/lineId' }], facts: { known: ['1', '2'] } },
    });
  });
});
