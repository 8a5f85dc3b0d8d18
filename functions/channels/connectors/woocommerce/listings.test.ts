import { describe, expect, it, onTestFinished } from 'vitest';
import { startWooSandbox, wooTroubles } from '../../../../tests/sandboxes/woocommerce.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { chair, dollars, draftOf } from '../../fixtures/drafts.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listingsContract } from '../../testing/listings-contract.ts';
import { woocommerce } from './connector.ts';
import { listings } from './listings.ts';

const values = { consumerKey: 'ck_right', consumerSecret: 'cs_right' };

async function open() {
  const shop = await startWooSandbox(values);
  onTestFinished(() => shop.stop());
  const channel = channelOf({ channelId: 'woo-us', type: 'woocommerce', settings: { apiUrl: shop.url } });
  const connection = connectionOf(channel, { values });
  const products = () =>
    [...shop.listings.products.values()]
      .map(({ id: _id, parent_id: parent, images, ...one }) => ({
        ...{ ...one, isVariation: parent !== 0 },
        images: images.map(({ name }) => name),
      }))
      .toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const fail = (status: 429 | 503, times: number) =>
    shop.troubles.answer(status === 429 ? wooTroubles.throttled : wooTroubles.down, times);
  return { shop, connection, state: products, products, fail };
}

const publish = (connection: Connection, ...drafts: ListingDraft[]) => listings.publish(connection, drafts);
const images = ['https://img.example/lamp.png', 'https://img.example/lamp-2.png'];
const black = chair('CHAIR-BLACK', { color: 'black' });
const white = chair('CHAIR-WHITE', { color: 'white' });

listingsContract({
  listings,
  open,
  drafts: [
    draftOf('LAMP-1', { content: { title: 'Lamp', images, weightGrams: 1250 }, price: dollars(4990, 5990) }),
    draftOf('LAMP-2'),
    black,
    white,
  ],
  bad: { draft: draftOf('LAMP-3', { content: { title: 'x'.repeat(400) } }), reason: 'Could not insert post' },
  secrets: ['ck_right', 'cs_right'],
});

