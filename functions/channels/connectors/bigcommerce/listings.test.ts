import { describe, expect, it, onTestFinished } from 'vitest';
import { startBigCommerceSandbox } from '../../../../tests/sandboxes/bigcommerce.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { chair, dollars, draftOf } from '../../fixtures/drafts.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listingsContract } from '../../testing/listings-contract.ts';
import { listings } from './listings.ts';

const secret = 'an-access-token-of-the-store';

async function open() {
  const store = await startBigCommerceSandbox({ accessToken: secret });
  onTestFinished(() => store.stop());
  const settings = { apiUrl: store.url, storeHash: store.storeHash };
  const connection = connectionOf(channelOf({ channelId: 'bc', type: 'bigcommerce', settings }), {
    values: { accessToken: secret },
  });
  const bySku = (a: { readonly sku: string }, b: { readonly sku: string }) => (a.sku < b.sku ? -1 : 1);
  const products = () => [...store.catalog.products.values()].map(({ id: _id, ...one }) => one).toSorted(bySku);
  const variants = () =>
    [...store.catalog.variants.values()].map(({ id: _id, product_id: _of, ...one }) => one).toSorted(bySku);
  const state = () => structuredClone([products(), variants()]);
  const fail = (status: 429 | 503, next: number) => store.fault({ status, next });
  return { store, connection, state, products, variants, fail };
}

const publish = (connection: Connection, ...drafts: ListingDraft[]) => listings.publish(connection, drafts);
const black = chair('CHAIR-BLACK', { color: 'black' });
const white = chair('CHAIR-WHITE', { color: 'white' });

listingsContract({
  listings,
  open,
  drafts: [draftOf('LAMP-1', { price: dollars(4990, 5990) }), draftOf('LAMP-2'), black, white],
  bad: { draft: draftOf('LAMP-3', { content: { title: 'x'.repeat(300) } }), reason: '250' },
  secrets: [secret],
});

describe('a product at BigCommerce', () => {
  it('is made with its prices as exact numbers, its images, its weight in the unit of the store', async () => {
    const { store, connection, products } = await open();
    store.catalog.weightUnits = 'Ounces';
    const images = ['https://img.example/lamp.png', 'https://img.example/lamp-2.png'];
    const content = { title: 'Lamp', brand: 'Harbor', category: '23', images, attributes: { is_featured: true } };
    const draft = draftOf('LAMP-1', { content: { ...content, weightGrams: 1250 }, price: dollars(110, 115) });
    expect((await publish(connection, draft)).get('LAMP-1')).toEqual({
      ok: true,
      value: { kind: 'live', ids: { listingId: '701', variantId: '702' } },
    });
    expect(products()).toMatchObject([
      {
        ...{ name: 'Lamp', brand_name: 'Harbor', categories: [23], is_featured: true, is_visible: true },
        ...{ price: 1.15, sale_price: 1.1, weight: 44.0925 },
        images: [
          { image_url: images[0], is_thumbnail: true },
          { image_url: images[1], is_thumbnail: false },
        ],
      },
    ]);
  });

  it('that is there is changed by its product alone: its sale ends, what is not said stays', async () => {
    const { store, connection, products } = await open();
    await publish(connection, draftOf('LAMP-1', { price: dollars(4990, 5990) }));
    const ids = { listingId: '701' };
    await publish(connection, draftOf('LAMP-1', { ids, content: { title: 'Lamp II' }, price: dollars(5500) }));
    const { price: _price, ...free } = draftOf('LAMP-1', { ids, content: { title: 'Lamp III' } });
    await publish(connection, free);
    expect(products()).toMatchObject([
      { name: 'Lamp III', price: 55, sale_price: 0, weight: 1.25, description: '<p>It gives light.</p>' },
    ]);
    expect(store.calls.filter((path) => path.endsWith('/catalog/variants'))).toEqual([]);
  });

  it('is hidden, taken off and shown again', async () => {
    const { connection, products } = await open();
    const seen: unknown[] = [];
    for (const visibility of ['shown', 'hidden', 'shown', 'gone'] as const) {
      await publish(connection, draftOf('LAMP-1', { visibility }));
      seen.push(products()[0]?.['is_visible']);
    }
    expect(seen).toEqual([true, false, true, false]);
  });

  it('ten of them are one call, and one that is refused is found by halves', async () => {
    const { store, connection } = await open();
    const drafts = Array.from({ length: 10 }, (_, index) => draftOf(`LAMP-${index}`));
    await publish(connection, ...drafts);
    const puts = () => store.calls.filter((path) => path.endsWith('/v3/catalog/products')).length;
    const before = puts();
    await publish(connection, ...drafts);
    expect(puts() - before).toBe(1);
    const bad = draftOf('LAMP-4', { content: { title: 'x'.repeat(300) } });
    const answers = await publish(connection, ...drafts.filter(({ sku }) => sku !== 'LAMP-4'), bad);
    const rejected = [...answers].filter(([, answer]) => answer.ok && answer.value.kind === 'rejected');
    expect(rejected.map(([sku]) => sku)).toEqual(['LAMP-4']);
  });

  it('whose name another has, or that has no price, is rejected with the reason', async () => {
    const { connection } = await open();
    const { price: _price, ...free } = draftOf('LAMP-3');
    await publish(connection, draftOf('LAMP-1'));
    const answers = await publish(connection, draftOf('LAMP-2', { content: { title: 'Lamp LAMP-1' } }), free);
    expect([answers.get('LAMP-2'), answers.get('LAMP-3')]).toMatchObject([
      { value: { kind: 'rejected', reasons: [expect.stringContaining('name is a duplicate')] } },
      { value: { kind: 'rejected', reasons: [expect.stringContaining('no price')] } },
    ]);
  });
});

it.each(['POST', 'PUT'])(
  'a product of which a part failed (207 to a %s) is not said to be live, and is once all went well',
  async (method) => {
    const { connection } = await open();
    if (method === 'PUT') await publish(connection, draftOf('LAMP-1'));
    const partly: Connection['call'] = async (sent) => {
      const answer = await connection.call(sent);
      return answer.ok && sent.method === method ? { ok: true, value: { ...answer.value, status: 207 } } : answer;
    };
    expect((await publish({ ...connection, call: partly }, draftOf('LAMP-1'))).get('LAMP-1')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('could not do all') as string] },
    });
    expect((await publish(connection, draftOf('LAMP-1'))).get('LAMP-1')).toMatchObject({ value: { kind: 'live' } });
  },
);

describe('variants at BigCommerce', () => {
  it('are one product with its options; each is hidden by itself', async () => {
    const { connection, products, variants } = await open();
    await publish(connection, black, white);
    expect(variants()).toMatchObject([
      {
        sku: 'CHAIR-BLACK',
        option_values: [{ option_display_name: 'color', label: 'black' }],
        price: 150,
        sale_price: 120,
      },
      { sku: 'CHAIR-WHITE', purchasing_disabled: false },
    ]);
    await publish(connection, { ...black, visibility: 'gone' });
    await publish(connection, { ...white, price: dollars(9900) });
    expect(products()).toMatchObject([{ sku: 'CHAIR', is_visible: true }]);
    expect(variants()).toMatchObject([
      { purchasing_disabled: true, price: 150 },
      { purchasing_disabled: false, price: 99, sale_price: null },
    ]);
  });

  it('that a product of the store lacks are left to a person, with what to do', async () => {
    const { connection } = await open();
    await publish(connection, black);
    expect((await publish(connection, white)).get('CHAIR-WHITE')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('Add one with this SKU there')] },
    });
  });
});
