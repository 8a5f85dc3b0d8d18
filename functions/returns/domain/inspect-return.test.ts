import { describe, expect, it } from 'vitest';
import { returnWaits } from '../../../shared/model/waits.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { callFor, onlyReturn, operations, portsOn, returnIn } from '../testing/client.ts';
import { awaitReturn } from './await-return.ts';
import { inspectReturn } from './inspect-return.ts';
import { readReturn } from './read-return.ts';
import { receiveReturn } from './receive-return.ts';

const positionOf = (store: MemoryStore, sku: string, location: string) =>
  store.stock().positions.find((one) => one.sku === sku && one.location === location);
const poolOf = (store: MemoryStore, sku: string) => store.stock().pools.find((one) => one.sku === sku);
const unitsOf = (store: MemoryStore) => store.all('order')[0]?.lines.map(({ units }) => units);
const cap = { lineId: '2', quantity: 1, disposition: 'restock' } as const;

describe('inspect', () => {
  it('restocks, sets apart and refunds in one commit', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'RECEIVED');
    const version = store.all('order')[0]?.version ?? 0;
    const before = poolOf(store, 'TEE')?.ats ?? 0;
    const result = await inspectReturn(portsOn(store))(callFor(id), [
      { lineId: '1', quantity: 1, disposition: 'restock' },
      { lineId: '1', quantity: 1, disposition: 'damaged', note: 'stain' },
      cap,
    ]);
    // Line 1: (3 × 1000 − 100) / 3 units = 2900 → two units cost 1933; line 2: 500.
    expect(result).toMatchObject({ ok: true, value: { state: 'INSPECTED', refundMinor: 1933 + 500 } });
    expect(positionOf(store, 'TEE', 'wh-newark')).toMatchObject({
      onHand: 12,
      damaged: 1,
      atf: 11,
      cause: { operation: 'return', reference: id, reason: 'restock, damaged' },
    });
    expect(poolOf(store, 'TEE')?.ats).toBe(before + 1);
    expect(unitsOf(store)).toMatchObject([
      { delivered: 1, returned: 2 },
      { delivered: 0, returned: 1 },
    ]);
    expect(store.all('order')[0]).toMatchObject({ version: version + 1, events: [] });
    expect(onlyReturn(store).events).toMatchObject([
      {
        type: 'ReturnInspected.v1',
        data: {
          refundMinor: 2433,
          lines: [
            { disposition: 'restock' },
            { disposition: 'damaged' },
            { lineId: '2', sku: 'CAP', quantity: 1, disposition: 'restock' },
          ],
        },
      },
    ]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('writes off what never becomes stock, and refunds it', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'RECEIVED');
    const before = positionOf(store, 'TEE', 'wh-newark');
    await inspectReturn(portsOn(store))(callFor(id), [
      { lineId: '1', quantity: 2, disposition: 'write-off' },
      { ...cap, disposition: 'quality-control' },
    ]);
    expect(positionOf(store, 'TEE', 'wh-newark')).toEqual(before);
    expect(positionOf(store, 'CAP', 'wh-newark')).toMatchObject({ onHand: 11, qualityControl: 1, atf: 10 });
    expect(onlyReturn(store).refundMinor).toBe(2433);
    expect(unitsOf(store)).toMatchObject([{ returned: 2 }, { returned: 1 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('counts as missing what did not come: not moved, not refunded', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'AUTHORIZED');
    await receiveReturn(portsOn(store))(callFor(id), { lines: [{ lineId: '1', quantity: 1 }] });
    await inspectReturn(portsOn(store))(callFor(id), [{ lineId: '1', quantity: 1, disposition: 'restock' }]);
    expect(onlyReturn(store)).toMatchObject({
      refundMinor: 967,
      inspections: [
        { lineId: '1', quantity: 1, disposition: 'restock' },
        { lineId: '1', quantity: 1, disposition: 'missing' },
        { lineId: '2', quantity: 1, disposition: 'missing' },
      ],
    });
    expect(unitsOf(store)).toMatchObject([
      { delivered: 2, returned: 1 },
      { delivered: 1, returned: 0 },
    ]);
  });

  it('takes missing units that are named, with their note, also of those that were counted in', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'RECEIVED');
    await inspectReturn(portsOn(store))(callFor(id), [
      { lineId: '1', quantity: 1, disposition: 'restock' },
      { lineId: '1', quantity: 1, disposition: 'missing', note: 'empty bag' },
      cap,
    ]);
    expect(onlyReturn(store).inspections).toMatchObject([
      { disposition: 'restock' },
      { quantity: 1, disposition: 'missing', note: 'empty bag' },
      { lineId: '2' },
    ]);
    expect(unitsOf(store)).toMatchObject([{ delivered: 2, returned: 1 }, { returned: 1 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('restocks where the goods came, be it a SKU new to the place or a location that sells nothing online', async () => {
    for (const [location, ats] of [
      ['store-boston', 12],
      ['outlet', 10],
    ] as const) {
      const store = memoryStore();
      const id = await returnIn(store, 'AUTHORIZED');
      await receiveReturn(portsOn(store))(callFor(id), { location });
      await operations.inspect(portsOn(store), callFor(id));
      expect(positionOf(store, 'TEE', location)).toMatchObject({ onHand: 2, atf: 2 });
      expect(poolOf(store, 'TEE')?.ats).toBe(ats);
      expect(violatedIdentities(store)).toEqual([]);
    }
  });

  it.each([
    ['a unit without disposition', [{ lineId: '1', quantity: 1, disposition: 'restock' }, cap], 'invalid-request'],
    ['more units than came', [{ lineId: '1', quantity: 3, disposition: 'restock' }, cap], 'quantity-exceeded'],
    [
      'two dispositions for one unit',
      [{ lineId: '1', quantity: 2, disposition: 'restock' }, { lineId: '1', quantity: 1, disposition: 'missing' }, cap],
      'quantity-exceeded',
    ],
    ['a line it does not have', [{ lineId: '9', quantity: 1, disposition: 'restock' }], 'invalid-request'],
  ] as const)('refuses %s', async (_what, lines, code) => {
    const store = memoryStore();
    const id = await returnIn(store, 'RECEIVED');
    const before = [store.stock(), onlyReturn(store)];
    const result = await inspectReturn(portsOn(store))(callFor(id), lines);
    expect(result).toMatchObject({ ok: false, refusal: { code } });
    expect(result.ok ? [] : result.refusal.errors?.length).toBeGreaterThan(0);
    expect([store.stock(), onlyReturn(store)]).toEqual(before);
  });

  it('refuses more than came although as many were expected', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'AUTHORIZED');
    await receiveReturn(portsOn(store))(callFor(id), { lines: [{ lineId: '1', quantity: 1 }] });
    expect(
      await inspectReturn(portsOn(store))(callFor(id), [{ lineId: '1', quantity: 2, disposition: 'restock' }]),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'quantity-exceeded', facts: { exceeded: [{ lineId: '1', wanted: 2, left: 1 }] } },
    });
  });

  it('done twice is done once', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'RECEIVED');
    const once = { key: 'inspectReturn#ann#1', requestHash: 'a' };
    const [stale, order] = [onlyReturn(store), store.all('order')[0]];
    const first = await operations.inspect(portsOn(store), callFor(id, { once }));
    const after = store.stock();
    // A repeat that had read everything before the first was committed.
    const late = { ...portsOn(store), return: () => Promise.resolve(stale), order: () => Promise.resolve(order) };
    expect(await operations.inspect(late, callFor(id, { once }))).toEqual(first);
    expect(store.stock()).toEqual(after);
  });

  it('reads again when another’s commit fell between its reads', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'RECEIVED');
    const stale = onlyReturn(store);
    await operations.inspect(portsOn(store), callFor(id));
    let reads = 0;
    const torn = {
      ...portsOn(store),
      return: (returnId: string) => (reads++ < 2 ? Promise.resolve(stale) : store.get('return', { returnId })),
    };
    expect(await operations.inspect(torn, callFor(id))).toMatchObject({
      ok: false,
      refusal: { code: 'state-conflict' },
    });
  });
});

