import * as z from 'zod';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type Channel } from '../../../../shared/model/network/network.ts';
import { settingOf } from '../../domain/connector-needs.ts';
import { type Offer } from '../../domain/availability-connector.ts';
import { type Connection } from '../../domain/connection.ts';
import { get, searchQuery } from './api.ts';
import { judged } from './judge.ts';
import { needs } from './needs.ts';

/** The SKU that the store has for one of ours: its own, where it differs, is the listing's inventory item id. */
export const storeSku = ({ sku, ids }: { readonly sku: string; readonly ids: Offer['ids'] }): string =>
  ids.inventoryItemId ?? sku;

/** The sources that the channel's stock is told to. */
export const sourcesOf = (channel: Channel): string[] =>
  channel.stockByLocation === true ? Object.keys(channel.locations ?? {}) : [settingOf(channel, needs, 'sourceCode')];

const sourceItem = z.looseObject({ sku: z.string(), source_code: z.string(), quantity: z.number().nullish() });
const sourceItems = z.looseObject({ items: z.array(sourceItem).nullish() });
const salable = z.looseObject({
  items: z.array(z.looseObject({ sku: z.string(), qty: z.number().nullish() })).nullish(),
});

/** What a store has of a SKU: by source, and what of it all buyers may still buy. */
export interface StoreStock {
  readonly sources: ReadonlyMap<string, number>;
  /** After the reservations of orders that are not shipped yet; absent where the store does not count the SKU. */
  readonly salable?: number;
}

/**
 * What a store has of SKUs, by its own SKU; one that it does not know is left out.
 * Sources: GET /V1/inventory/source-items; GET /V1/inventory/export-stock-salable-qty/website/{code}
 */
export async function readStock(
  connection: Connection,
  skus: readonly string[],
): Promise<Result<ReadonlyMap<string, StoreStock>>> {
  const { channel } = connection;
  const filter = { field: 'sku', value: skus.join(','), condition: 'in' as const };
  const website = encodeURIComponent(settingOf(channel, needs, 'websiteCode'));
  const path = `V1/inventory/export-stock-salable-qty/website/${website}`;
  const counts = await get(connection, path, searchQuery([filter], { pageSize: skus.length }));
  const known = counts.ok ? judged(counts.value, 'read salable quantities', salable) : counts;
  if (!known.ok) return known;
  const sources = sourcesOf(channel);
  const at = { field: 'source_code', value: sources.join(','), condition: 'in' as const };
  const query = searchQuery([filter, at], { pageSize: skus.length * sources.length });
  const answer = await get(connection, 'V1/inventory/source-items', query);
  const items = answer.ok ? judged(answer.value, 'read source items', sourceItems) : answer;
  if (!items.ok) return items;
  const bySku = Map.groupBy(items.value.items ?? [], ({ sku }) => sku);
  return ok(
    new Map(
      (known.value.items ?? []).map(({ sku, qty }) => [
        sku,
        {
          sources: new Map((bySku.get(sku) ?? []).map((one) => [one.source_code, one.quantity ?? 0])),
          ...(qty != null && { salable: qty }),
        },
      ]),
    ),
  );
}
