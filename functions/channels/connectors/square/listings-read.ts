import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { callSquare, wordsOf } from './api.ts';

const presence = {
  present_at_all_locations: z.boolean().optional(),
  present_at_location_ids: z.array(z.string()).optional(),
};
const variation = z.looseObject({
  type: z.literal('ITEM_VARIATION'),
  id: z.string(),
  ...presence,
  item_variation_data: z.looseObject({ item_id: z.string(), sku: z.string().optional() }),
});
const item = z.looseObject({
  type: z.literal('ITEM'),
  id: z.string(),
  ...presence,
  item_data: z.looseObject({ name: z.string().optional(), variations: z.array(variation).optional() }),
});

/** An item with its variations, whole: Square takes no parts of one. Source: CatalogObject, CatalogItem */
export type Item = z.output<typeof item>;
/** A variation of it. Source: CatalogItemVariation */
export type Variation = z.output<typeof variation>;

/** What the seller has of some drafts: items by their ids, and which of them a SKU is in. */
export interface Catalog {
  readonly items: ReadonlyMap<string, Item>;
  readonly variations: ReadonlyMap<string, Variation>;
}

/** Finds drafts by their variations' ids, else by SKU, and the items around them. */
export async function findCatalog(connection: Connection, drafts: readonly ListingDraft[]): Promise<Result<Catalog>> {
  const named = drafts.flatMap(({ ids: { variantId } }) => (variantId === undefined ? [] : [variantId]));
  const byId = named.length === 0 ? ok([]) : await retrieve(connection, named, variation);
  if (!byId.ok) return byId;
  const query = { set_query: { attribute_name: 'sku', attribute_values: drafts.map(({ sku }) => sku) } };
  const bySku = await search(connection, 'ITEM_VARIATION', query, variation);
  if (!bySku.ok) return bySku;
  const variations = new Map(
    drafts.flatMap(({ sku, ids: { variantId } }) => {
      const same = bySku.value.filter((one) => one.item_variation_data.sku === sku);
      const one = byId.value.find(({ id }) => id === variantId) ?? (same.length === 1 ? same[0] : undefined);
      return one === undefined ? [] : [[sku, one] as const];
    }),
  );
  const wanted = [...variations.values()].map((one) => one.item_variation_data.item_id);
  const listed = drafts.flatMap(({ ids: { listingId } }) => (listingId === undefined ? [] : [listingId]));
  const ids = [...new Set([...wanted, ...listed])];
  const items = ids.length === 0 ? ok([]) : await retrieve(connection, ids, item);
  return items.ok ? ok({ variations, items: new Map(items.value.map((one) => [one.id, one])) }) : items;
}

/** Items of a name. */
export const findByName = (connection: Connection, name: string): Promise<Result<Item[]>> =>
  search(connection, 'ITEM', { exact_query: { attribute_name: 'name', attribute_value: name } }, item);

/** Source: https://developer.squareup.com/reference/square/catalog-api/batch-retrieve-catalog-objects; what is gone is left out. */
const retrieve = <T>(connection: Connection, ids: readonly string[], of: z.ZodType<T>): Promise<Result<T[]>> =>
  objects(connection, '/v2/catalog/batch-retrieve', { object_ids: ids }, of);

/** Source: https://developer.squareup.com/reference/square/catalog-api/search-catalog-objects */
const search = <T>(connection: Connection, type: string, query: object, of: z.ZodType<T>): Promise<Result<T[]>> =>
  objects(connection, '/v2/catalog/search', { object_types: [type], query }, of);

const answered = z.looseObject({ objects: z.array(z.unknown()).optional() });

async function objects<T>(connection: Connection, path: string, body: object, of: z.ZodType<T>): Promise<Result<T[]>> {
  const answer = await callSquare(connection, { operation: 'listings', path, body, answersErrors: true });
  if (!answer.ok) return answer;
  const { json, errors, isMissing } = answer.value;
  if (isMissing) return ok([]);
  if (errors !== undefined) return refuse('provider-unavailable', `Square did not find items: ${wordsOf(errors)}`);
  const read = answered.safeParse(json);
  if (!read.success) return refuse('provider-unavailable', 'Square answered something else than objects.');
  return ok((read.data.objects ?? []).flatMap((one) => of.safeParse(one).data ?? []));
}
