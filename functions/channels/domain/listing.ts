import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, create, replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Channel, type Listing } from '../../../shared/model/network/network.ts';
import { tellAnew } from '../../../shared/model/stock/telling.ts';
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

/** Who lists, and when. */
export interface ListingAct {
  readonly now: string;
  readonly actor: string;
}

/**
 * Lists a SKU on a channel: its ids become exactly these; what the channel was told stays known. Where the pool has stock of it, the same
 * transaction has its channels told what they may sell. Refusal: `unknown-channel`.
 */
export const putListing =
  (ports: ChannelsPorts) =>
  ({ channelId, sku }: ListingKey, ids: ListingIds, act: ListingAct): Promise<Result<ListingView>> =>
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
      if (current?.variantId === ids.variantId && current?.inventoryItemId === ids.inventoryItemId && current)
        return ok({ changes: [], reply });
      const put =
        current === undefined
          ? create('listing', { ...reply, version: 1 })
          : replace('listing', relisted(current, ids), current.version);
      return ok({ changes: [put, ...(await telling(ports, channel, sku, act))], reply });
    });

async function telling(
  ports: ChannelsPorts,
  channel: Channel,
  sku: string,
  { now, actor }: ListingAct,
): Promise<Change[]> {
  const { pool, channelId } = channel;
  if (!(await ports.isInPool(sku, pool))) return [];
  return [tellAnew({ sku, pool }, { reference: channelId, actor, at: now })];
}

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
