import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { create } from '../../../shared/model/changes.ts';
import { preorderHold } from '../../../shared/model/orders/launch.ts';
import { unitsIn } from '../../../shared/model/orders/units.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';
import { anOrder } from '../../../shared/testing/an-order.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { testNow } from '../../../shared/testing/world.ts';
import { memoryPorts } from '../testing/memory-ports.ts';
import { releasePreorders } from './release-preorders.ts';
import { settlePromises } from './settle-promises.ts';

const order = anOrder({
  lines: [
    { sku: 'TEE', quantity: 2, units: unitsIn('backordered', 2) },
    { sku: 'CAP', quantity: 1 },
  ],
});
const backorder: Backorder = {
  sku: 'TEE',
  pool: 'online',
  orderId: order.orderId,
  channelId: 'webshop',
  queuedAt: order.capturedAt,
  quantity: 2,
  promises: [],
  promisedFor: '2026-12-20T12:00:00.000Z',
  firstPromisedFor: '2026-12-05T12:00:00.000Z',
  version: 2,
};

function world(...backorders: Backorder[]) {
  const store = memoryStore();
  store.given('order', order);
  store.given('backorder', ...backorders);
  const ports = memoryPorts(store);
  const settle = () => settlePromises(ports)(order.orderId, testNow);
  const now = async () => {
    const found = await store.get('order', order);
    if (found === undefined) throw new Error('the order is gone');
    return found;
  };
  return { store, ports, settle, now };
}

describe('an order that waits', () => {
  it('shows what it is promised, on the lines that wait', async () => {
    const { settle, now } = world(backorder);
    await settle();
    expect(await now()).toMatchObject({ version: 2, exceptions: [], events: [] });
    expect((await now()).lines.map(({ promisedFor }) => promisedFor)).toEqual([backorder.promisedFor, undefined]);
    await settle();
    expect((await now()).version).toBe(2);
  });

  it('is left as it is when it says so already, in whatever order a table gives its fields', async () => {
    const { store, ports, settle, now } = world({ ...backorder, late: true });
    await settle();
    const sorted = async (id: { readonly orderId: string }) => {
      const found = await store.get('order', id);
      return found && (JSON.parse(canonicalJson(found)) as typeof found);
    };
    await settlePromises({ ...ports, order: (orderId) => sorted({ orderId }) })(order.orderId, testNow);
    expect((await now()).version).toBe(2);
  });

  it('needs a person once while it is late, and no more when it is good again', async () => {
    const { store, settle, now } = world({ ...backorder, late: true });
    await settle();
    await settle();
    expect(await now()).toMatchObject({
      version: 2,
      exceptions: [{ code: 'promise-moved', facts: { late: [{ sku: 'TEE', quantity: 2 }] } }],
      events: [{ type: 'OrderExceptionRaised.v1', data: { code: 'promise-moved' } }],
    });
    store.given('backorder', { ...backorder, late: true, promisedFor: '2026-12-24T12:00:00.000Z' });
    await settle();
    expect(await now()).toMatchObject({
      exceptions: [{ detail: expect.stringContaining('2026-12-24') as string }],
      events: [],
    });
    store.given('backorder', { ...backorder, promisedFor: '2026-12-05T12:00:00.000Z' });
    await settle();
    expect((await now()).exceptions).toMatchObject([{ code: 'promise-moved', resolvedAt: testNow }]);
    store.given('backorder', { ...backorder, late: true });
    await settle();
    expect((await now()).exceptions.map(({ resolvedAt }) => resolvedAt)).toEqual([testNow, undefined]);
  });

  it('says nothing of what it waits for no more', async () => {
    const { store, ports, settle, now } = world({ ...backorder, late: true });
    await settle();
    await ports.commit([{ kind: 'delete', entity: 'backorder', id: backorder }]);
    await settle();
    expect((await now()).lines[0]).not.toHaveProperty('promisedFor');
    expect((await now()).exceptions).toMatchObject([{ resolvedAt: testNow }]);
    expect(store.all('order')).toHaveLength(1);
  });

  it('is settled by what stands there after it was written, when the promise moved meanwhile', async () => {
    const { store, ports, now } = world({ ...backorder, late: true });
    let moved = false;
    const commit: typeof ports.commit = async (changes, once) => {
      if (!moved) store.given('backorder', { ...backorder, version: 3 });
      moved = true;
      return store.commit(changes, once);
    };
    await settlePromises({ ...ports, commit })(order.orderId, testNow);
    expect((await now()).exceptions).toMatchObject([{ resolvedAt: testNow }]);
  });
});

describe('a pre-order', () => {
  const launch = '2026-12-24T00:00:00.000Z';

  it('is let go at its launch, once, and not before', async () => {
    const store = memoryStore();
    const context = { now: testNow, actor: 'test' };
    const { holds, changes } = preorderHold(order, ['2026-12-01T00:00:00.000Z', launch], context);
    await store.commit([create('order', { ...order, holds }), ...changes]);
    const release = (now: string) => releasePreorders(memoryPorts(store))(now);
    const held = async () => (await store.get('order', order))?.holds;
    await release('2026-12-23T23:59:59.999Z');
    expect(await held()).toMatchObject([{ reason: 'PREORDER', until: launch }]);
    expect((await held())?.[0]).not.toHaveProperty('releasedAt');
    await release(launch);
    await release(launch);
    expect(await held()).toMatchObject([{ releasedAt: launch }]);
    expect((await store.get('order', order))?.version).toBe(2);
    expect(store.all('preorder')).toEqual([]);
  });

  it('that cannot be let go keeps no other back, and is told of', async () => {
    const store = memoryStore();
    const ports = memoryPorts(store);
    const other = anOrder({ externalId: '2' });
    for (const one of [order, other]) {
      const { holds, changes } = preorderHold(one, [launch], { now: testNow, actor: 'test' });
      await store.commit([create('order', { ...one, holds }), ...changes]);
    }
    const broken: typeof ports.order = (orderId) =>
      orderId === order.orderId ? Promise.reject(new Error('cannot be read')) : ports.order(orderId);
    await expect(releasePreorders({ ...ports, order: broken })(launch)).rejects.toThrow('1 of the pre-orders');
    expect((await store.get('order', other))?.holds).toMatchObject([{ releasedAt: launch }]);
    expect(store.all('preorder')).toMatchObject([{ orderId: order.orderId }]);
  });

  it('without a launch is none', () => {
    expect(preorderHold(order, [], { now: testNow, actor: 'test' })).toEqual({ holds: [], changes: [] });
  });
});
