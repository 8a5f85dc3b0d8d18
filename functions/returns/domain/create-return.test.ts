import { describe, expect, it } from 'vitest';
import { refuse } from '../../../shared/kernel/result.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { anyCall, callFor, departed, onlyReturn, operations, portsOn, returnIn } from '../testing/client.ts';
import { createReturn } from './create-return.ts';
import { receiveReturn } from './receive-return.ts';

const two = [{ lineId: '1', quantity: 2, reason: 'too small' }];

async function world(to: 'shipped' | 'delivered' = 'delivered') {
  const store = memoryStore();
  const { orderId } = await departed(store, [{ sku: 'TEE', quantity: 3 }], to);
  const ports = portsOn(store);
  const make = (lines = two, more = {}, location = 'wh-newark') =>
    createReturn(ports)({ ...anyCall(more), orderId }, { location, lines });
  return { store, ports, orderId, make };
}

describe('create', () => {
  it.each(['shipped', 'delivered'] as const)('takes %s units, and counts the return on the order', async (to) => {
    const { store, orderId, make } = await world(to);
    const version = store.all('order')[0]?.version ?? 0;
    expect(await make()).toMatchObject({
      ok: true,
      value: {
        returnId: `${orderId}-r1`,
        state: 'AUTHORIZED',
        version: 1,
        lines: [{ lineId: '1', sku: 'TEE', quantity: 2, reason: 'too small', receivedQuantity: 0 }],
      },
    });
    expect(onlyReturn(store)).toMatchObject({
      channelId: 'webshop',
      currency: 'USD',
      location: 'wh-newark',
      events: [
        {
          type: 'ReturnAuthorized.v1',
          data: { location: 'wh-newark', lines: [{ lineId: '1', sku: 'TEE', quantity: 2 }] },
        },
      ],
    });
    expect(store.all('order')[0]).toMatchObject({ returns: 1, version: version + 1, events: [] });
  });

  it('adds up a line that is named twice and keeps both reasons', async () => {
    const { store, make } = await world();
    await make([
      { lineId: '1', quantity: 1, reason: 'too small' },
      { lineId: '1', quantity: 2, reason: 'torn' },
    ]);
    expect(onlyReturn(store).lines).toEqual([
      { lineId: '1', sku: 'TEE', quantity: 3, reason: 'too small; torn', receivedQuantity: 0 },
    ]);
  });

  it('refuses more units than open returns leave', async () => {
    const { make } = await world();
    await make();
    expect(await make()).toMatchObject({
      ok: false,
      refusal: {
        code: 'quantity-exceeded',
        facts: { exceeded: [{ lineId: '1', sku: 'TEE', wanted: 2, left: 1 }] },
        errors: [{ pointer: '/lines/0/quantity' }],
      },
    });
    expect(await make([{ lineId: '1', quantity: 1, reason: 'torn' }])).toMatchObject({ ok: true });
  });

  it('lets units be returned again that were cancelled, or never came', async () => {
    const { ports, store, make } = await world();
    const first = await make([{ lineId: '1', quantity: 3, reason: 'too small' }]);
    if (!first.ok) throw new Error(first.refusal.detail);
    await receiveReturn(ports)(callFor(first.value.returnId), { lines: [{ lineId: '1', quantity: 1 }] });
    expect(await make([{ lineId: '1', quantity: 3, reason: 'late' }])).toMatchObject({
      ok: false,
      refusal: { facts: { exceeded: [{ left: 2 }] } },
    });
    const second = await make([{ lineId: '1', quantity: 2, reason: 'late' }]);
    if (!second.ok) throw new Error(second.refusal.detail);
    await operations.cancel(ports, callFor(second.value.returnId));
    expect(await make()).toMatchObject({ ok: true });
    expect(store.all('return')).toHaveLength(3);
  });

  it('refuses what is not there: order, line, location', async () => {
    const { ports, make } = await world();
    expect(
      await createReturn(ports)({ ...anyCall(), orderId: 'nonsense' }, { location: 'wh-newark', lines: two }),
    ).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    expect(await make([{ lineId: '9', quantity: 1, reason: 'torn' }])).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-request', errors: [{ pointer: '/lines/0/lineId' }] },
    });
    expect(await make(two, {}, 'nowhere')).toMatchObject({
      ok: false,
      refusal: { code: 'unknown-location', errors: [{ pointer: '/location' }] },
    });
  });

  it('refuses a key that may not act there', async () => {
    const { store, make } = await world();
    const asked: unknown[] = [];
    const permit = (to: unknown) => (asked.push(to), refuse('forbidden', 'bound to another channel'));
    expect(await make(two, { permit })).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
    expect(asked).toMatchObject([{ channelId: 'webshop', location: 'wh-newark' }]);
    expect(store.all('return')).toEqual([]);
  });

  it('answers a repeat with the first return, and makes no second', async () => {
    const { store, make } = await world();
    const once = { key: 'createReturn#ann#1', requestHash: 'a' };
    const one = [{ lineId: '1', quantity: 1, reason: 'torn' }];
    const first = await make(one, { once });
    expect(await make(one, { once })).toEqual(first);
    expect(store.all('return')).toHaveLength(1);
    expect(store.all('order')[0]?.returns).toBe(1);
  });

  it('reads again while it does not see all returns that the order counts', async () => {
    const { ports, orderId, make } = await world();
    await make();
    let reads = 0;
    const torn = {
      ...ports,
      orderReturns: async (id: string) => {
        const found = await ports.orderReturns(id);
        return found && (reads++ === 0 ? { ...found, returns: [] } : found);
      },
    };
    expect(await createReturn(torn)({ ...anyCall(), orderId }, { location: 'wh-newark', lines: two })).toMatchObject({
      ok: false,
      refusal: { code: 'quantity-exceeded' },
    });
    expect(reads).toBe(2);
  });
});

