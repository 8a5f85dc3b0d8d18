import { describe, expect, it } from 'vitest';
import { type Channel } from '../../../shared/model/network/network.ts';
import { fence } from '../../../shared/model/stock/fencing.ts';
import { stocked, testNow } from '../../../shared/testing/world.ts';
import { stockWorld } from '../testing/memory-ports.ts';
import { readAvailability, readStock } from './read-stock.ts';

const channel: Channel = {
  ...{ channelId: 'webshop', name: 'webshop', type: 'api', pool: 'online', currency: 'USD', buffer: 2, active: true },
  ...{ onShortage: 'refuse', endpoint: { kind: 'none' }, version: 1, updatedAt: testNow },
};
const cause = { operation: 'test', reference: 'test', actor: 'test', at: testNow };
const terms = { webshop: { buffer: 1, sharePercent: 50, cap: 9, rules: ['rule-1'] } };

/** Ten units of A, of which three are set apart for the webshop. */
async function fenced() {
  const { store, ports } = stockWorld();
  store.given('channel', channel);
  await stocked(store, 'A', 'boston', 10);
  await store.commit(fence({ sku: 'A', pool: 'online', channel: 'webshop' }, 3, cause));
  return { store, ports };
}

describe('a SKU', () => {
  it('is shown with its shelves, its pools and their terms, and what channels have for themselves', async () => {
    const { store, ports } = await fenced();
    await store.commit([
      { kind: 'stock', key: { level: 'pool', sku: 'A', pool: 'online' }, add: {}, set: { terms }, cause },
    ]);
    expect(await readStock(ports)('A')).toMatchObject({
      value: {
        sku: 'A',
        positions: [{ location: 'boston', onHand: 10 }],
        pools: [{ pool: 'online', ats: 7, fenced: 3, backordered: 0, terms }],
        shares: [{ channel: 'webshop', fenced: 3, consumed: 0 }],
      },
    });
    expect(await readStock(ports)('Z')).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

describe("a channel's availability", () => {
  it('is by its own settings, with what is set apart for it, until a rule says otherwise', async () => {
    const { store, ports } = await fenced();
    const read = () => readAvailability(ports)('webshop', 'A', testNow);
    expect(await read()).toMatchObject({
      value: { ats: 7, buffer: 2, sharePercent: 100, rules: [], fenced: 3, available: 8 },
    });
    await store.commit([
      { kind: 'stock', key: { level: 'pool', sku: 'A', pool: 'online' }, add: {}, set: { terms }, cause },
    ]);
    expect(await read()).toMatchObject({
      value: { ats: 7, ...terms.webshop, fenced: 3, available: 6, asOf: testNow },
    });
    store.given('channel', { ...channel, active: false });
    expect(await read()).toMatchObject({ value: { available: 0 } });
  });

  it('is refused for what is not known', async () => {
    const { ports } = await fenced();
    expect(await readAvailability(ports)('nobody', 'A', testNow)).toMatchObject({
      refusal: { code: 'unknown-channel' },
    });
    expect(await readAvailability(ports)('webshop', 'Z', testNow)).toMatchObject({ refusal: { code: 'unknown-sku' } });
  });
});
