import { describe, expect, it, onTestFinished } from 'vitest';
import { startAdobeCommerceSandbox } from '../../../../tests/sandboxes/adobe-commerce.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { chair, dollars, draftOf } from '../../fixtures/drafts.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listingsContract } from '../../testing/listings-contract.ts';
import { listings } from './listings.ts';

const credentials: string[] = [];

async function open(settings: Record<string, string> = {}) {
  const store = await startAdobeCommerceSandbox();
  onTestFinished(() => store.stop());
  credentials.splice(0, credentials.length, store.integration.consumerSecret, store.integration.accessTokenSecret);
  const channel = channelOf({ channelId: 'magento', type: 'adobe', settings: { apiUrl: store.url, ...settings } });
  const connection = connectionOf(channel, { values: { ...store.integration } });
  store.catalog.products.set('CHAIR-BLACK', { sku: 'CHAIR-BLACK', name: 'Chair', status: 2, visibility: 1 });
  const { products, basePrices, specialPrices } = store.catalog;
  const bySku = (a: { readonly sku: string }, b: { readonly sku: string }) => (a.sku < b.sku ? -1 : 1);
  const state = () =>
    structuredClone([[...products.values()].toSorted(bySku), [...basePrices].sort(), specialPrices.toSorted(bySku)]);
  const fail = (status: 429 | 503, next: number) => store.fault({ status, next });
  const asked = (path: string) => store.calls.filter((one) => one.startsWith(`/rest/all/V1/products${path}`)).length;
  return { store, connection, catalog: store.catalog, state, fail, asked };
}

const publish = (connection: Connection, ...drafts: ListingDraft[]) => listings.publish(connection, drafts);
const black = chair('CHAIR-BLACK', { color: 'black' });

listingsContract({
  listings,
  open: () => open(),
  drafts: [draftOf('LAMP-1', { price: dollars(4990, 5990) }), draftOf('LAMP/2 #a'), black],
  bad: { draft: draftOf('LAMP-3', { content: { title: 'Lamp', attributes: { glow: 'warm' } } }), reason: 'glow' },
  secrets: credentials,
});