describe('receive', () => {
  it('counts in what was expected, elsewhere if need be, without any refund', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'AUTHORIZED');
    const before = store.stock();
    expect(await receiveReturn(portsOn(store))(callFor(id), { location: 'store-boston' })).toMatchObject({
      ok: true,
      value: { state: 'RECEIVED', location: 'store-boston' },
    });
    expect(onlyReturn(store)).toMatchObject({
      location: 'store-boston',
      lines: [{ receivedQuantity: 2 }, { receivedQuantity: 1 }],
      events: [
        {
          type: 'ReturnReceived.v1',
          data: {
            location: 'store-boston',
            lines: [
              { lineId: '1', quantity: 2 },
              { lineId: '2', quantity: 1 },
            ],
          },
        },
      ],
    });
    expect(onlyReturn(store).refundMinor).toBeUndefined();
    expect(store.stock()).toEqual(before);
  });

  it('counts what is listed; what is not, did not come', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'AUTHORIZED');
    await receiveReturn(portsOn(store))(callFor(id), { lines: [{ lineId: '1', quantity: 1 }] });
    expect(onlyReturn(store)).toMatchObject({
      lines: [{ receivedQuantity: 1 }, { receivedQuantity: 0 }],
      events: [{ data: { lines: [{ lineId: '1', quantity: 1 }] } }],
    });
  });

  it.each([
    [{ lines: [{ lineId: '1', quantity: 3 }] }, 'quantity-exceeded'],
    [{ lines: [{ lineId: '9', quantity: 1 }] }, 'invalid-request'],
    [{ lines: [{ lineId: '1', quantity: 0 }] }, 'invalid-request'],
    [{ location: 'nowhere' }, 'unknown-location'],
  ])('refuses %j as %s', async (input, code) => {
    const store = memoryStore();
    const id = await returnIn(store, 'AUTHORIZED');
    expect(await receiveReturn(portsOn(store))(callFor(id), input)).toMatchObject({ ok: false, refusal: { code } });
    expect(onlyReturn(store).state).toBe('AUTHORIZED');
  });

  it('asks whether the key may act where the goods came', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'AUTHORIZED');
    const permit = ({ location }: { location: string }) =>
      location === 'store-boston' ? { ok: true as const, value: true as const } : refuse('forbidden', 'elsewhere');
    expect(await receiveReturn(portsOn(store))(callFor(id, { permit }))).toMatchObject({
      ok: false,
      refusal: { code: 'forbidden' },
    });
    expect(await receiveReturn(portsOn(store))(callFor(id, { permit }), { location: 'store-boston' })).toMatchObject({
      ok: true,
    });
  });
});
