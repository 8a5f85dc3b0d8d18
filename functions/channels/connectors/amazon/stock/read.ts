import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../../shared/kernel/result.ts';
import { type AvailabilityConnector, type Shown } from '../../../domain/availability-connector.ts';
import { type Connection } from '../../../domain/connection.ts';
import { type Listing } from '../../../../../shared/model/network/network.ts';
import { sellerSku } from '../../kit/seller-sku.ts';
import { list } from '../fields.ts';
import { callApi, readAnswer, wordsOf } from '../sp-api.ts';
import { readByLocation } from './by-location.ts';
import { listingPath, placeOf } from './patch.ts';

const item = z.object({
  fulfillmentAvailability: list(z.object({ fulfillmentChannelCode: z.string(), quantity: z.int().nullish() })),
});

/** What Amazon shows of what the seller ships, a call for each SKU; by location, ten a call. A SKU that only Amazon ships has none. */
export const quantities: NonNullable<AvailabilityConnector['read']>['quantities'] = async (connection, listings) => {
  if (connection.channel.stockByLocation === true) return readByLocation(connection, listings);
  const shown = new Map<string, Shown>();
  for (const listing of listings) {
    const found = await shownOf(connection, listing);
    if (!found.ok) return found;
    if (found.value !== undefined) shown.set(listing.sku, found.value);
  }
  return ok(shown);
};

async function shownOf(connection: Connection, listing: Listing): Promise<Result<Shown | undefined>> {
  const operation = 'getListingsItem';
  const { sellerId, marketplaceId } = placeOf(connection);
  const sku = sellerSku({ sku: listing.sku, ids: listing });
  const query = { marketplaceIds: marketplaceId, includedData: 'fulfillmentAvailability' };
  const answer = await callApi(connection, { operation, path: listingPath(sellerId, sku), query });
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(undefined);
  if (answer.value.status === 400)
    return refuse('provider-unavailable', `Amazon was asked for ${sku} and refused: ${wordsOf(answer.value)}`);
  const read = readAnswer(answer.value, item, operation);
  if (!read.ok) return read;
  const own = read.value.fulfillmentAvailability.find((one) => one.fulfillmentChannelCode === 'DEFAULT');
  return ok(own === undefined ? undefined : { quantity: own.quantity ?? 0 });
}
