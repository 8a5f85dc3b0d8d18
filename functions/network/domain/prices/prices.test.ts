import { describe, expect, it } from 'vitest';
import { type PriceRow } from '../../../../shared/contracts/network/price-apis.ts';
import { type PriceList } from '../../../../shared/model/network/price-list.ts';
import { memoryStore } from '../../../../shared/testing/memory-store.ts';
import { aChannel, testNow } from '../../../../shared/testing/world.ts';
import { type PriceListInput, putPriceList } from './put-price-list.ts';
import { listPrices, putPrices } from './put-prices.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const row = (sku: string, amount: number, more: Partial<PriceRow> = {}): PriceRow => ({
  sku,
  price: usd(amount),
  ...more,
});

function world() {
  const store = memoryStore();
  store.given('channel', aChannel('shop'), aChannel('market'), { ...aChannel('euro'), currency: 'EUR' });
  const ports = {
    priceList: (priceListId: string) => store.get('priceList', { priceListId }),
    channels: () => Promise.resolve(store.all('channel')),
    skuPrices: (priceListId: string, sku: string) => store.get('skuPrices', { priceListId, sku }),
    pricesAfter: (priceListId: string, after = '', most: number) =>
      Promise.resolve(
        store
          .all('skuPrices')
          .filter((one) => one.priceListId === priceListId && one.sku > after)
          .slice(0, most),
      ),
    commit: store.commit,
  };
  const input: PriceListInput = {
    priceListId: 'usual',
    name: 'Usual',
    currency: 'USD',
    channels: ['shop'],
    priority: 0,
  };
  const list = (more: Partial<PriceListInput> = {}) => putPriceList(ports)({ ...input, ...more }, testNow);
  const put = (rows: readonly PriceRow[], remove: readonly string[] = []) =>
    putPrices(ports)('usual', { rows, remove }, testNow);
  const read = (after?: string, limit = 10) => listPrices(ports)('usual', { after, limit });
  return { store, list, put, read };
}

describe('a price list', () => {
  it('is put once, and tells of the channels that it was and is for', async () => {
    const { store, list } = world();
    const told = () => store.all('priceList').map((one: PriceList) => one.events?.map(({ data }) => data));
    await list();
    await list();
    expect(store.all('priceList')).toMatchObject([{ version: 1 }]);
    await list({ channels: ['market'] });
    expect(told()).toEqual([[{ priceListId: 'usual', channels: ['market', 'shop'] }]]);
    await list({ channels: ['market'], name: 'Everyday' });
    expect(told(), 'another name is nothing to tell').toEqual([[]]);
  });

  it.each([
    ['a channel that is not there', { channels: ['shop', 'nowhere'] }, 'unknown-channel', '/channels/1'],
    ['a channel of another currency', { channels: ['euro'] }, 'currency-mismatch', '/channels/0'],
  ])('is refused for %s', async (_, more, code, pointer) => {
    expect(await world().list(more)).toMatchObject({ ok: false, refusal: { code, errors: [{ pointer }] } });
  });

  it('says in words which of its channels are told nothing of it', async () => {
    const { store, list } = world();
    store.given('channel', { ...aChannel('till'), type: 'onx' }, { ...aChannel('market'), type: 'shopify' });
    const put = () => list({ channels: ['market', 'till'] });
    const first = await put();
    expect(first).toMatchObject({
      value: { warnings: [expect.stringMatching(/^till .*type onx take none .*\/v1\/price-lists\/usual\/prices/)] },
    });
    expect(await put(), 'and again').toEqual(first);
    expect(store.all('priceList')[0]).not.toHaveProperty('warnings');
    expect(await list({ channels: ['market'] })).not.toHaveProperty('value.warnings');
  });

  it('keeps its currency', async () => {
    const { list } = world();
    await list();
    expect(await list({ currency: 'EUR' })).toMatchObject({ refusal: { code: 'state-conflict' } });
  });
});

describe('prices', () => {
  it('of a SKU become the rows that name it, in the order of time, and others stay', async () => {
    const { store, list, put, read } = world();
    await list();
    await put([row('CUP', 500), row('MUG', 1200)]);
    const [fall, winter] = [
      { from: '2026-09-01T00:00:00Z', to: '2026-12-01T00:00:00Z' },
      { from: '2026-12-01T00:00:00Z' },
    ];
    const rows = [row('MUG', 900, { ...winter, compareAt: usd(1200) }), row('MUG', 1000, fall)];
    expect(await put(rows)).toEqual({ ok: true, value: { changed: 1, unchanged: 0 } });
    expect(await put(rows)).toEqual({ ok: true, value: { changed: 0, unchanged: 1 } });
    const all = [row('CUP', 500), row('MUG', 1000, fall), row('MUG', 900, { ...winter, compareAt: usd(1200) })];
    expect(await read()).toEqual({ ok: true, value: { rows: all } });
    expect(await read(undefined, 1)).toMatchObject({ value: { rows: [{ sku: 'CUP' }], next: 'CUP' } });
    expect(await read('CUP', 1)).toMatchObject({ value: { rows: [{ sku: 'MUG' }, { sku: 'MUG' }] } });
    await put([], ['MUG', 'NOPE']);
    expect(await read()).toEqual({ ok: true, value: { rows: [row('CUP', 500)] } });
    expect(store.all('skuPrices')).toMatchObject([{ sku: 'CUP' }, { sku: 'MUG', events: [{ data: { sku: 'MUG' } }] }]);
  });

  it('are refused together, with every row at fault, before any is written', async () => {
    const { store, list, put } = world();
    await list();
    const rows = [
      row('MUG', 1200, { to: '2026-12-01T00:00:00.000Z' }),
      row('MUG', 900, { from: '2026-11-30T23:00:00Z' }),
      row('CUP', 500, { from: '2026-12-02T00:00:00Z', to: '2026-12-01T00:00:00Z' }),
      row('TEE', 500, { compareAt: usd(500) }),
      row('HAT', 500),
      row('CAP', 500),
    ];
    expect(await put(rows, ['HAT'])).toMatchObject({
      refusal: {
        code: 'invalid-request',
        errors: [
          { pointer: '/rows/1', detail: 'overlaps /rows/0 of MUG' },
          { pointer: '/rows/2/to' },
          { pointer: '/rows/3/compareAt' },
          { pointer: '/rows/4/sku' },
        ],
      },
    });
    expect(store.all('skuPrices')).toEqual([]);
    expect(await put([{ sku: 'MUG', price: { amount: 1, currency: 'EUR' } }])).toMatchObject({
      refusal: { code: 'currency-mismatch', errors: [{ pointer: '/rows/0/price/currency' }] },
    });
  });

  it('need their list', async () => {
    const { put, read } = world();
    expect(await put([])).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await read()).toMatchObject({ refusal: { code: 'not-found' } });
  });
});
