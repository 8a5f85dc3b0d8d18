import { type Channel, type Listing } from '../../../../shared/model/network/network.ts';
import { type Connector } from '../connector.ts';

type Put = Pick<Listing, 'sku' | 'variantId' | 'listingId' | 'barcode' | 'inventoryItemId'>;

/** What a channel lacks to be told of any stock, and where to give it, in a sentence; `undefined`: nothing, or channels of its type are told of none. */
export function settingLack(channel: Channel, { availability }: Connector): string | undefined {
  const lack = availability?.lacksSetting?.(channel);
  const { channelId } = channel;
  return lack && `${channelId} is told of no stock: ${lack} (PUT /v1/channels/${channelId}).`;
}

/** Why a channel will not be told of the stock of a SKU that is listed so, each with what to do, in sentences; empty: it will. */
export function listingLacks(channel: Channel, connector: Connector, listing: Put): string[] {
  const { availability } = connector;
  const { channelId, type } = channel;
  if (type === 'api')
    return [`${channelId} is told of no stock: it asks for it (GET /v1/channels/${channelId}/availability/{sku}).`];
  if (availability === undefined) return [`${channelId} is told of no stock: no channel of type ${type} is.`];
  const lack = availability.lacks?.(channel, listing);
  const own = lack && `${channelId} will not be told of the stock of ${listing.sku}: ${lack}.`;
  return [settingLack(channel, connector), own].filter((one) => one !== undefined);
}
