import { describe, expect, it } from 'vitest';
import { violatedIdentities } from '../../../../shared/testing/identities.ts';
import { captured, stocked } from '../../../../shared/testing/world.ts';
import { type StockPorts } from '../../ports.ts';
import { stockWorld } from '../../testing/memory-ports.ts';
import { reference, teller } from '../../testing/telling.ts';
import { setStock } from './set-stock.ts';

describe('a shelf that is set', () => {
  const set = (ports: StockPorts, onHand: number, changeFrom: number | null, more: object = {}) =>
    setStock(ports)(
      { location: 'boston', sku: 'A', onHand, changeFrom, reference: reference(), ...more },
      teller,
      reference(),
    );

  it('answers with its counters, and a repeat with its reference changes nothing', async () => {
    const { ports } = stockWorld();
    const again = { reference: 'count-1' };
    expect(await set(ports, 7, 0, again)).toMatchObject({ value: { status: 'applied', after: { onHand: 7 } } });
    expect(await set(ports, 7, 0, again)).toMatchObject({ value: { status: 'repeated', after: { onHand: 7 } } });
    expect(await set(ports, 8, 0, again)).toMatchObject({ refusal: { code: 'reference-reused' } });
  });

  it('is refused when it is not what the caller believes, with what it is', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    expect(await set(ports, 7, 4)).toMatchObject({
      refusal: { code: 'quantity-stale', facts: { onHand: 5, version: 1 }, errors: [{ pointer: '/changeFrom' }] },
    });
    expect(await set(ports, 7, 0, { location: 'nowhere' })).toMatchObject({
      refusal: { code: 'unknown-location', errors: [{ pointer: '#path/locationId' }] },
    });
  });

  it('lets one of many pass that believe the same, and all that do not care', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    const raced = await Promise.all([1, 2, 3, 4].map((onHand) => set(ports, onHand, 5)));
    expect(raced.filter(({ ok }) => ok)).toHaveLength(1);
    const all = await Promise.all([6, 7, 8].map((onHand) => set(ports, onHand, null)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(violatedIdentities(store)).toEqual([]);
  });

  it('may owe: what is promised stays promised', async () => {
    const { store, ports } = stockWorld();
    await stocked(store, 'A', 'boston', 5);
    await captured(store, 1, [{ sku: 'A', quantity: 3 }]);
    expect(await set(ports, 1, 5)).toMatchObject({ value: { after: { onHand: 1 } } });
    expect((await store.stockOf('A')).pools).toMatchObject([{ ats: -2, reserved: 3 }]);
    expect(violatedIdentities(store)).toEqual([]);
  });
});
