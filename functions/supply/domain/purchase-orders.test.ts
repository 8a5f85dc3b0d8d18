import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommitChanges } from '../../../shared/model/changes.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { context, day, supplyWorld } from '../testing/world.ts';
import { cancelSupply } from './cancel-supply.ts';
import { readSupply } from './read-supply.ts';
import { receiveSupply } from './receive-supply.ts';

const many = (count: number, quantity = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`SKU-${index}`, quantity]));
const linesOf = (units: Readonly<Record<string, number>>) =>
  Object.entries(units).map(([sku, quantity]) => ({ sku, quantity }));
const call = { ...context, reference: 'PO-1', complete: false };

describe('announcing a purchase order', () => {
  it('says what is to come of each SKU, and to whom it matters', async () => {
    const { store, announce } = supplyWorld();
    expect(await announce('PO-1', { TEE: 5 })).toMatchObject({
      ok: true,
      value: {
        location: 'newark',
        lines: [{ sku: 'TEE', quantity: 5, received: 0, open: 5, eta: day(5), state: 'OPEN' }],
      },
    });
    expect(store.all('supply')).toMatchObject([
      {
        pool: 'online',
        version: 1,
        events: [{ type: 'SupplyChanged.v1', data: { sku: 'TEE', location: 'newark', pool: 'online' } }],
      },
    ]);
  });

  it('again the same changes nothing, and a revision only what is another', async () => {
    const { store, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5, CAP: 2 });
    await announce('PO-1', { TEE: 5, CAP: 2 });
    expect(store.all('supply').map(({ version }) => version)).toEqual([1, 1]);
    await announce('PO-1', { TEE: 3, CAP: 2 });
    expect(store.all('supply').map(({ sku, quantity, version }) => [sku, quantity, version])).toEqual([
      ['CAP', 2, 1],
      ['TEE', 3, 2],
    ]);
    await announce('PO-1', { TEE: 3 }, day(9));
    expect(store.all('supply').map(({ state, eta }) => [state, eta])).toEqual([
      ['CANCELLED', day(5)],
      ['OPEN', day(9)],
    ]);
  });

  it('never takes back what has arrived, and revives nothing that has ended', async () => {
    const { ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5, CAP: 2 });
    await receiveSupply(ports)({ ...call, lines: linesOf({ TEE: 3, CAP: 2 }) });
    expect(await announce('PO-1', { CAP: 2, TEE: 2 })).toMatchObject({
      ok: false,
      refusal: { code: 'quantity-exceeded', errors: [{ pointer: '/lines/1/quantity' }], facts: { skus: ['TEE'] } },
    });
    expect(await announce('PO-1', { TEE: 5, CAP: 4 })).toMatchObject({
      ok: false,
      refusal: { code: 'state-conflict', errors: [{ pointer: '/lines/1/quantity' }] },
    });
    expect(await announce('PO-1', { TEE: 3, CAP: 2 })).toMatchObject({
      ok: true,
      value: {
        lines: [
          { sku: 'TEE', state: 'RECEIVED', open: 0 },
          { sku: 'CAP', state: 'RECEIVED' },
        ],
      },
    });
  });

  it('refuses an unknown location, another location, a transfer’s reference, and more SKUs than an order has', async () => {
    const { store, announce } = supplyWorld();
    expect(await announce('PO-1', { TEE: 1 }, day(5), { location: 'nowhere' })).toMatchObject({
      refusal: { code: 'unknown-location', errors: [{ pointer: '/location' }] },
    });
    await announce('PO-1', many(90));
    expect(await announce('PO-1', { TEE: 1 }, day(5), { location: 'boston' })).toMatchObject({
      refusal: { code: 'reference-reused', errors: [{ pointer: '/location' }] },
    });
    expect(await announce('PO-1', { TEE: 1 })).toMatchObject({ refusal: { code: 'limit-exceeded' } });
    const [line] = store.all('supply');
    if (line === undefined) throw new Error('nothing was announced');
    store.given('supply', { ...line, reference: 'transfer-1', kind: 'transfer' });
    expect(await announce('transfer-1', { TEE: 1 })).toMatchObject({ refusal: { code: 'reference-reused' } });
  });

  it('of two at once the later is decided on what the earlier has written', async () => {
    const { store, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5, CAP: 2 });
    await Promise.all([announce('PO-1', { TEE: 5 }), announce('PO-1', { CAP: 2, TEE: 5, MUG: 1 })]);
    const open = store.all('supply').filter(({ state }) => state === 'OPEN');
    expect(open.map(({ sku }) => sku)).toEqual(['TEE']);
    expect(await announce('PO-1', { CAP: 2, TEE: 5 })).toMatchObject({ refusal: { code: 'state-conflict' } });
  });
});

