import { type LineIds } from '../../../../shared/model/inbox/inbox.ts';
import { lookupKinds } from '../../../../shared/model/network/listing-alias.ts';
import { type ChannelsPorts } from '../../ports.ts';

type LookupPorts = Pick<ChannelsPorts, 'listedUnder' | 'listing'>;

/**
 * The SKUs listed under a channel's ids of something it sells: under its variant id, else its listing id, else its barcode. Mostly one read.
 * A listing id is around several variants: a SKU that is listed there for another variant is not the one. One that was taken out is found as long as
 * no other has its ids: what was sold of it before still comes in.
 */
export async function skusListedUnder(ports: LookupPorts, channelId: string, ids: LineIds): Promise<readonly string[]> {
  for (const kind of lookupKinds) {
    const value = ids[kind];
    if (value === undefined) continue;
    const found = await ports.listedUnder({ channelId, kind, value });
    const skus = kind === 'listingId' ? await ofThisVariant(ports, channelId, ids, found) : found;
    if (skus.length > 0) return skus.length === 1 ? skus : thoseStillThere(ports, channelId, skus);
  }
  return [];
}

async function thoseStillThere(
  ports: LookupPorts,
  channelId: string,
  skus: readonly string[],
): Promise<readonly string[]> {
  const listings = await Promise.all(skus.map((sku) => ports.listing(channelId, sku)));
  const there = skus.filter((_, index) => listings[index]?.out === undefined);
  return there.length > 0 ? there : skus;
}

async function ofThisVariant(
  ports: LookupPorts,
  channelId: string,
  { variantId }: LineIds,
  skus: readonly string[],
): Promise<readonly string[]> {
  if (variantId === undefined) return skus;
  const listings = await Promise.all(skus.map((sku) => ports.listing(channelId, sku)));
  return skus.filter((_, index) => [undefined, variantId].includes(listings[index]?.variantId));
}
