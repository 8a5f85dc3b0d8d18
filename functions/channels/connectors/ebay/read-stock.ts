import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Shown } from '../../domain/availability-connector.ts';
import { type ChannelAnswer, type Connection } from '../../domain/connection.ts';
import { readJson } from '../kit/read-json.ts';
import { callEbay } from './api.ts';
import { needs } from './needs.ts';

type Read = Promise<Result<ReadonlyMap<string, Shown>>>;

const shipTo = z.looseObject({
  quantity: z.int().nullish(),
  availabilityDistributions: z
    .array(z.looseObject({ merchantLocationKey: z.string(), quantity: z.int().nullish() }))
    .nullish(),
});
/** Source: https://developer.ebay.com/api-docs/sell/inventory/types/slr:BulkGetInventoryItemResponse */
const items = z.looseObject({
  responses: z.array(
    z.looseObject({
      sku: z.string(),
      statusCode: z.int(),
      inventoryItem: z
        .looseObject({ availability: z.looseObject({ shipToLocationAvailability: shipTo.nullish() }).nullish() })
        .nullish(),
    }),
  ),
});
const offer = z.looseObject({ availableQuantity: z.int().nullish() });

/** What eBay has of these SKUs now: of its items in one call, of offers in one call each. */
export const quantities = (connection: Connection, listings: readonly Listing[]): Read =>
  settingOf(connection.channel, needs, 'stockOf') === 'offer'
    ? ofOffers(connection, listings)
    : ofItems(connection, listings);

async function ofItems(connection: Connection, listings: readonly Listing[]): Read {
  const answer = await callEbay(connection, {
    operation: 'stock-read',
    path: '/sell/inventory/v1/bulk_get_inventory_item',
    as: 'user',
    body: { requests: listings.map(({ sku }) => ({ sku })) },
  });
  if (!answer.ok) return answer;
  const read = items.safeParse(jsonOf(answer.value));
  if (!read.success) return unexpected(answer.value.status);
  const shown = new Map<string, Shown>();
  for (const { sku, statusCode, inventoryItem } of read.data.responses) {
    const has = inventoryItem?.availability?.shipToLocationAvailability;
    if (statusCode !== 200 || inventoryItem == null) continue;
    const parts = has?.availabilityDistributions?.map((one) => [one.merchantLocationKey, one.quantity ?? 0] as const);
    shown.set(sku, { quantity: has?.quantity ?? 0, ...(parts && { locations: Object.fromEntries(parts) }) });
  }
  return ok(shown);
}

async function ofOffers(connection: Connection, listings: readonly Listing[]): Read {
  const shown = new Map<string, Shown>();
  for (const { sku, inventoryItemId } of listings) {
    if (inventoryItemId === undefined) continue;
    const path = `/sell/inventory/v1/offer/${encodeURIComponent(inventoryItemId)}`;
    const answer = await callEbay(connection, { operation: 'stock-read', path, as: 'user' });
    if (!answer.ok) return answer;
    if (answer.value.status === 404) continue;
    const read = offer.safeParse(jsonOf(answer.value));
    if (answer.value.status !== 200 || !read.success) return unexpected(answer.value.status);
    shown.set(sku, { quantity: read.data.availableQuantity ?? 0 });
  }
  return ok(shown);
}

const jsonOf = ({ body }: ChannelAnswer): unknown => {
  const json = readJson(body);
  return json.ok ? json.value : undefined;
};

const unexpected = (status: number): Result<never> =>
  refuse(
    'provider-unavailable',
    `eBay answered ${status} for what it shows, and not as documented. It is asked again.`,
  );
