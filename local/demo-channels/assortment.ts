import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { findListings, putListings } from '../../shared/contracts/network/listing-apis.ts';
import { putPriceList, putPrices } from '../../shared/contracts/network/price-apis.ts';
import { putProduct, readProduct } from '../../shared/contracts/network/product-apis.ts';
import { putPublications, readPublication } from '../../shared/contracts/network/publication-apis.ts';
import { type Crossdock, type Stocked, products } from './market.ts';
import { type Stall } from './stall.ts';

const priceListId = 'demo-prices';

const own = (stall: Stall): Stocked[] =>
  products.map((product, number) => ({ ...product, quantity: 0, ...stall.market.shelf?.ids(number) }));

/** Fills the catalog of a market whose channel is new: with nothing in stock. */
export async function fill(stall: Stall): Promise<void> {
  if (stall.market.shelf !== undefined) for (const one of own(stall)) await stall.sell(one);
}

/**
 * Fills the catalog of a market as its channel has heard of it at earlier starts: what it was told is what it shows.
 * @returns false for a channel that is new
 */
export async function fillAgain(crossdock: Crossdock, stall: Stall): Promise<boolean> {
  const params = { channelId: stall.channelId };
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
    const page = await crossdock.api(findListings, { params, query });
    if (!page.ok && page.problem.code === 'not-found') return false;
    const { listings, cursor: next } = mustSucceed(page);
    for (const { sku, published = 0, variantId, listingId, inventoryItemId } of listings) {
      const said = await saidOf(crossdock, stall.channelId, sku);
      await stall.sell({ sku, ...said, quantity: published, variantId, listingId, inventoryItemId });
    }
    cursor = next;
  } while (cursor !== undefined);
  return true;
}

/** What a channel was told that a SKU is called and costs. */
async function saidOf({ api }: Crossdock, channelId: string, sku: string) {
  const [publication, product] = await Promise.all([
    api(readPublication, { params: { channelId, sku } }),
    api(readProduct, { params: { sku } }),
  ]);
  const published = publication.ok ? publication.body : undefined;
  const title = published?.overrides?.title ?? (product.ok ? product.body.title : undefined) ?? sku;
  return { title, priceMinor: published?.price?.amount ?? 0 };
}

/** Lists all that a new channel sells. */
export async function listAll({ api }: Crossdock, stall: Stall): Promise<void> {
  if (stall.market.shelf === undefined) return;
  const listings = own(stall).map(({ title: _title, priceMinor: _price, quantity: _none, ...row }) => row);
  const params = { channelId: stall.channelId };
  const { refused, results } = mustSucceed(await api(putListings, { params, body: { listings } }));
  if (refused > 0) throw new Error(`${stall.channelId} takes no listings: ${JSON.stringify(results)}`);
}

/** Has all that new channels sell published there, so that texts and prices follow. */
export async function publish(crossdock: Crossdock, all: readonly Stall[], added: readonly Stall[]): Promise<void> {
  const shops = all.filter(({ market }) => market.shelf !== undefined);
  const news = shops.filter((shop) => added.includes(shop));
  if (news.length === 0) return;
  await describe(crossdock, shops);
  await Promise.all(news.map((shop) => publishAll(crossdock, shop)));
}

/** What is known of the demo's products, and what they cost. */
async function describe({ api }: Crossdock, shops: readonly Stall[]): Promise<void> {
  for (const { sku, title } of products)
    mustSucceed(await api(putProduct, { params: { sku }, body: { title, brand: 'Demo', weightGrams: 400 } }));
  const params = { priceListId };
  const channels = shops.map(({ channelId }) => channelId);
  const list = { name: 'Prices of the demo', currency: 'USD', channels };
  mustSucceed(await api(putPriceList, { params, body: list }));
  const rows = products.map(({ sku, priceMinor }) => ({ sku, price: { amount: priceMinor, currency: 'USD' } }));
  mustSucceed(await api(putPrices, { params, body: { rows } }));
}

async function publishAll({ api }: Crossdock, stall: Stall): Promise<void> {
  const publications = products.map(({ sku }) => ({ sku, intent: 'published' }));
  const params = { channelId: stall.channelId };
  const { refused, results } = mustSucceed(await api(putPublications, { params, body: { publications } }));
  if (refused > 0) throw new Error(`${stall.channelId} takes no publications: ${JSON.stringify(results)}`);
}
