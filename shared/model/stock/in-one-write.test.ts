import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../testing/memory-store.ts';
import { type StockKey } from './counters.ts';
import { inOneWrite } from './in-one-write.ts';
import { type StockChange } from './stock-change.ts';

const cause = { operation: 'test', reference: 'test', actor: 'test', at: '2026-11-22T09:30:00.000Z' };
const keys: StockKey[] = [
  { level: 'pool', sku: 'TEE', pool: 'online' },
  { level: 'pool', sku: 'MUG', pool: 'online' },
  { level: 'share', sku: 'TEE', pool: 'online', channel: 'webshop' },
];
const units = fc.integer({ min: -4, max: 4 });
const counters = fc.record({ ats: units, held: units, reserved: units }, { requiredKeys: [] });
const limits = fc.record({ ats: units, held: units }, { requiredKeys: [] });
const change: fc.Arbitrary<StockChange> = fc.record(
  {
    kind: fc.constant('stock' as const),
    key: fc.constantFrom(...keys),
    add: counters,
    atLeast: limits,
    atMost: limits,
    mayCreate: fc.boolean(),
    cause: fc.constant(cause),
  },
  { requiredKeys: ['kind', 'key', 'add', 'cause'] },
);

/** A store in which the first two keys are there already. */
async function begun() {
  const store = memoryStore();
  const there = keys.slice(0, 2).map((key): StockChange => ({
    kind: 'stock',
    key,
    add: { ats: 2, held: 1, reserved: 0 },
    mayCreate: true,
    cause,
  }));
  await store.commit(there);
  return store;
}
const withoutVersions = (items: readonly { readonly version: number }[]) =>
  items.map((item) => ({ ...item, version: 0 }));

describe('changes in one write', () => {
  it('hold and do what they would one after the other, or nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const [apart, together, untouched] = await Promise.all([begun(), begun(), begun()]);
        let every = true;
        for (const one of changes) every &&= (await apart.commit([one])).ok;
        const merged = inOneWrite(changes);
        expect((await together.commit(merged)).ok).toBe(every);
        const expected = (every ? apart : untouched).stock();
        expect(withoutVersions(together.stock().pools)).toEqual(withoutVersions(expected.pools));
        expect(withoutVersions(together.stock().shares)).toEqual(withoutVersions(expected.shares));
      }),
    );
  });

  it('stay as they are where each is to an item of its own', () => {
    const changes = keys.map((key): StockChange => ({ kind: 'stock', key, add: { held: 1 }, cause }));
    expect(inOneWrite(changes)).toEqual(changes);
  });

  it('keep terms, pool and set, and do not take a second reading of one item', () => {
    const [key] = keys as [StockKey];
    const plain: StockChange = { kind: 'stock', key, add: {}, cause };
    const terms = { channel: 'webshop' };
    expect(inOneWrite([plain, { ...plain, terms, set: { safetyTarget: 1 } }])).toEqual([
      { ...plain, terms, set: { safetyTarget: 1 } },
    ]);
    expect(() => inOneWrite([plain, { ...plain, version: 3 }])).toThrow('version');
  });
});
