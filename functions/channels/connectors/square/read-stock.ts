import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Shown } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { callSquare } from './api.ts';
import { needs } from './needs.ts';

const counted = z.object({
  counts: z
    .array(z.object({ catalog_object_id: z.string(), location_id: z.string(), quantity: z.string() }))
    .default([]),
  cursor: z.string().nullish(),
});
type Count = z.output<typeof counted>['counts'][number];

/**
 * What Square has in stock of some variations: at the channel's location, or at each of those that are mapped. One that was never counted is left out.
 * Source: https://developer.squareup.com/reference/square/inventory-api/batch-retrieve-inventory-counts
 */
export async function quantities(
  connection: Connection,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  const { channel } = connection;
  const stockLocation = channel.stockByLocation === true ? '' : settingOf(channel, needs, 'stockLocationId');
  const location_ids = stockLocation === '' ? Object.keys(channel.locations ?? {}) : [stockLocation];
  const skuOf = new Map(listings.map(({ variantId = '', sku }) => [variantId, sku]));
  if (skuOf.size === 0 || location_ids.length === 0) return ok(new Map());
  const counts = await allCounts(connection, { catalog_object_ids: [...skuOf.keys()], location_ids });
  if (!counts.ok) return counts;
  const shown = new Map<string, { quantity: number; locations: Record<string, number> }>();
  for (const { catalog_object_id, location_id, quantity } of counts.value) {
    const sku = skuOf.get(catalog_object_id);
    if (sku === undefined) continue;
    const one = shown.get(sku) ?? { quantity: 0, locations: {} };
    const units = Math.floor(Number(quantity));
    shown.set(sku, { quantity: one.quantity + units, locations: { ...one.locations, [location_id]: units } });
  }
  return ok(shown);
}

async function allCounts(connection: Connection, of: object): Promise<Result<readonly Count[]>> {
  const counts: Count[] = [];
  let cursor: string | null | undefined;
  do {
    const answer = await callSquare(connection, {
      operation: 'stock-read',
      path: '/v2/inventory/counts/batch-retrieve',
      body: { ...of, states: ['IN_STOCK'], ...(cursor != null && { cursor }) },
    });
    if (!answer.ok) return answer;
    const page = counted.safeParse(answer.value.json);
    if (!page.success)
      return refuse('provider-unavailable', 'Square answered counts not as documented. It is asked again.');
    counts.push(...page.data.counts);
    cursor = page.data.cursor;
  } while (cursor != null && cursor !== '');
  return ok(counts);
}
