import { describe, expect, it } from 'vitest';
import { type Once, create, replace } from '../model/changes.ts';
import { type Entities, type EntityIds, type EntityName } from '../model/entities.ts';
import { adjust, allocate, reserve, ship } from '../model/stock/movements.ts';
import { anOrder } from './an-order.ts';
import { type ConditionStore, conditionRules } from './condition-contract.ts';

/** What a store must offer to be tried. */
export interface StoreUnderTest extends ConditionStore {
  get<E extends EntityName>(entity: E, id: EntityIds[E]): Promise<Entities[E] | undefined>;
  getOnce(key: string): Promise<Once | undefined>;
}

const cause = { operation: 'test', reference: 'test', actor: 'test', at: '2026-11-22T09:30:00.000Z' };
let count = 0;
const fresh = (prefix: string): string => `${prefix}-${(count += 1)}`;

/** What every store must do; the one in memory and the one on DynamoDB are held to the same. */
export function storeContract(name: string, storeOf: () => StoreUnderTest): void {
  describe(`the store ${name}`, () => {
    stockRules(storeOf);
    conditionRules(storeOf);
    itemRules(storeOf);
    onceRules(storeOf);
  });
}

async function received(store: StoreUnderTest, quantity: number): Promise<string> {
  const sku = fresh('SKU');
  expect(await store.commit(adjust({ sku, location: 'wh', pool: 'online' }, quantity, 'sellable', cause))).toEqual({
    ok: true,
  });
  return sku;
}

function stockRules(storeOf: () => StoreUnderTest): void {
  it('keeps every counter of a shelf and its pool through receive, reserve, allocate and ship', async () => {
    const store = storeOf();
    const sku = await received(store, 5);
    await store.commit(reserve([{ sku, quantity: 3 }], 'online', 0, cause));
    await store.commit(allocate([{ sku, quantity: 3, location: 'wh' }], 'online', cause));
    await store.commit(ship([{ sku, quantity: 3, location: 'wh' }], cause));
    expect(await store.stockOf(sku)).toMatchObject({
      positions: [
        {
          sku,
          location: 'wh',
          pool: 'online',
          onHand: 2,
          allocated: 0,
          held: 0,
          damaged: 0,
          atf: 2,
          version: 3,
          cause,
        },
      ],
      pools: [{ sku, pool: 'online', ats: 2, reserved: 0, held: 0, version: 3 }],
    });
  });

  it('creates with version 0 what is not there, and only that', async () => {
    const store = storeOf();
    const sku = fresh('SKU');
    const [shelf] = adjust({ sku, location: 'wh' }, 5, 'sellable', cause);
    const first = shelf && { ...shelf, version: 0 };
    expect(await store.commit(first ? [first] : [])).toEqual({ ok: true });
    expect(await store.commit(first ? [first] : [])).toMatchObject({
      ok: false,
      conflicts: [{ present: { version: 1 } }],
    });
    expect((await store.stockOf(sku)).positions).toMatchObject([{ onHand: 5, version: 1 }]);
  });

  it('refuses what would break a floor, says what is there, and writes nothing of the transaction', async () => {
    const store = storeOf();
    const [plenty, scarce] = [await received(store, 9), await received(store, 1)];
    const outcome = await store.commit(
      reserve(
        [
          { sku: plenty, quantity: 1 },
          { sku: scarce, quantity: 2 },
        ],
        'online',
        0,
        cause,
      ),
    );
    expect(outcome).toMatchObject({
      ok: false,
      conflicts: [{ kind: 'stock', key: { sku: scarce, pool: 'online' }, present: { ats: 1 } }],
    });
    expect((await store.stockOf(plenty)).pools).toMatchObject([{ ats: 9, reserved: 0 }]);
  });

  it('tells a SKU that was never there from one that is gone', async () => {
    const outcome = await storeOf().commit(reserve([{ sku: fresh('UNKNOWN'), quantity: 1 }], 'online', 0, cause));
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome.ok ? undefined : outcome.conflicts[0]).not.toHaveProperty('present');
  });

  it('lets as many through as there are, however many come at once', async () => {
    const store = storeOf();
    const sku = await received(store, 7);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => store.commit(reserve([{ sku, quantity: 1 }], 'online', 0, cause))),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(7);
    expect((await store.stockOf(sku)).pools).toMatchObject([{ ats: 0, reserved: 7 }]);
  });
}