describe('a product at WooCommerce', () => {
  it('is made with its prices, images and weight in the unit of the shop; its stock can be told at once', async () => {
    const { shop, connection, products } = await open();
    shop.listings.weightUnit = 'lbs';
    const content = {
      title: 'Lamp',
      category: '15',
      images,
      weightGrams: 1250,
      attributes: { short_description: 'Oak' },
    };
    const answers = await publish(connection, draftOf('LAMP-1', { content, price: dollars(4990, 5990) }));
    const ids = { listingId: '501', variantId: '501' };
    expect(answers.get('LAMP-1')).toEqual({ ok: true, value: { kind: 'live', ids } });
    expect(products()).toMatchObject([
      {
        ...{ type: 'simple', sku: 'LAMP-1', name: 'Lamp', short_description: 'Oak', status: 'publish' },
        ...{ regular_price: '59.90', sale_price: '49.90', weight: '2.7558', categories: [{ id: 15 }] },
      },
    ]);
    const offer = { sku: 'LAMP-1', quantity: 5, sequence: 1, ids };
    expect((await woocommerce.availability?.publish(connection, [offer]))?.get('LAMP-1')).toEqual({
      ok: true,
      value: true,
    });
  });

  it('ends its sale, keeps its price where none is said, and loads no image twice', async () => {
    const { shop, connection, products } = await open();
    await publish(connection, draftOf('LAMP-1', { content: { title: 'Lamp', images }, price: dollars(4990, 5990) }));
    const loaded = () => shop.listings.products.get(501)?.images.map(({ id }) => id);
    const first = loaded();
    await publish(connection, draftOf('LAMP-1', { content: { title: 'Lamp', images }, price: dollars(5500) }));
    const { price: _price, ...free } = draftOf('LAMP-1', {
      content: { title: 'Lamp II', images: images.toReversed() },
    });
    await publish(connection, free);
    expect(products()).toMatchObject([{ name: 'Lamp II', regular_price: '55.00', sale_price: '' }]);
    expect(loaded()).toEqual(first?.toReversed());
  });

  it('is on sale as long as it is told, whatever dates a sale before had', async () => {
    const { shop, connection } = await open();
    await publish(connection, draftOf('LAMP-1'));
    const lamp = shop.listings.products.get(501);
    if (lamp === undefined) throw new Error('nothing was made');
    shop.listings.products.set(501, { ...lamp, date_on_sale_to: '2020-01-31T23:59:59' });
    await publish(connection, draftOf('LAMP-1', { price: dollars(4990, 5990) }));
    expect(shop.listings.products.get(501)).toMatchObject({ sale_price: '49.90', date_on_sale_to: '' });
  });

  it('is hidden, taken off and shown again, and nothing else of it changes when it is taken off', async () => {
    const { shop, connection } = await open();
    const seen: unknown[] = [];
    for (const visibility of ['shown', 'hidden', 'gone', 'shown'] as const) {
      const content = visibility === 'gone' ? { title: 'LAMP-1' } : { title: 'Lamp' };
      await publish(connection, draftOf('LAMP-1', { visibility, content }));
      const [lamp] = shop.listings.products.values();
      seen.push([[lamp?.['status'], lamp?.['name']]]);
    }
    expect(seen).toEqual([[['publish', 'Lamp']], [['private', 'Lamp']], [['draft', 'Lamp']], [['publish', 'Lamp']]]);
  });

  it('whose listing names a product that is no more is found by its SKU', async () => {
    const { connection, products } = await open();
    await publish(connection, draftOf('LAMP-1'));
    const answers = await publish(connection, draftOf('LAMP-1', { ids: { listingId: '77', variantId: '77' } }));
    expect(answers.get('LAMP-1')).toMatchObject({ value: { ids: { listingId: '501' } } });
    expect(products()).toHaveLength(1);
  });

  it('that is new is not made without a price', async () => {
    const { connection, products } = await open();
    const { price: _price, ...free } = draftOf('LAMP-1');
    expect((await publish(connection, free)).get('LAMP-1')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('no price')] },
    });
    expect(products()).toEqual([]);
  });

  it('keeps its weight where the key may not see the settings', async () => {
    const { connection, products } = await open();
    const call: Connection['call'] = (sent) =>
      String(sent.url).includes('settings/')
        ? Promise.resolve({ ok: true, value: { status: 401, headers: {}, body: Buffer.from('{"code":"no"}') } })
        : connection.call(sent);
    expect((await publish({ ...connection, call }, draftOf('LAMP-1'))).get('LAMP-1')).toMatchObject({ ok: true });
    expect(products()[0]).not.toHaveProperty('weight');
  });
});

describe('variations at WooCommerce', () => {
  it('of one parent are one variable product, also when they come one after the other', async () => {
    const { connection, products } = await open();
    await publish(connection, black);
    const answers = await publish(connection, white);
    expect(answers.get('CHAIR-WHITE')).toMatchObject({ value: { ids: { listingId: '501', variantId: '503' } } });
    expect(products()).toMatchObject([
      {
        ...{ sku: 'CHAIR', type: 'variable', status: 'publish' },
        attributes: [{ name: 'color', variation: true, options: ['black', 'white'] }],
      },
      { sku: 'CHAIR-BLACK', isVariation: true, regular_price: '150.00', sale_price: '120.00' },
      { sku: 'CHAIR-WHITE', attributes: [{ name: 'color', option: 'white' }] },
    ]);
  });

  it('are hidden and taken off one by one; the product and its other attributes stay', async () => {
    const { shop, connection, products } = await open();
    await publish(connection, black, white);
    const [parent] = [...shop.listings.products.values()];
    if (parent === undefined) throw new Error('nothing was made');
    const theirs = { id: 6, name: 'Material', visible: true, variation: false, options: ['oak'] };
    shop.listings.products.set(parent.id, { ...parent, attributes: [theirs, ...(parent['attributes'] as object[])] });
    const red = chair('CHAIR-RED', { color: 'red' });
    await publish(connection, { ...black, visibility: 'gone' }, { ...white, visibility: 'hidden' }, red);
    expect(products()).toMatchObject([
      { status: 'publish', attributes: [theirs, { options: ['black', 'white', 'red'] }] },
      { sku: 'CHAIR-BLACK', status: 'private' },
      { sku: 'CHAIR-RED', status: 'publish' },
      { sku: 'CHAIR-WHITE', status: 'private' },
    ]);
  });
});
