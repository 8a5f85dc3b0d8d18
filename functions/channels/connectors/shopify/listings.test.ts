import { describe, expect, it, onTestFinished } from 'vitest';
import { startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { chair, dollars, draftOf } from '../../fixtures/drafts.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listingsContract } from '../../testing/listings-contract.ts';
import { listings } from './listings.ts';

async function open() {
  const shop = await startShopifySandbox({ accessToken: 'shpat_right' });
  onTestFinished(() => shop.stop());
  const channel = channelOf({
    ...{ channelId: 'shopify-us', type: 'shopify' },
    endpoint: { kind: 'shopify', url: shop.url, locationId: '1' },
  });
  const connection = connectionOf(channel, { values: { accessToken: 'shpat_right' } });
  const { catalog } = shop.orders;
  const state = () =>
    catalog.products
      .map(({ id: _id, files, variants, ...product }) => ({
        ...product,
        files: files.map(({ filename }) => filename),
        variants: variants.map(({ id: _own, inventoryItemId: _item, ...variant }) => variant),
      }))
      .toSorted((a, b) => (a.handle < b.handle ? -1 : 1));
  const fail = (status: 429 | 503, times: number) => shop.troubles.answer({ status, body: {} }, times);
  return { shop, catalog, connection, state, fail };
}

const publish = (connection: Connection, ...drafts: ListingDraft[]) => listings.publish(connection, drafts);
const black = chair('CHAIR-BLACK', { color: 'black', size: 'M' });
const white = chair('CHAIR-WHITE', { color: 'white', size: 'M' });

const images = ['https://img.example/lamp.png', 'https://img.example/lamp-2'];

listingsContract({
  listings,
  open,
  drafts: [
    draftOf('LAMP "1"', { content: { title: 'Lamp', images }, price: dollars(4990, 5990) }),
    draftOf('LAMP-2', { visibility: 'hidden' }),
    black,
    white,
  ],
  bad: { draft: draftOf('LAMP-3', { content: { title: 'x'.repeat(300) } }), reason: 'Title is too long' },
  secrets: ['shpat_right'],
});

describe('a product at Shopify', () => {
  it('is made with its prices to the digit, its images, its text, and put on the online store', async () => {
    const { connection, state } = await open();
    const content = { title: 'Lamp', brand: 'Harbor', category: 'Lamps', images, attributes: { tags: ['oak'] } };
    const draft = draftOf('LAMP-1', { content: { ...content, weightGrams: 1250 }, price: dollars(4990, 5990) });
    const answers = await publish(connection, draft);
    expect(answers.get('LAMP-1')).toEqual({
      ok: true,
      value: { kind: 'live', ids: { listingId: '101', variantId: '102', inventoryItemId: '103' } },
    });
    expect(state()).toMatchObject([
      {
        ...{ title: 'Lamp', vendor: 'Harbor', productType: 'Lamps', tags: ['oak'], status: 'ACTIVE' },
        isPublished: true,
        files: [expect.stringMatching(/^crossdock-[0-9a-f]{16}\.png$/), expect.stringMatching(/\.jpg$/)],
        variants: [{ sku: 'LAMP-1', price: '49.90', compareAtPrice: '59.90', tracked: true, weightGrams: 1250 }],
      },
    ]);
  });

  it('of an amount without minor units, or with three digits, costs what it says', async () => {
    const { connection, state } = await open();
    const yen = { ...connection, channel: { ...connection.channel, currency: 'JPY' } };
    await publish(yen, draftOf('LAMP-1', { price: { price: { amount: 1990, currency: 'JPY' } } }));
    expect(state()).toMatchObject([{ variants: [{ price: '1990', compareAtPrice: null }] }]);
  });

  it('loses what was struck through, and keeps what nothing is said of', async () => {
    const { connection, state } = await open();
    await publish(connection, draftOf('LAMP-1', { price: dollars(4990, 5990) }));
    await publish(connection, draftOf('LAMP-1', { content: { title: 'Lamp II' }, price: dollars(4500) }));
    const { price: _price, ...withoutPrice } = draftOf('LAMP-1', { content: { title: 'Lamp III' } });
    await publish(connection, withoutPrice);
    expect(state()).toMatchObject([
      { title: 'Lamp III', vendor: 'Harbor', variants: [{ price: '45.00', compareAtPrice: null, weightGrams: 1250 }] },
    ]);
  });

  it('is hidden, taken off and shown again', async () => {
    const { connection, catalog } = await open();
    const statuses: (string | undefined)[] = [];
    for (const visibility of ['shown', 'hidden', 'gone', 'gone', 'shown'] as const) {
      await publish(connection, draftOf('LAMP-1', { visibility }));
      statuses.push(catalog.products[0]?.status);
    }
    expect(statuses).toEqual(['ACTIVE', 'DRAFT', 'ARCHIVED', 'ARCHIVED', 'ACTIVE']);
    expect(catalog.products).toHaveLength(1);
  });

  it('that was never there is gone, and nothing is made for it', async () => {
    const { connection, catalog } = await open();
    expect((await publish(connection, draftOf('LAMP-1', { visibility: 'gone' }))).get('LAMP-1')).toEqual({
      ok: true,
      value: { kind: 'live' },
    });
    expect(catalog.products).toEqual([]);
  });

  it('is not made without a price, nor told in another currency: with the remedy', async () => {
    const { connection, catalog } = await open();
    const { price: _price, ...free } = draftOf('LAMP-1');
    const answers = await publish(
      connection,
      free,
      draftOf('LAMP-2', { price: { price: { amount: 1, currency: 'EUR' } } }),
      chair('CHAIR-BARE', {}),
    );
    expect([...answers.values()]).toMatchObject([
      { value: { reasons: [expect.stringContaining('sells in USD')] } },
      { value: { reasons: [expect.stringContaining('has no options')] } },
      { value: { reasons: [expect.stringContaining('no price')] } },
    ]);
    expect(catalog.products).toEqual([]);
  });

  it('that the search does not show yet is found by its handle', async () => {
    const { connection, catalog } = await open();
    await publish(connection, draftOf('LAMP-1'));
    catalog.unseen.add('LAMP-1');
    await publish(connection, draftOf('LAMP-1', { price: dollars(100) }));
    expect(catalog.products).toHaveLength(1);
    expect(catalog.products[0]?.variants).toMatchObject([{ price: '1.00' }]);
  });

  it('of a SKU that the shop has already is that one, whoever made it', async () => {
    const { connection, catalog } = await open();
    await publish(connection, draftOf('LAMP-1'));
    const [made] = catalog.products;
    if (made === undefined) throw new Error('nothing was made');
    catalog.products.splice(0, 1, { ...made, handle: 'their-own-handle', isPublished: false });
    await publish(connection, draftOf('LAMP-1'));
    expect(catalog.products).toMatchObject([{ handle: 'their-own-handle', isPublished: true }]);
  });

  it('that may not be published says which scope is missing, and is live once it is there', async () => {
    const { connection, shop } = await open();
    shop.orders.scopes = ['write_products'];
    expect((await publish(connection, draftOf('LAMP-1'))).get('LAMP-1')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('write_publications')] },
    });
    shop.orders.scopes = ['write_products', 'write_publications'];
    expect((await publish(connection, draftOf('LAMP-1'))).get('LAMP-1')).toMatchObject({ value: { kind: 'live' } });
  });

  it('with an attribute that Shopify does not know is rejected by its name', async () => {
    const { connection } = await open();
    const call: Connection['call'] = async (sent) =>
      sent.body?.includes('productSet(') === true
        ? {
            ok: true,
            value: {
              ...{ status: 200, headers: {} },
              body: Buffer.from(
                JSON.stringify({
                  errors: [
                    {
                      message:
                        'Variable $input of type ProductSetInput! was provided invalid value for color (Field is not defined on ProductSetInput)',
                    },
                  ],
                }),
              ),
            },
          }
        : connection.call(sent);
    const draft = draftOf('LAMP-1', { content: { title: 'Lamp', attributes: { color: 'oak' } } });
    expect((await publish({ ...connection, call }, draft)).get('LAMP-1')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('invalid value for color')] },
    });
  });
});