function itemRules(storeOf: () => StoreUnderTest): void {
  it('gives an item back as it was put', async () => {
    const store = storeOf();
    const order = anOrder({ externalId: fresh('order'), note: 'naïve “quotes” 顧客' });
    expect(await store.commit([create('order', order)])).toEqual({ ok: true });
    expect(await store.get('order', order)).toEqual(order);
    expect(await store.get('order', { orderId: `${order.orderId.slice(0, -1)}0` })).toBeUndefined();
  });

  it('creates once and replaces only the version that was read', async () => {
    const store = storeOf();
    const order = anOrder({ externalId: fresh('order') });
    await store.commit([create('order', order)]);
    expect(await store.commit([create('order', order)])).toEqual({
      ok: false,
      conflicts: [{ kind: 'item', entity: 'order', present: { version: 1 } }],
    });
    expect(await store.commit([replace('order', { ...order, version: 2, note: 'second' }, 1)])).toEqual({ ok: true });
    expect(await store.commit([replace('order', { ...order, version: 2, note: 'late' }, 1)])).toMatchObject({
      ok: false,
    });
    expect(await store.get('order', order)).toMatchObject({ version: 2, note: 'second' });
  });

  it('registers a wait as a write of its own, so that a writer who read before it has to read again', async () => {
    const store = storeOf();
    const order = anOrder({
      externalId: fresh('order'),
      events: [{ id: 'e', type: 'X.v1', time: cause.at, subject: 's', version: 1, actor: 'a', data: {} }],
    });
    await store.commit([create('order', order)]);
    const wait = { taskToken: 'token', until: 'settlement' };
    expect(await store.commit([{ kind: 'wait', entity: 'order', id: order, wait, at: cause.at }])).toEqual({
      ok: true,
    });
    expect(await store.get('order', order)).toMatchObject({ wait, version: 2, events: [] });
    expect(await store.commit([replace('order', { ...order, version: 2 }, 1)])).toMatchObject({ ok: false });
    expect(
      await store.commit([{ kind: 'wait', entity: 'order', id: { orderId: 'none' }, wait, at: cause.at }]),
    ).toMatchObject({ ok: false });
  });

  it('deletes what waits, and again without harm', async () => {
    const store = storeOf();
    const backorder = {
      sku: fresh('SKU'),
      pool: 'online',
      queuedAt: cause.at,
      orderId: 'o',
      channelId: 'webshop',
      quantity: 1,
      promises: [],
      version: 1,
    };
    await store.commit([create('backorder', backorder)]);
    for (let twice = 0; twice < 2; twice += 1)
      expect(await store.commit([{ kind: 'delete', entity: 'backorder', id: backorder }])).toEqual({ ok: true });
    expect(await store.get('backorder', backorder)).toBeUndefined();
  });
}

function onceRules(storeOf: () => StoreUnderTest): void {
  it('does a call once per key and hands back the first answer', async () => {
    const store = storeOf();
    const sku = await received(store, 5);
    const once = { key: fresh('key'), requestHash: 'hash', reply: { lines: [{ sku }] } };
    const take = () => store.commit(reserve([{ sku, quantity: 2 }], 'online', 0, cause), once);
    expect(await take()).toEqual({ ok: true });
    expect(await take()).toMatchObject({ ok: false, conflicts: [{ kind: 'once', present: once }] });
    expect(await store.getOnce(once.key)).toEqual(once);
    expect((await store.stockOf(sku)).pools).toMatchObject([{ ats: 3, reserved: 2 }]);
  });
}
