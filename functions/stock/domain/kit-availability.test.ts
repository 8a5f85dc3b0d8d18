import { describe, expect, it, vi } from 'vitest';
import { type Channel } from '../../../shared/model/network/network.ts';
import { fence } from '../../../shared/model/stock/fencing.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { aChannel } from '../../../shared/testing/world.ts';
import { type ComponentMessage, deriveKitAvailability } from './derive-kit-availability.ts';
import { readAvailability } from './read-stock.ts';

const at = '2026-11-22T09:30:00.000Z';
const cause = { operation: 'receive', reference: 'po', actor: 'test', at };

const componentChanged = (sku: string, operation = 'receive'): ComponentMessage => ({
  id: sku,
  type: 'AvailabilityChanged.v1',
  time: at,
  subject: `${sku}@online`,
  version: 1,
  actor: 'test',
  data: { sku, pool: 'online', operation },
});

/** A pot and four cups are a set; a cup and a saucer are a pair. */
async function teaShop(channel: Partial<Channel> = {}) {
  const store = memoryStore();
  const kit = (sku: string, version: number, components: readonly (readonly [string, number])[]) => {
    const parts = components.map(([component, quantity]) => ({ sku: component, quantity }));
    store.given('product', { sku, tags: [], components: parts, version, updatedAt: at });
    store.given('kitMembership', ...parts.map((part) => ({ component: part.sku, kit: sku })));
  };
  kit('SET', 1, [['POT', 1], ['CUP', 4]]); // prettier-ignore
  kit('PAIR', 1, [['CUP', 1], ['SAUCER', 1]]); // prettier-ignore
  store.given('channel', aChannel('webshop', channel));
  const ports = {
    kitsWith: (component: string) =>
      Promise.resolve(
        store
          .all('kitMembership')
          .filter((one) => one.component === component)
          .map((one) => one.kit),
      ),
    product: (sku: string) => store.get('product', { sku }),
    channel: (channelId: string) => store.get('channel', { channelId }),
    poolOf: async (sku: string, pool: string) => (await store.stockOf(sku)).pools.find((one) => one.pool === pool),
    stockOf: (sku: string) => store.stockOf(sku),
  };
  const receive = (sku: string, quantity: number) =>
    store.commit(adjust({ sku, location: 'wh', pool: 'online' }, quantity, 'sellable', cause));
  await receive('POT', 3);
  await receive('CUP', 9);
  return {
    store,
    ports,
    kit,
    receive,
    derive: (...skus: string[]) => deriveKitAvailability(ports)(skus.map((sku) => componentChanged(sku))),
    deriveFrom: (sku: string, operation: string) => deriveKitAvailability(ports)([componentChanged(sku, operation)]),
    read: (sku: string) => readAvailability(ports)('webshop', sku, at),
    ruled: (sku: string, channel: string, buffer: number) =>
      store.commit([
        {
          kind: 'stock',
          key: { level: 'pool', sku, pool: 'online' },
          add: {},
          set: { terms: { [channel]: { buffer, sharePercent: 100, rules: ['r1'] } } },
          cause,
        },
      ]),
  };
}

describe('what can be sold of a kit', () => {
  it('is what its components are enough for, told once for each kit of a pool', async () => {
    const { derive } = await teaShop();
    const told = await derive('CUP', 'POT', 'CUP', 'LAMP');
    expect(told.map(({ data }) => data)).toEqual([
      { sku: 'PAIR', pool: 'online', ats: 0, rose: false, operation: 'kit', reference: 'CUP' },
      { sku: 'SET', pool: 'online', ats: 2, rose: false, operation: 'kit', reference: 'CUP' },
    ]);
  });

  it('reads a component once a batch, however many kits it is in', async () => {
    const { kit, ports } = await teaShop();
    for (let n = 0; n < 50; n += 1) kit(`GIFT-${n}`, 1, [['CUP', 1], ['BOX', 1]]); // prettier-ignore
    const poolOf = vi.fn(ports.poolOf);
    const told = await deriveKitAvailability({ ...ports, poolOf })([componentChanged('CUP'), componentChanged('BOX')]);
    expect(told).toHaveLength(52);
    expect(poolOf.mock.calls.map(([sku]) => sku).sort()).toEqual(['BOX', 'CUP', 'POT', 'SAUCER']);
  });

  it('is told under a version that grows with each write of a component, and with the kit beyond all of them', async () => {
    const { derive, receive, kit } = await teaShop();
    const [first] = await derive('POT');
    for (let write = 0; write < 20; write += 1) await receive('CUP', 1);
    const [second] = await derive('POT');
    kit('SET', 2, [['POT', 1]]);
    const [third] = await derive('POT');
    expect(second?.version).toBeGreaterThan(first?.version ?? 0);
    expect(third?.version).toBeGreaterThan(second?.version ?? 0);
    expect(third?.data).toMatchObject({ ats: 3 });
  });

  it('is derived from components only, so that it never goes round in circles', async () => {
    const { store, deriveFrom } = await teaShop();
    store.given('kitMembership', { component: 'SET', kit: 'PAIR' });
    expect(await deriveFrom('SET', 'kit')).toEqual([]);
  });

  it('follows the terms that rules put on a component, for the channels that they name', async () => {
    const { derive, ruled, read } = await teaShop({ buffer: 1 });
    await ruled('CUP', 'webshop', 5);
    const told = (await derive('CUP')).find(({ subject }) => subject === 'SET@online');
    expect(told?.data).toMatchObject({ ats: 2, terms: { webshop: { buffer: 0, cap: 1, rules: ['r1'] } } });
    expect(await read('SET')).toMatchObject({ ok: true, value: { ats: 2, available: 1, rules: ['r1'] } });
  });

  it("is read with the channel's own units of the components, and is nothing while it is inactive", async () => {
    const fenced = await teaShop({ buffer: 100 });
    for (const [sku, quantity] of [
      ['POT', 1],
      ['CUP', 8],
    ] as const)
      // prettier-ignore
      await fenced.store.commit(fence({ sku, pool: 'online', channel: 'webshop' }, quantity, cause));
    expect(await fenced.read('SET')).toMatchObject({ ok: true, value: { ats: 0, available: 1 } });
    const closed = await teaShop({ active: false });
    expect(await closed.read('SET')).toMatchObject({ ok: true, value: { ats: 2, available: 0 } });
    expect(await closed.read('LAMP')).toMatchObject({ ok: false, refusal: { code: 'unknown-sku' } });
  });
});
