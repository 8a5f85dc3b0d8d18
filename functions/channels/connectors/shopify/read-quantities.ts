import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { type Shown } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { ask } from './graphql.ts';
import { gid, isId, placeOf } from './ids.ts';

const query = `query CrossdockShown($ids: [ID!]!, $locationId: ID!) {
  nodes(ids: $ids) {
    ... on InventoryItem { id inventoryLevel(locationId: $locationId) { quantities(names: ["available"]) { name quantity } } }
  }
}`;
const item = z.object({
  id: z.string(),
  inventoryLevel: z.object({ quantities: z.array(z.object({ quantity: z.int().nullish() })) }).nullish(),
});
const answered = z.object({ nodes: z.array(z.union([item, z.null(), z.looseObject({})])) });

/** The `available` quantities of listed items, one call for each location. Source: InventoryItem.inventoryLevel, 2026-04 */
export async function readQuantities(
  connection: Connection,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  const { channel } = connection;
  const byLocation = channel.stockByLocation === true;
  const places = byLocation ? Object.keys(channel.locations ?? {}) : [placeOf(channel) ?? ''];
  const known = listings.filter(({ inventoryItemId: id }) => id !== undefined && isId('InventoryItem', id));
  const seen = new Map<string, Record<string, number>>();
  for (const place of known.length === 0 ? [] : places) {
    const quantities = await at(connection, place, known);
    if (!quantities.ok) return quantities;
    for (const [id, quantity] of quantities.value) seen.set(id, { ...seen.get(id), [place]: quantity });
  }
  return ok(
    new Map(
      known.flatMap(({ sku, inventoryItemId = '' }) => {
        const locations = seen.get(gid('InventoryItem', inventoryItemId));
        if (locations === undefined) return [];
        const quantity = Object.values(locations).reduce((sum, one) => sum + one, 0);
        return [[sku, byLocation ? { quantity, locations } : { quantity }] as const];
      }),
    ),
  );
}

/** By item; an item that is not stocked there shows nothing. */
async function at(
  connection: Connection,
  place: string,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, number>>> {
  const ids = listings.map(({ inventoryItemId = '' }) => gid('InventoryItem', inventoryItemId));
  const variables = { ids, locationId: gid('Location', place) };
  const data = await ask(connection, { query, variables, operation: 'inventory' });
  if (!data.ok) return data;
  const parsed = answered.safeParse(data.value);
  if (!parsed.success)
    return refuse('provider-unavailable', 'Shopify answered something else than the inventory items asked for');
  const items = parsed.data.nodes.flatMap((node) => item.safeParse(node).data ?? []);
  return ok(new Map(items.map(({ id, inventoryLevel }) => [id, inventoryLevel?.quantities[0]?.quantity ?? 0])));
}
