import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Listing } from '../../../shared/model/network/network.ts';
import { type ChannelsPorts } from '../ports.ts';

/** A channel's own ids of a SKU. */
export interface ListingIds {
  readonly variantId?: string | undefined;
  readonly inventoryItemId?: string | undefined;
}

/** Which SKU on which channel. */
export interface ListingKey {
  readonly channelId: string;
  readonly sku: string;
}

type ListingView = ListingKey & Pick<Listing, 'variantId' | 'inventoryItemId'>;

const idsOf = ({ variantId, inventoryItemId }: ListingIds) => ({
  ...(variantId !== undefined && { variantId }),
  ...(inventoryItemId !== undefined && { inventoryItemId }),
});

/** Lists a SKU on a channel: its ids become exactly these; what the channel was told stays known. Refusal: `unknown-channel`. */
export const putListing =
  (ports: ChannelsPorts) =>
  ({ channelId, sku }: ListingKey, ids: ListingIds): Promise<Result<ListingView>> =>
    decideAndCommit<ListingView>(ports.commit, async () => {
      const [channel, current] = await Promise.all([ports.channel(channelId), ports.listing(channelId, sku)]);
      if (channel === undefined) {
        return refuse(
          'unknown-channel',
          `There is no channel ${channelId}. Create it with PUT /v1/channels/${channelId}.`,
          {
            errors: [{ pointer: '#path/channelId', detail: 'is no channel' }],
          },
        );
      }
      const reply = { channelId, sku, ...idsOf(ids) };
      if (current === undefined) return ok({ changes: [create('listing', { ...reply, version: 1 })], reply });
      if (current.variantId === ids.variantId && current.inventoryItemId === ids.inventoryItemId)
        return ok({ changes: [], reply });
      return ok({ changes: [replace('listing', relisted(current, ids), current.version)], reply });
    });

/** What a channel acknowledged was acknowledged for the item it had: for another item, nothing is known yet. */
function relisted(current: Listing, ids: ListingIds): Listing {
  const { variantId: _variant, inventoryItemId, published, publishedVersion, publishedAt, ...rest } = current;
  const known = {
    ...(published !== undefined && { published }),
    ...(publishedVersion !== undefined && { publishedVersion }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
  return {
    ...rest,
    ...idsOf(ids),
    ...(inventoryItemId === ids.inventoryItemId && known),
    version: current.version + 1,
  };
}

/** Reads a listing: its ids and what the channel acknowledged last. Refusal: `not-found`. */
export const readListing =
  (ports: ChannelsPorts) =>
  async ({ channelId, sku }: ListingKey): Promise<Result<Listing>> => {
    const listing = await ports.listing(channelId, sku);
    return listing
      ? ok(listing)
      : refuse(
          'not-found',
          `${sku} is not listed on ${channelId}. List it with PUT /v1/channels/${channelId}/listings/{sku}.`,
        );
  };
