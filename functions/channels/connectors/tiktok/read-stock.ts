import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Listing } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Shown } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { callShop } from './api.ts';
import { needs } from './needs.ts';

/** SKUs of one call. Source: https://partner.tiktokshop.com/docv2/page/inventory-search-202309 */
export const readBatch = 600;

const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((all) => all ?? []);
const found = z.looseObject({
  inventory: list(
    z.looseObject({
      skus: list(
        z.looseObject({
          id: z.string(),
          total_available_quantity: z.int().nullish(),
          warehouse_inventory: list(z.looseObject({ warehouse_id: z.string(), available_quantity: z.int().nullish() })),
        }),
      ),
    }),
  ),
});

/** What the shop sells now of some SKUs: in the channel's warehouse, or in each. */
export async function quantities(
  connection: Connection,
  listings: readonly Listing[],
): Promise<Result<ReadonlyMap<string, Shown>>> {
  const skuOf = new Map(listings.map(({ variantId, sku }) => [variantId ?? '', sku]));
  const body = { sku_ids: [...skuOf.keys()].filter((id) => id !== '') };
  if (body.sku_ids.length === 0) return ok(new Map());
  const path = '/product/202309/inventory/search';
  const answer = await callShop(connection, { operation: 'stock-read', method: 'POST', path, body }, found);
  if (!answer.ok) return answer;
  const { channel } = connection;
  const warehouseId = channel.stockByLocation === true ? '' : settingOf(channel, needs, 'warehouseId');
  const shown = new Map<string, Shown>();
  for (const one of answer.value.inventory.flatMap(({ skus }) => skus)) {
    const sku = skuOf.get(one.id);
    const locations = Object.fromEntries(
      one.warehouse_inventory.map((at) => [at.warehouse_id, at.available_quantity ?? 0]),
    );
    const quantity = warehouseId === '' ? (one.total_available_quantity ?? 0) : (locations[warehouseId] ?? 0);
    if (sku !== undefined) shown.set(sku, { quantity, locations });
  }
  return ok(shown);
}
