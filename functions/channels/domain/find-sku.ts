import { type LineIds } from '../../../shared/model/inbox/inbox.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../ports.ts';

/** What looking a line's SKU up needs. */
export type FindPorts = Pick<ChannelsPorts, 'skusOf' | 'isKnownSku' | 'productsWith'>;

/** The SKU of a line; or none, and those among which its ids do not tell. */
export type FoundSku =
  | { readonly sku: string }
  | { readonly sku?: never; readonly among: readonly string[]; readonly by: 'ids' | 'barcode' };

/**
 * The SKU of a line: the one that is listed under the channel's ids of it (the retailer's own mapping, so it counts first), else its own
 * where that is one of ours; else, of a line that has nothing but a SKU, the one that is listed under that text as its id, as a channel may
 * call things otherwise; else the one product of its barcode.
 */
export async function findSku(
  ports: FindPorts,
  { channelId, pool }: Pick<Channel, 'channelId' | 'pool'>,
  ids: LineIds,
): Promise<FoundSku> {
  const own = ids.sku?.trim() ?? '';
  const [listed, isOurs] = await Promise.all([
    ports.skusOf(channelId, ids),
    own === '' ? false : ports.isKnownSku({ channelId, sku: own, pool }),
  ]);
  if (listed.length > 0) return oneOf(listed, 'ids');
  if (isOurs) return { sku: own };
  const named = own === '' || ids.variantId !== undefined ? [] : await ports.skusOf(channelId, { variantId: own });
  if (named.length > 0) return oneOf(named, 'ids');
  return oneOf(ids.barcode === undefined ? [] : await ports.productsWith(ids.barcode), 'barcode');
}

function oneOf(skus: readonly string[], by: 'ids' | 'barcode'): FoundSku {
  const [sku, ...others] = skus;
  return sku !== undefined && others.length === 0 ? { sku } : { among: skus, by };
}