describe('every call', () => {
  it('refuses ids that name nothing', async () => {
    for (const id of ['', 'nonsense', 'ord_00000000000000000000000000-r1', 'ord_00000000000000000000000000-f1']) {
      for (const operation of Object.values(operations))
        expect(await operation(portsOn(memoryStore()), callFor(id))).toMatchObject({
          ok: false,
          refusal: { code: 'not-found' },
        });
      expect(await readReturn(portsOn(memoryStore()))(id, () => ({ ok: true, value: true }))).toMatchObject({
        ok: false,
        refusal: { code: 'not-found' },
      });
      const waiting = { returnId: id, until: 'inspected', taskToken: 't', now: '' } as const;
      expect(await awaitReturn(portsOn(memoryStore()))(waiting)).toMatchObject({
        ok: false,
        refusal: { code: 'not-found' },
      });
    }
  });

  it('keeps the wait of its process, which the stream answers whatever happened before', async () => {
    const store = memoryStore();
    const id = await returnIn(store, 'RECEIVED');
    const wait = { taskToken: 't', until: 'inspected' } as const;
    const register = () => awaitReturn(portsOn(store))({ returnId: id, ...wait, now: '2026-11-22T12:00:00.000Z' });
    expect(await register()).toEqual({ ok: true, value: {} });
    await operations.inspect(portsOn(store), callFor(id));
    expect(onlyReturn(store)).toMatchObject({ wait, state: 'INSPECTED' });
    await register();
    expect(onlyReturn(store)).toMatchObject({ wait, events: [] });
    expect(returnWaits['inspected']?.(onlyReturn(store))).toMatchObject({ kind: 'success' });
    const read = await readReturn(portsOn(store))(id, () => ({ ok: true, value: true }));
    expect(read.ok && Object.keys(read.value)).not.toContain('wait');
  });

  it('says why a return was cancelled', async () => {
    const store = memoryStore();
    await returnIn(store, 'CANCELLED');
    expect(onlyReturn(store)).toMatchObject({
      closedReason: 'keeps it',
      events: [{ type: 'ReturnClosed.v1', data: { outcome: 'CANCELLED', reason: 'keeps it' } }],
    });
  });
});