describe('a product at Adobe Commerce', () => {
  it('is made on the website of the channel, with its prices as exact numbers and its weight in the unit of the store', async () => {
    const { connection, catalog } = await open();
    catalog.weightUnit = 'lbs';
    const content = { title: 'Lamp', category: '23', attributes: { meta_title: 'Oak', attribute_set_id: 9 } };
    const draft = draftOf('LAMP-1', { content: { ...content, weightGrams: 1250 }, price: dollars(110, 115) });
    expect((await publish(connection, draft)).get('LAMP-1')).toEqual({
      ok: true,
      value: { kind: 'live', ids: { inventoryItemId: 'LAMP-1' } },
    });
    expect(catalog.products.get('LAMP-1')).toMatchObject({
      ...{ name: 'Lamp', status: 1, visibility: 4, attribute_set_id: 9, meta_title: 'Oak', weight: 2.7558 },
      extension_attributes: { website_ids: [1], category_links: [{ category_id: '23' }] },
    });
    expect([catalog.basePrices.get('LAMP-1'), catalog.specialPrices]).toMatchObject([
      1.15,
      [{ price: 1.1, store_id: 0 }],
    ]);
  });

  it('ends its sale, and keeps what is not said', async () => {
    const { connection, catalog } = await open();
    await publish(connection, draftOf('LAMP-1', { price: dollars(4990, 5990) }));
    const { price: _price, ...free } = draftOf('LAMP-1', { content: { title: 'Lamp II' } });
    await publish(connection, free);
    expect(catalog.specialPrices).toHaveLength(1);
    await publish(connection, draftOf('LAMP-1', { content: { title: 'Lamp II' }, price: dollars(5500) }));
    expect([catalog.basePrices.get('LAMP-1'), catalog.specialPrices]).toEqual([55, []]);
    expect(catalog.products.get('LAMP-1')).toMatchObject({
      name: 'Lamp II',
      weight: 1.25,
      description: '<p>It gives light.</p>',
    });
  });

  it('that was on sale, and is no more by itself or in one store view alone, is on sale', async () => {
    const { connection, catalog } = await open();
    await publish(connection, draftOf('LAMP-1'));
    const sale = { sku: 'LAMP-1', price: 49.9, price_from: '2020-01-01 00:00:00' };
    for (const there of [
      { ...sale, store_id: 0, price_to: '2020-02-01 00:00:00' },
      { ...sale, store_id: 2, price_to: '2037-12-31 23:59:59' },
    ]) {
      catalog.specialPrices.splice(0, 9, there);
      await publish(connection, draftOf('LAMP-1', { price: dollars(4990, 5990) }));
      expect(catalog.specialPrices.filter(({ store_id }) => store_id === 0)).toMatchObject([
        { price: 49.9, price_to: '2037-12-31 23:59:59' },
      ]);
    }
  });

  it('is on sale in a minute where the store schedules sales, and at one price at a time', async () => {
    const { connection, catalog, asked } = await open();
    catalog.scheduledAfter = connection.now().slice(0, 19).replace('T', ' ');
    for (const amount of [4990, 4500]) {
      const draft = draftOf('LAMP-1', { price: dollars(amount, 5990) });
      expect((await publish(connection, draft)).get('LAMP-1')).toMatchObject({ value: { kind: 'live' } });
      expect(catalog.specialPrices).toMatchObject([{ sku: 'LAMP-1', price: amount / 100 }]);
      const calls = asked('/special-price');
      await publish(connection, draft);
      // It is looked at, and nothing is told again.
      expect(asked('/special-price')).toBe(calls + 1);
    }
    await publish(connection, draftOf('LAMP-1', { price: dollars(5990) }));
    expect(catalog.specialPrices).toEqual([]);
  });

  it('is disabled while it is hidden or taken off, and nothing else of it changes', async () => {
    const { connection, catalog } = await open();
    const seen: unknown[] = [];
    for (const visibility of ['shown', 'hidden', 'shown', 'gone'] as const) {
      const content = visibility === 'gone' ? { title: 'LAMP-1' } : { title: 'Lamp' };
      await publish(connection, draftOf('LAMP-1', { visibility, content }));
      seen.push([catalog.products.get('LAMP-1')?.['status'], catalog.products.get('LAMP-1')?.['name']]);
    }
    expect(seen).toEqual([1, 2, 1, 2].map((status) => [status, 'Lamp']));
  });

  it('of another SKU there is told by that one', async () => {
    const { connection, catalog } = await open();
    await publish(connection, chair('OURS', { color: 'black' }, { ids: { inventoryItemId: 'CHAIR-BLACK' } }));
    expect(catalog.products.get('CHAIR-BLACK')).toMatchObject({ status: 1, visibility: 1 });
    expect(catalog.basePrices.get('CHAIR-BLACK')).toBe(150);
    expect(catalog.products.has('OURS')).toBe(false);
  });

  it('prices of 20 are one call; one that the store refuses has its words, and the others are set', async () => {
    const { connection, catalog, asked } = await open();
    const drafts = Array.from({ length: 20 }, (_, index) => draftOf(`LAMP-${index}`));
    for (const { sku } of drafts)
      catalog.products.set(sku, { sku, type_id: sku === 'LAMP-7' ? 'configurable' : 'simple' });
    const answers = await publish(connection, ...drafts);
    const refused = [...answers].filter(([, answer]) => answer.ok && answer.value.kind === 'rejected');
    expect(refused).toMatchObject([['LAMP-7', { value: { reasons: [expect.stringContaining('Price')] } }]]);
    expect([asked('/base-prices'), catalog.basePrices.size]).toEqual([1, 19]);
  });

  it('that the store lacks is rejected where it cannot be made, with what to do', async () => {
    const { connection, catalog } = await open();
    const { price: _price, ...free } = draftOf('LAMP-1');
    const answers = await publish(connection, free, chair('CHAIR-RED', { color: 'red' }));
    expect([answers.get('LAMP-1'), answers.get('CHAIR-RED')]).toMatchObject([
      { value: { kind: 'rejected', reasons: [expect.stringContaining('no price')] } },
      { value: { kind: 'rejected', reasons: [expect.stringContaining('configuration of CHAIR')] } },
    ]);
    expect(catalog.products.size).toBe(1);
    const west = await open({ websiteCode: 'west' });
    expect((await publish(west.connection, draftOf('LAMP-1'))).get('LAMP-1')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('websiteCode')] },
    });
  });
});
