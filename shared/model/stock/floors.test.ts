import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../testing/memory-store.ts';
import { stocked } from '../../testing/world.ts';
import { type Terms } from './counters.ts';
import { floorsFor } from './floors.ts';
import { reserve } from './movements.ts';

const cause = { operation: 'test', reference: 'test', actor: 'test', at: '2026-11-22T09:30:00.000Z' };
const channel = { channelId: 'webshop', buffer: 1 };
const key = { level: 'pool', sku: 'TEE', pool: 'online' } as const;
const terms = (buffer: number): Terms => ({ buffer, sharePercent: 100, rules: ['rule_1'] });

async function shop(units: number) {
  const store = memoryStore();
  await stocked(store, 'TEE', 'warehouse', units);
  const set = (all: Readonly<Record<string, Terms>> | undefined) =>
    store.commit([{ kind: 'stock', key, add: {}, set: { terms: all }, cause }]);
  const floors = floorsFor(channel);
  const sell = (quantity: number) => store.commit(reserve([{ sku: 'TEE', quantity }], 'online', floors.floor, cause));
  /** True when the try was refused and taught something. */
  const refusedAndTaught = async (quantity: number) => {
    const outcome = await sell(quantity);
    return !outcome.ok && floors.heed(outcome.conflicts);
  };
  return { set, sell, refusedAndTaught };
}

describe('the floors of a channel', () => {
  it("begin with the channel's own buffer", async () => {
    const { sell, refusedAndTaught } = await shop(5);
    expect(await refusedAndTaught(5)).toBe(false);
    expect(await sell(4)).toEqual({ ok: true });
  });

  it('are those of the pool where it has terms, learned from the first try whether they are higher or lower', async () => {
    for (const [buffer, sold] of [
      [3, 2],
      [0, 5],
    ] as const) {
      const { set, sell, refusedAndTaught } = await shop(5);
      await set({ webshop: terms(buffer), marketplace: terms(4) });
      expect(await refusedAndTaught(1)).toBe(true);
      expect(await refusedAndTaught(sold + 1)).toBe(false);
      expect(await sell(sold)).toEqual({ ok: true });
    }
  });

  it('follow terms that change or go between two tries', async () => {
    const { set, sell, refusedAndTaught } = await shop(5);
    await set({ webshop: terms(5) });
    expect(await refusedAndTaught(1)).toBe(true);
    await set({ webshop: terms(2) });
    expect(await refusedAndTaught(3)).toBe(true);
    await set(undefined);
    expect(await refusedAndTaught(3)).toBe(true);
    expect(await sell(4)).toEqual({ ok: true });
  });

  it("leave another channel's terms alone, and learn nothing of a SKU that is unknown", async () => {
    const { set, sell } = await shop(5);
    await set({ marketplace: terms(5) });
    expect(await sell(4)).toEqual({ ok: true });
    const floors = floorsFor(channel);
    expect(floors.heed([{ kind: 'stock', key: { ...key, sku: 'UNKNOWN' } }])).toBe(false);
    expect(floors.heed([{ kind: 'item', entity: 'order' }])).toBe(false);
  });
});
