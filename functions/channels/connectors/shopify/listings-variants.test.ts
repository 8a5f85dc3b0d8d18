import { describe, expect, it, onTestFinished } from 'vitest';
import { startShopifySandbox } from '../../../../tests/sandboxes/shopify.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { connectionOf } from '../../fixtures/connection.ts';
import { chair } from '../../fixtures/drafts.ts';
import { channelOf } from '../../fixtures/world.ts';
import { listings } from './listings.ts';

async function open() {
  const shop = await startShopifySandbox({ accessToken: 'shpat_right' });
  onTestFinished(() => shop.stop());
  const channel = channelOf({ channelId: 'shopify-us', type: 'shopify', settings: { apiUrl: shop.url } });
  const connection = connectionOf(channel, { values: { accessToken: 'shpat_right' } });
  const { catalog } = shop.orders;
  const options = () =>
    catalog.products.map(({ optionNames, variants }) => ({
      optionNames,
      variants: variants.map(({ sku, options: own }) => ({ sku, options: own })),
    }));
  return { catalog, connection, options };
}

const publish = (connection: Connection, ...drafts: ListingDraft[]) => listings.publish(connection, drafts);
const black = chair('CHAIR-BLACK', { color: 'black', size: 'M' });
const white = chair('CHAIR-WHITE', { color: 'white', size: 'M' });

describe('variants at Shopify', () => {
  it('of one parent are one product with its options, also when they come one after the other', async () => {
    const { connection, options } = await open();
    await publish(connection, black);
    await publish(connection, white);
    expect(options()).toMatchObject([
      {
        optionNames: ['color', 'size'],
        variants: [{ sku: 'CHAIR-BLACK', options: { color: 'black', size: 'M' } }, { sku: 'CHAIR-WHITE' }],
      },
    ]);
  });

  it('go one by one, and the product with the last', async () => {
    const { connection, catalog } = await open();
    await publish(connection, black, white);
    await publish(connection, { ...black, visibility: 'gone' });
    expect(catalog.products).toMatchObject([{ status: 'ACTIVE', variants: [{ sku: 'CHAIR-WHITE' }] }]);
    await publish(connection, { ...white, visibility: 'gone' });
    expect(catalog.products).toMatchObject([{ status: 'ARCHIVED', variants: [{ sku: 'CHAIR-WHITE' }] }]);
    await publish(connection, black, white);
    expect(catalog.products[0]?.variants.map(({ sku }) => sku).sort()).toEqual(['CHAIR-BLACK', 'CHAIR-WHITE']);
  });

  it.each([
    ['together', [[black, white]]],
    ['one after the other', [[black], [white]]],
  ])('that went %s come back alone, without what went with them', async (_how, steps) => {
    const { connection, catalog } = await open();
    const skus = () => catalog.products[0]?.variants.map(({ sku }) => sku);
    await publish(connection, black, white);
    for (const step of steps)
      await publish(connection, ...step.map((one) => ({ ...one, visibility: 'gone' }) as const));
    expect(catalog.products).toMatchObject([{ status: 'ARCHIVED' }]);
    expect((await publish(connection, black)).get('CHAIR-BLACK')).toMatchObject({ value: { kind: 'live' } });
    expect([catalog.products[0]?.status, skus()]).toEqual(['ACTIVE', ['CHAIR-BLACK']]);
    expect((await publish(connection, white)).get('CHAIR-WHITE')).toMatchObject({ value: { kind: 'live' } });
    expect([catalog.products.length, skus()]).toEqual([1, ['CHAIR-BLACK', 'CHAIR-WHITE']]);
  });

  it('that somebody archived at the shop all come back: nothing is removed that was not told to go', async () => {
    const { connection, catalog } = await open();
    await publish(connection, black, white);
    await publish(connection, { ...black, visibility: 'gone' }, { ...white, visibility: 'gone' });
    await publish(connection, black, white);
    for (const product of catalog.products) product.status = 'ARCHIVED';
    await publish(connection, black);
    expect(catalog.products).toMatchObject([{ status: 'ACTIVE', variants: [{}, {}] }]);
  });

  it('that cannot come back leave the product archived', async () => {
    const { connection, catalog } = await open();
    await publish(connection, black, white);
    await publish(connection, { ...black, visibility: 'gone' }, { ...white, visibility: 'gone' });
    const other = chair('CHAIR-RED', { finish: 'red' });
    const listingId = catalog.products[0]?.id.split('/').at(-1) ?? '';
    expect((await publish(connection, { ...other, ids: { listingId } })).get('CHAIR-RED')).toMatchObject({
      value: { kind: 'rejected', reasons: [expect.stringContaining('OPTION_DOES_NOT_EXIST') as string] },
    });
    expect(catalog.products).toMatchObject([{ status: 'ARCHIVED', variants: [{}, {}] }]);
  });

  it('that are hidden alone cannot be bought beyond their stock; the product stays for the others', async () => {
    const { connection, catalog } = await open();
    await publish(connection, black, white);
    for (const variant of catalog.products[0]?.variants ?? []) variant.inventoryPolicy = 'CONTINUE';
    await publish(connection, { ...black, visibility: 'hidden' });
    expect(catalog.products).toMatchObject([
      { status: 'ACTIVE', variants: [{ inventoryPolicy: 'DENY' }, { inventoryPolicy: 'CONTINUE' }] },
    ]);
  });

  it('that have the options of another are rejected, and the others are made', async () => {
    const { connection, catalog } = await open();
    const twin = chair('CHAIR-Z', { color: 'black', size: 'M' });
    const first = await publish(connection, black, twin);
    expect([first.get('CHAIR-BLACK'), first.get('CHAIR-Z')]).toMatchObject([
      { value: { kind: 'live' } },
      { value: { kind: 'rejected', reasons: [expect.stringContaining('VARIANT_ALREADY_EXISTS')] } },
    ]);
    const second = await publish(connection, twin, white);
    expect([second.get('CHAIR-WHITE'), second.get('CHAIR-Z')]).toMatchObject([
      { value: { kind: 'live' } },
      { value: { kind: 'rejected' } },
    ]);
    expect(catalog.products[0]?.variants).toHaveLength(2);
  });
});
