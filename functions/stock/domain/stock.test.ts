import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Location } from '../../../shared/model/network/network.ts';
import { type Pool } from '../../../shared/model/stock/counters.ts';
import { tellOperation } from '../../../shared/model/stock/telling.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { aLocation, testNow } from '../../../shared/testing/world.ts';
import { type StockPorts } from '../ports.ts';
import { availabilityEvents } from './availability.ts';
import { adjustStock, receiveStock } from './move-stock.ts';

const withoutPool = ({ pool: _pool, ...location }: Location): Location => location;
const call = { location: 'boston', reference: 'PO-1', now: testNow, actor: 'test' };

function world() {
  const store = memoryStore();
  store.given('location', aLocation('boston'), withoutPool(aLocation('outlet')));
  const ports: Pick<StockPorts, 'location' | 'commit'> = {
    location: (locationId) => store.get('location', { locationId }),
    commit: store.commit,
  };
  return { store, ports };
}

describe('moving stock', () => {
  it('raises a shelf and its pool together, once per key', async () => {
    const { store, ports } = world();
    const receive = () =>
      receiveStock(ports)({
        ...call,
        lines: [
          { sku: 'A', quantity: 2 },
          { sku: 'A', quantity: 3 },
        ],
        once: { key: 'k', requestHash: 'h' },
      });
    expect(await receive()).toEqual(await receive());
    expect(store.stock()).toMatchObject({
      positions: [{ sku: 'A', location: 'boston', onHand: 5, atf: 5 }],
      pools: [{ ats: 5 }],
    });
  });

  it('sells nothing of a location that is closed to online selling', async () => {
    const { store, ports } = world();
    await receiveStock(ports)({ ...call, location: 'outlet', lines: [{ sku: 'A', quantity: 2 }] });
    expect(store.stock()).toMatchObject({ positions: [{ location: 'outlet', onHand: 2 }], pools: [] });
  });

  it('refuses to take more than is there, with what is left, and an unknown location or SKU by name', async () => {
    const { ports } = world();
    await receiveStock(ports)({ ...call, lines: [{ sku: 'A', quantity: 2 }] });
    const adjust = (sku: string, delta: number, location = 'boston') =>
      adjustStock(ports)({ ...call, location, reason: 'count', lines: [{ sku, delta }] });
    expect(await adjust('A', -3)).toMatchObject({
      ok: false,
      refusal: { code: 'insufficient-stock', facts: { short: [{ sku: 'A', location: 'boston', wanted: 3, left: 2 }] } },
    });
    expect(await adjust('B', -1)).toMatchObject({ ok: false, refusal: { code: 'unknown-sku' } });
    expect(await adjust('A', 1, 'nowhere')).toMatchObject({
      ok: false,
      refusal: { code: 'unknown-location', errors: [{ pointer: '/location' }] },
    });
    expect(await adjust('A', -2)).toMatchObject({ ok: true });
  });

  it('keeps the identities, whatever is received and adjusted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: -5, max: 5 }).filter(Boolean)), {
          maxLength: 30,
        }),
        async (deltas) => {
          const { store, ports } = world();
          await Promise.all(
            deltas.map(([sku, delta]) => adjustStock(ports)({ ...call, reason: 'count', lines: [{ sku, delta }] })),
          );
          expect(violatedIdentities(store)).toEqual([]);
          for (const { atf } of store.stock().positions) expect(atf).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('availability', () => {
  const pool = (ats: number, version: number, sku = 'A'): Pool => ({
    sku,
    pool: 'online',
    ats,
    reserved: 0,
    held: 0,
    fenced: 0,
    backordered: 0,
    version,
    cause: { operation: 'capture', reference: 'o', actor: 'a', at: testNow },
  });

  it('is told once per batch and pool: the newest value, absolute, and whether it ever rose', () => {
    const events = availabilityEvents([
      { after: pool(5, 1) },
      { before: pool(5, 1), after: pool(4, 2) },
      { before: pool(9, 6, 'B'), after: pool(8, 7, 'B') },
      { before: pool(4, 2), after: pool(3, 3) },
    ]);
    expect(events.map(({ data, version }) => [data.sku, data.ats, data.rose, version])).toEqual([
      ['A', 3, true, 3],
      ['B', 8, false, 7],
    ]);
  });

  it('is told when ring-fences or terms have moved, and when channels are to be told anyway', () => {
    const before = pool(5, 1);
    const terms = { webshop: { buffer: 2, sharePercent: 50, rules: ['r'] } };
    const told = (after: Pool) => availabilityEvents([{ before, after }]).map(({ data }) => data);
    expect(told({ ...pool(5, 2), fenced: 2 })).toMatchObject([{ ats: 5, fenced: 2, rose: false }]);
    expect(told({ ...pool(5, 2), terms })).toMatchObject([{ terms }]);
    expect(told({ ...pool(5, 2), cause: { ...before.cause, operation: tellOperation } })).toMatchObject([{ ats: 5 }]);
  });

  it('is not told when only what is reserved has moved', () => {
    expect(availabilityEvents([{ before: pool(5, 1), after: pool(5, 2) }])).toEqual([]);
  });
});