describe('receiving it', () => {
  it('moves shelf, pool and order book together, and says what is over', async () => {
    const { store, ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5 });
    const receive = (quantity: number) => receiveSupply(ports)({ ...call, lines: linesOf({ TEE: quantity }) });
    expect(await receive(3)).toMatchObject({ value: { lines: [{ quantity: 3, received: 3, open: 2, over: 0 }] } });
    expect(await receive(4)).toMatchObject({ value: { lines: [{ quantity: 4, received: 7, open: 0, over: 2 }] } });
    expect(store.stock()).toMatchObject({
      positions: [{ location: 'newark', onHand: 7, atf: 7 }],
      pools: [{ ats: 7 }],
    });
    expect(await readSupply(ports)('PO-1')).toMatchObject({
      value: { lines: [{ received: 7, open: 0, state: 'RECEIVED' }] },
    });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('takes goods after the end too, and ends what does not come', async () => {
    const { store, ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5, CAP: 2 });
    expect(await receiveSupply(ports)({ ...call, complete: true, lines: linesOf({ TEE: 1 }) })).toMatchObject({
      value: { complete: true, lines: [{ sku: 'TEE' }] },
    });
    expect(store.all('supply').map(({ sku, state, received }) => [sku, state, received])).toEqual([
      ['CAP', 'RECEIVED', 0],
      ['TEE', 'RECEIVED', 1],
    ]);
    await receiveSupply(ports)({ ...call, lines: linesOf({ CAP: 1 }) });
    expect(
      store
        .stock()
        .pools.map(({ sku, ats }) => [sku, ats])
        .sort(),
    ).toEqual([
      ['CAP', 1],
      ['TEE', 1],
    ]);
  });

  it('refuses what is not on it, what was never announced, and a transfer, each with the way to do it', async () => {
    const { store, ports, announce } = supplyWorld();
    const receive = (reference: string) =>
      receiveSupply(ports)({ ...call, reference, lines: linesOf({ TEE: 1, MUG: 1 }) });
    await announce('PO-1', { TEE: 5 });
    expect(await receive('PO-1')).toMatchObject({
      refusal: { code: 'unknown-sku', errors: [{ pointer: '/lines/1/sku' }], facts: { skus: ['MUG'] } },
    });
    expect(await receive('PO-2')).toMatchObject({ refusal: { code: 'not-found' } });
    const [line] = store.all('supply');
    if (line === undefined) throw new Error('nothing was announced');
    store.given('supply', { ...line, reference: 'transfer-1', kind: 'transfer' });
    expect(await receive('transfer-1')).toMatchObject({ refusal: { code: 'state-conflict' } });
    expect(store.stock().positions).toEqual([]);
  });

  it('is done once under a key, wherever it was cut off', async () => {
    const units = many(75, 2);
    for (let cut = 0; cut <= 4; cut += 1) {
      const { store, ports, announce } = supplyWorld();
      await announce('PO-1', units);
      let commits = 0;
      const dying: CommitChanges = async (changes, once) => {
        const done = await store.commit(changes, once);
        if ((commits += 1) === cut) throw new Error('killed');
        return done;
      };
      const once = { key: 'k', requestHash: 'h' };
      const receive = (commit: CommitChanges) =>
        receiveSupply({ ...ports, commit })({ ...call, complete: true, lines: linesOf(units), once });
      const first = await receive(dying).catch(() => undefined);
      const second = await receive(store.commit);
      expect(second).toMatchObject({ ok: true });
      if (second.ok) expect(second.value.lines).toHaveLength(75);
      if (first !== undefined) expect(second).toEqual(first);
      expect(store.stock().pools.every(({ ats }) => ats === 2)).toBe(true);
      expect(store.all('supply').every(({ received }) => received === 2)).toBe(true);
      expect(violatedIdentities(store)).toEqual([]);
    }
  });

  it('refuses another receipt under the same key before anything is written', async () => {
    const { store, ports, announce } = supplyWorld();
    await announce('PO-1', many(75));
    const receive = (count: number, requestHash: string) =>
      receiveSupply(ports)({ ...call, lines: linesOf(many(count)), once: { key: 'k', requestHash } });
    await receive(1, 'one');
    expect(await receive(75, 'other')).toMatchObject({ refusal: { code: 'idempotency-key-reused' } });
    expect(store.stock().pools).toHaveLength(1);
  });

  it('loses no unit, whatever is announced, received and called off at once', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('announce' as const), quantity: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ kind: fc.constant('receive' as const), quantity: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constant('cancel' as const), quantity: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 9 }), async (steps) => {
        const { store, ports, announce } = supplyWorld();
        await announce('PO-1', { TEE: 5 });
        const results = await Promise.all(
          steps.map(async ({ kind, quantity }) => {
            if (kind === 'announce') return announce('PO-1', { TEE: quantity }).then(() => 0);
            if (kind === 'cancel') return cancelSupply(ports)(call).then(() => 0);
            const done = await receiveSupply(ports)({ ...call, lines: linesOf({ TEE: quantity }) });
            return done.ok ? quantity : 0;
          }),
        );
        const received = results.reduce((sum, units) => sum + units, 0);
        expect(store.all('supply')[0]?.received).toBe(received);
        expect(store.stock().pools[0]?.ats ?? 0).toBe(received);
        expect(violatedIdentities(store)).toEqual([]);
      }),
    );
  });
});

describe('calling it off', () => {
  it('ends what is open, once, and says how it stands', async () => {
    const { store, ports, announce } = supplyWorld();
    await announce('PO-1', { TEE: 5, CAP: 2 });
    await receiveSupply(ports)({ ...call, lines: linesOf({ CAP: 2 }) });
    const cancel = () => cancelSupply(ports)({ ...call, reason: 'bankrupt', once: { key: 'k', requestHash: 'h' } });
    const first = await cancel();
    expect(first).toMatchObject({
      value: { lines: [{ state: 'CANCELLED', open: 0, cancelledReason: 'bankrupt' }, { state: 'RECEIVED' }] },
    });
    expect(await cancel()).toEqual(first);
    expect(await cancelSupply(ports)(call)).toEqual(first);
    expect(store.all('supply').map(({ version }) => version)).toEqual([2, 2]);
    expect(await cancelSupply(ports)({ ...call, reference: 'PO-2' })).toMatchObject({ refusal: { code: 'not-found' } });
  });
});
