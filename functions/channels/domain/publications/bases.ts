import { effectivePrice, listsOf } from '../../../../shared/model/network/price-list.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { type Publication } from '../../../../shared/model/network/publication.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type Basis } from './wanted.ts';

/** What reading publications with all that they rest on needs. */
export type BasisPorts = Pick<ChannelsPorts, 'listings' | 'publications'>;

/** Reads what publications of a channel rest on: four reads of many items, however many publications there are. */
export async function basesOf(
  { listings, publications: store }: BasisPorts,
  channel: Channel,
  publications: readonly Publication[],
  now: string,
): Promise<Basis[]> {
  if (publications.length === 0) return [];
  const skus = publications.map(({ sku }) => sku);
  const [products, listed, allLists] = await Promise.all([
    store.products(skus),
    listings(skus.map((sku) => ({ channelId: channel.channelId, sku }))),
    store.priceLists(),
  ]);
  const lists = listsOf(channel, allLists);
  const prices = await store.prices(skus.flatMap((sku) => lists.map(({ priceListId }) => ({ priceListId, sku }))));
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const listingBySku = new Map(listed.map((listing) => [listing.sku, listing]));
  return publications.map((publication) => {
    const { sku } = publication;
    const [product, listing] = [bySku.get(sku), listingBySku.get(sku)];
    const own = prices.filter((one) => one.sku === sku);
    const ranked = lists.flatMap(({ priceListId }) => own.find((one) => one.priceListId === priceListId) ?? []);
    const price = effectivePrice(ranked, now);
    return { channel, publication, price, ...(product && { product }), ...(listing && { listing }) };
  });
}
