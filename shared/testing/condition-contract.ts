import { expect, it } from 'vitest';
import { type CommitChanges } from '../model/changes.ts';
import { type Pool, type Position, type Share } from '../model/stock/counters.ts';
import { fence } from '../model/stock/fencing.ts';
import { adjust } from '../model/stock/movements.ts';
import { type StockChange } from '../model/stock/stock-change.ts';

/** What a store must offer for its conditions to be tried. */
export interface ConditionStore {
  readonly commit: CommitChanges;
  stockOf(sku: string): Promise<{
    readonly positions: readonly Position[];
    readonly pools: readonly Pool[];
    readonly shares: readonly Share[];
  }>;
}

const cause = { operation: 'test', reference: 'test', actor: 'test', at: '2026-11-22T09:30:00.000Z' };
const ok = { ok: true };
let count = 0;

/** Every condition and every effect that a stock change may have, one by one: on a shelf, a pool and a channel's share. */
export function conditionRules(storeOf: () => ConditionStore): void {
  /** A shelf and its pool with five units, at version 1, and ways to change them. */
  async function five() {
    const store = storeOf();
    const sku = `CONDITION-${(count += 1)}`;
    expect(await store.commit(adjust({ sku, location: 'wh', pool: 'online' }, 5, 'sellable', cause))).toEqual(ok);
    const onShelf = (more: Partial<StockChange>) =>
      store.commit([{ kind: 'stock', key: { level: 'position', sku, location: 'wh' }, add: {}, cause, ...more }]);
    const onPool = (more: Partial<StockChange>) =>
      store.commit([{ kind: 'stock', key: { level: 'pool', sku, pool: 'online' }, add: {}, cause, ...more }]);
    return { store, sku, onShelf, onPool };
  }

  it.each([
    ['at least', { atLeast: { onHand: 5 } }, { atLeast: { onHand: 6 } }],
    ['at least, of what was never touched', { atLeast: { damaged: 0 } }, { atLeast: { damaged: 1 } }],
    ['at most', { atMost: { onHand: 5 } }, { atMost: { onHand: 4 } }],
    ['at most, of what was never touched', { atMost: { damaged: 0 } }, { atMost: { damaged: -1 } }],
    ['exactly', { equals: { onHand: 5 } }, { equals: { onHand: 4 } }],
    ['exactly, of what was never touched', { equals: { damaged: 0 } }, { equals: { damaged: 1 } }],
    ['a version', { version: 1 }, { version: 2 }],
    ['several at once', { atLeast: { onHand: 1 }, equals: { atf: 5 } }, { atLeast: { onHand: 1 }, equals: { atf: 1 } }],
  ])('writes only on its condition: %s', async (_, holds, fails) => {
    const { onShelf, store, sku } = await five();
    expect(await onShelf({ ...fails, add: { onHand: 1, atf: 1 } })).toMatchObject({
      ok: false,
      conflicts: [{ kind: 'stock', key: { sku, location: 'wh' }, present: { onHand: 5, version: 1 } }],
    });
    expect(await onShelf({ ...holds, add: { onHand: 1, atf: 1 } })).toEqual(ok);
    expect((await store.stockOf(sku)).positions).toMatchObject([{ onHand: 6, atf: 6, version: 2 }]);
  });

  it('knows what was never there by version 0', async () => {
    const { onShelf, store } = await five();
    expect(await onShelf({ version: 0, mayCreate: true })).toMatchObject({ ok: false });
    const sku = `CONDITION-${(count += 1)}`;
    const first: StockChange = {
      kind: 'stock',
      key: { level: 'position', sku, location: 'wh' },
      add: { onHand: 1, atf: 1 },
      version: 0,
      mayCreate: true,
      cause,
    };
    expect(await store.commit([first])).toEqual(ok);
    expect(await store.commit([first])).toMatchObject({ ok: false, conflicts: [{ present: { onHand: 1 } }] });
  });

  it('keeps and checks the terms by which a channel sells, and takes them away', async () => {
    const { onPool, store, sku } = await five();
    const terms = (buffer: number) => ({ buffer, sharePercent: 100, rules: ['r1'] });
    const sell = (expected?: number) =>
      onPool({
        add: { ats: -1, reserved: 1 },
        terms: { channel: 'shop', ...(expected !== undefined && { expect: terms(expected) }) },
      });
    expect(await sell(2)).toMatchObject({ ok: false });
    expect(await sell()).toEqual(ok);
    expect(await onPool({ set: { terms: { shop: terms(2) } } })).toEqual(ok);
    expect(await sell()).toMatchObject({ ok: false, conflicts: [{ facts: { terms: { shop: terms(2) } } }] });
    expect(await sell(3)).toMatchObject({ ok: false });
    expect(await sell(2)).toEqual(ok);
    expect(await onPool({ termsWere: { terms: undefined }, set: { terms: {} } })).toMatchObject({ ok: false });
    expect(await onPool({ termsWere: { terms: { shop: terms(3) } }, set: { terms: {} } })).toMatchObject({ ok: false });
    const changed = { shop: terms(2), other: terms(1) };
    expect(await onPool({ termsWere: { terms: { shop: terms(2) } }, set: { terms: changed } })).toEqual(ok);
    expect(await onPool({ set: { terms: undefined } })).toEqual(ok);
    expect(await onPool({ termsWere: { terms: undefined }, set: { terms: undefined } })).toEqual(ok);
    expect(await sell()).toEqual(ok);
    const [pool] = (await store.stockOf(sku)).pools;
    expect(pool).toMatchObject({ ats: 2, reserved: 3, version: 8 });
    expect(pool).not.toHaveProperty('terms');
  });

  it('applies a newer snapshot of a source, and none that is as old', async () => {
    const { onShelf } = await five();
    const taken = (takenAt: string, source = 'wms') => onShelf({ snapshot: { source, takenAt } });
    expect(await taken('2026-11-22T08:00:00.000Z')).toEqual(ok);
    expect(await taken('2026-11-22T08:00:00.000Z')).toMatchObject({ ok: false });
    expect(await taken('2026-11-22T07:59:59.999Z')).toMatchObject({ ok: false });
    expect(await taken('2026-11-22T07:00:00.000Z', 'pos.1')).toEqual(ok);
    expect(await taken('2026-11-22T08:00:00.001Z')).toEqual(ok);
  });

  it('sets a shelf’s target and takes it away', async () => {
    const { onShelf, store, sku } = await five();
    expect(await onShelf({ set: { safetyTarget: 2 } })).toEqual(ok);
    expect((await store.stockOf(sku)).positions).toMatchObject([{ safetyTarget: 2, onHand: 5 }]);
    expect(await onShelf({ set: { safetyTarget: undefined } })).toEqual(ok);
    expect((await store.stockOf(sku)).positions[0]).not.toHaveProperty('safetyTarget');
  });

  it('sets units apart for a channel, and gives back no more than are left', async () => {
    const { store, sku } = await five();
    const of = { sku, pool: 'online', channel: 'shop' };
    expect(await store.commit(fence(of, 3, cause))).toEqual(ok);
    expect(await store.commit(fence(of, 3, cause))).toMatchObject({ ok: false, conflicts: [{ present: { ats: 2 } }] });
    expect(await store.stockOf(sku)).toMatchObject({
      pools: [{ ats: 2, fenced: 3 }],
      shares: [{ channel: 'shop', pool: 'online', fenced: 3, consumed: 0, held: 0 }],
    });
    const sold = (quantity: number): StockChange => ({
      kind: 'stock',
      key: { level: 'share', ...of },
      add: { fenced: -quantity, consumed: quantity },
      atLeast: { fenced: quantity },
      cause,
    });
    expect(await store.commit([sold(4)])).toMatchObject({ ok: false, conflicts: [{ present: { fenced: 3 } }] });
    expect(await store.commit([sold(2)])).toEqual(ok);
    expect((await store.stockOf(sku)).shares).toMatchObject([{ fenced: 1, consumed: 2 }]);
  });
}
