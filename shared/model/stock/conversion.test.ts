import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../testing/identities.ts';
import { type MemoryStore, memoryStore } from '../../testing/memory-store.ts';
import { stocked, testNow } from '../../testing/world.ts';
import { type Change, create } from '../changes.ts';
import { anOrder } from '../../testing/an-order.ts';
import { conversionOf, uncovered } from './conversion.ts';
import { type HeldLine, type StockHold } from './hold.ts';
import { takeLines } from './holding.ts';
import { inOneWrite } from './in-one-write.ts';
import { reserve } from './movements.ts';

const cause = { operation: 'test', reference: 'test', actor: 'test', at: testNow };
const order = anOrder({ lines: [{ sku: 'TEE', quantity: 3 }] });
const act = { orderId: order.orderId, actor: 'checkout', now: testNow };
const floor = () => ({ units: 0 });

/** Ten tees in a warehouse and three in Boston, some of them held. */
async function held(lines: readonly HeldLine[], more: Partial<StockHold> = {}) {
  const store = memoryStore();
  await stocked(store, 'TEE', 'warehouse', 10);
  await stocked(store, 'TEE', 'boston', 3);
  const hold: StockHold = {
    holdId: 'hold_1',
    channelId: 'webshop',
    pool: 'online',
    state: 'HELD',
    lines,
    counted: true,
    createdAt: testNow,
    expiresAt: '2026-11-22T09:40:00.000Z',
    version: 1,
    updatedAt: testNow,
    events: [],
    ...more,
  };
  const changes: Change[] = [...takeLines(hold, lines, floor, 20, cause), create('stockHold', hold)];
  expect(await store.commit(changes)).toEqual({ ok: true });
  return { store, hold };
}

/** A capture as the orders capability does it: what the hold does not cover is reserved, all in one transaction. */
const captured = (store: MemoryStore, hold: StockHold, quantity: number, now = testNow, mustStay = 0) => {
  const wanted = [{ sku: 'TEE', quantity }];
  const conversion = conversionOf(hold, { ...act, wanted, now });
  const rest = reserve(uncovered(wanted, conversion.covered), 'online', mustStay, cause);
  const stored = anOrder({ lines: wanted });
  const ended = conversion.hold ? [conversion.hold] : [];
  return store.commit([...inOneWrite([...conversion.stock, ...rest]), create('order', stored), ...ended]);
};
const pool = async (store: MemoryStore) => (await store.stockOf('TEE')).pools[0];

describe('an order takes a hold over', () => {
  const lines = [
    { sku: 'TEE', quantity: 2 },
    { sku: 'TEE', quantity: 2, location: 'boston' },
  ];

  it('for any number of units held here and there, more or fewer than it wants', async () => {
    const some = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(some, some, fc.integer({ min: 1, max: 13 }), async (network, shelf, quantity) => {
        const { store, hold } = await held([
          { sku: 'TEE', quantity: network },
          { sku: 'TEE', quantity: shelf, location: 'boston' },
        ]);
        expect(await captured(store, hold, quantity)).toEqual({ ok: true });
        expect(await pool(store)).toMatchObject({ ats: 13 - quantity, reserved: quantity, held: 0 });
        expect(await store.shareOf('TEE', 'online', 'webshop')).toMatchObject({ held: 0 });
        expect(await store.get('stockHold', hold)).toMatchObject({ state: 'CONVERTED', orderId: order.orderId });
        expect(violatedIdentities(store)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('and gets what is held even where nothing else is left for it', async () => {
    const { store, hold } = await held(lines);
    expect(await captured(store, hold, 4, testNow, 13)).toEqual({ ok: true });
  });

  it('or nothing at all when the rest of what it wants is not there', async () => {
    const { store, hold } = await held(lines);
    expect(await captured(store, hold, 14)).toMatchObject({ ok: false, conflicts: [{ present: { ats: 9 } }] });
    expect(await store.get('stockHold', hold)).toEqual(hold);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('a moment too late: the hold expires here and the same units are reserved, if the floor allows it', async () => {
    const { store, hold } = await held(lines);
    expect(await captured(store, hold, 13, hold.expiresAt, 1)).toMatchObject({ ok: false });
    expect(await captured(store, hold, 13, hold.expiresAt)).toEqual({ ok: true });
    expect(await pool(store)).toMatchObject({ ats: 0, reserved: 13, held: 0 });
    const events = [{ type: 'HoldExpired.v1', data: { holdId: 'hold_1', lines } }];
    expect(await store.get('stockHold', hold)).toMatchObject({ state: 'EXPIRED', events });
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('that has ended before, and then it gives nothing', async () => {
    const { hold } = await held(lines);
    for (const state of ['CONVERTED', 'RELEASED', 'EXPIRED'] as const)
      expect(conversionOf({ ...hold, state }, { ...act, wanted: lines })).toEqual({ covered: [], stock: [] });
  });
});
