import { describe, expect, it } from 'vitest';
import { putProduct as contract } from '../../../shared/contracts/network/product-apis.ts';
import { type Component } from '../../../shared/model/network/product.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { type ProductInput, putProduct } from './put-product.ts';
import { readProduct } from './read-product.ts';

const now = '2026-11-22T09:30:00.000Z';
const cause = { operation: 'receive', reference: 'po', actor: 'test', at: now };

function catalog() {
  const store = memoryStore();
  const ports = {
    product: (sku: string) => store.get('product', { sku }),
    kitsWith: (component: string) =>
      Promise.resolve(
        store
          .all('kitMembership')
          .filter((one) => one.component === component)
          .map(({ kit }) => kit),
      ),
    poolsOf: async (sku: string) => {
      const { positions, pools } = await store.stockOf(sku);
      return positions.length + pools.length > 0 ? pools.map(({ pool }) => pool) : undefined;
    },
    walk: (walkId: string) => store.get('stockWalk', { walkId }),
    commit: store.commit,
  };
  const put = (sku: string, more: Partial<ProductInput> = {}) => putProduct(ports)({ sku, tags: [], ...more }, now);
  const receive = (sku: string, pool = 'online') =>
    store.commit(adjust({ sku, location: `wh-${pool}`, pool }, 5, 'sellable', cause));
  return { store, ports, put, receive };
}

const of = (...skus: string[]): Component[] => skus.map((sku) => ({ sku, quantity: 1 }));
const conflict = (pointer: string) => ({ ok: false, refusal: { code: 'state-conflict', errors: [{ pointer }] } });

describe('a product', () => {
  it('is created, changed and read, and tells each component its kits', async () => {
    const { store, ports, put } = catalog();
    expect(await put('SET', { title: 'Set', components: of('POT', 'CUP') })).toMatchObject({ ok: true });
    expect(await put('SET', { components: of('CUP', 'LID') })).toMatchObject({ ok: true, value: { version: 2 } });
    expect(store.all('kitMembership')).toEqual([
      { component: 'CUP', kit: 'SET' },
      { component: 'LID', kit: 'SET' },
    ]);
    expect(await readProduct(ports)('SET')).toMatchObject({ ok: true, value: { components: of('CUP', 'LID') } });
    expect(await put('SET'), 'no kit any more').toMatchObject({ ok: true });
    expect(store.all('kitMembership')).toEqual([]);
    expect(await readProduct(ports)('NOPE')).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  });

  it('is no kit while it has stock, and no part of one while it is a kit', async () => {
    const { put, receive, store } = catalog();
    await receive('TEE');
    expect(await put('TEE', { components: of('CUP') })).toMatchObject(conflict('/components'));
    expect(await put('SET', { components: of('CUP', 'SET') })).toMatchObject(conflict('/components/1/sku'));
    await put('SET', { components: of('CUP') });
    expect(await put('BIG', { components: of('TEE', 'SET') })).toMatchObject(conflict('/components/1/sku'));
    expect(await put('CUP', { components: of('CLAY') })).toMatchObject(conflict('/components'));
    expect(store.all('product')).toHaveLength(1);
  });

  it('is the last of two that are put at once, with its components and no others', async () => {
    const { store, put } = catalog();
    await Promise.all([put('SET', { components: of('A', 'B') }), put('SET', { components: of('B', 'C') })]);
    const [set] = store.all('product');
    expect(set?.version).toBe(2);
    expect(store.all('kitMembership').map(({ component }) => component)).toEqual(
      set?.components?.map(({ sku }) => sku),
    );
  });

  it('is told to the channels of each pool of its first component, once its components are others', async () => {
    const { store, put, receive } = catalog();
    await receive('POT', 'online');
    await receive('POT', 'outlet');
    await put('SET', { components: of('POT') });
    expect(store.stock().pools.map(({ cause: { operation, reference } }) => [operation, reference])).toEqual([
      ['tell', 'SET'],
      ['tell', 'SET'],
    ]);
    const told = JSON.stringify(store.stock());
    await put('SET', { components: of('POT'), title: 'Set' });
    expect(JSON.stringify(store.stock())).toBe(told);
  });

  it('has the floors of its stock settled anew when its tags change', async () => {
    const { store, put } = catalog();
    await put('TEE', { tags: ['sale', 'new'] });
    await put('TEE', { tags: ['new', 'sale'] });
    expect(store.all('stockWalk')).toMatchObject([{ walkId: 'product-TEE', skus: ['TEE'], generation: 1 }]);
  });

  it.each([
    ['a component twice', [...of('A', 'A')]],
    ['weights for some only', [{ sku: 'A', quantity: 1, priceWeight: 1 }, ...of('B')]],
    ['weights that are all 0', [{ sku: 'A', quantity: 1, priceWeight: 0 }]],
    ['no component', []],
  ])('is refused with %s', (_, components) => {
    expect(contract.body.safeParse({ components }).success).toBe(false);
  });
});
