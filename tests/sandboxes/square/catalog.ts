import * as z from 'zod';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type SandboxResponse } from '../http-server.ts';
import { type Fields, invalid } from './answers.ts';

const presence = {
  version: z.int().optional(),
  updated_at: z.string().optional(),
  is_deleted: z.boolean().optional(),
  present_at_all_locations: z.boolean().optional(),
  present_at_location_ids: z.array(z.string()).optional(),
};
const variation = z.strictObject({
  type: z.literal('ITEM_VARIATION'),
  id: z.string().min(1),
  ...presence,
  item_variation_data: z.strictObject({
    item_id: z.string(),
    sku: z.string().optional(),
    upc: z.string().optional(),
    name: z.string().max(255),
    ordinal: z.int().optional(),
    pricing_type: z.enum(['FIXED_PRICING', 'VARIABLE_PRICING']).optional(),
    price_money: z.strictObject({ amount: z.int().min(0), currency: z.string().length(3) }).optional(),
    sellable: z.boolean().optional(),
    stockable: z.boolean().optional(),
    track_inventory: z.boolean().optional(),
  }),
});
const item = z.strictObject({
  type: z.literal('ITEM'),
  id: z.string().min(1),
  ...presence,
  item_data: z.strictObject({
    name: z.string().max(512),
    description: z.string().optional(),
    description_html: z.string().max(65_535).optional(),
    description_plaintext: z.string().optional(),
    is_archived: z.boolean().optional(),
    is_taxable: z.boolean().optional(),
    label_color: z.string().optional(),
    product_type: z.string().optional(),
    variations: z.array(variation).max(250).optional(),
  }),
});
/** Body of `POST /v2/catalog/batch-upsert`, by `BatchUpsertCatalogObjectsRequest` as far as items go. */
export const upsertBody = z.strictObject({
  idempotency_key: z.string().min(1).max(128),
  batches: z.array(z.strictObject({ objects: z.array(item).min(1).max(1000) })).min(1),
});
/** Body of `POST /v2/catalog/search`. */
export const searchBody = z.strictObject({
  object_types: z.array(z.enum(['ITEM', 'ITEM_VARIATION'])).length(1),
  query: z.union([
    z.strictObject({
      set_query: z.strictObject({
        attribute_name: z.literal('sku'),
        attribute_values: z.array(z.string()).min(1).max(250),
      }),
    }),
    z.strictObject({
      exact_query: z.strictObject({ attribute_name: z.literal('name'), attribute_value: z.string() }),
    }),
  ]),
});
type Item = z.output<typeof item>;

/** The items of an account: objects are taken whole, by the version that was read. */
export class SquareCatalog {
  readonly items = new Map<string, Item>();
  readonly #objects: Map<string, Fields>;
  readonly #variations: Set<string>;
  readonly #done = new Map<string, { readonly request: string; readonly answer: SandboxResponse }>();
  #next = 100;

  /**
   * @param objects what `batch-retrieve` finds
   * @param variations what stock can be counted of
   */
  constructor(objects: Map<string, Fields>, variations: Set<string>) {
    this.#objects = objects;
    this.#variations = variations;
  }

  /** Puts an item as somebody at the seller would: with another version. */
  put(given: Item): void {
    this.#next += 1;
    const versioned = { ...given, version: this.#next };
    const variations = (given.item_data.variations ?? []).map((one) => ({ ...one, version: this.#next }));
    const saved = { ...versioned, item_data: { ...given.item_data, variations } };
    this.items.set(saved.id, saved);
    this.#objects.set(saved.id, saved);
    for (const one of variations) {
      this.#objects.set(one.id, one);
      this.#variations.add(one.id);
    }
  }

  /** `undefined`: something else. */
  answer(route: string, json: unknown): SandboxResponse | undefined {
    if (route === 'POST /v2/catalog/batch-upsert') return this.#upsert(json);
    if (route !== 'POST /v2/catalog/search') return undefined;
    const { query } = searchBody.parse(json);
    const all = [...this.items.values()];
    const found =
      'exact_query' in query
        ? all.filter(({ item_data: { name } }) => name === query.exact_query.attribute_value)
        : all
            .flatMap(({ item_data: { variations } }) => variations ?? [])
            .filter(({ item_variation_data: { sku = '' } }) => query.set_query.attribute_values.includes(sku));
    return { status: 200, body: found.length === 0 ? {} : { objects: found } };
  }

  #upsert(json: unknown): SandboxResponse {
    const parsed = upsertBody.safeParse(json);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.join('.').replaceAll(/\.(\d+)/g, '[$1]');
      return invalid('INVALID_VALUE', `${issue?.message ?? ''} (${field ?? ''})`, field);
    }
    const { idempotency_key: key, batches } = parsed.data;
    const request = canonicalJson(json);
    const earlier = this.#done.get(key);
    if (earlier?.request === request) return earlier.answer;
    if (earlier !== undefined) return invalid('IDEMPOTENCY_KEY_REUSED', 'Different request parameters were used.');
    const objects = batches.flatMap((batch) => batch.objects);
    const stale = objects.find(({ id, version }) => !id.startsWith('#') && this.items.get(id)?.version !== version);
    if (stale !== undefined)
      return invalid('VERSION_MISMATCH', `Object version does not match latest database version: ${stale.id}`);
    const given = new Map<string, string>();
    for (const object of objects) this.put(this.#named(object, given));
    const mappings = [...given].map(([client_object_id, object_id]) => ({ client_object_id, object_id }));
    const answer = {
      status: 200,
      body: { objects: objects.map(({ id }) => this.items.get(given.get(id) ?? id)), id_mappings: mappings },
    };
    this.#done.set(key, { request, answer });
    return answer;
  }

  /** With ids in the place of those that begin with `#`. */
  #named(object: Item, given: Map<string, string>): Item {
    const idFor = (id: string): string => {
      if (!id.startsWith('#')) return id;
      this.#next += 1;
      const made = given.get(id) ?? `OBJECT${this.#next}`;
      given.set(id, made);
      return made;
    };
    const id = idFor(object.id);
    const variations = (object.item_data.variations ?? []).map((one) => ({
      ...one,
      id: idFor(one.id),
      item_variation_data: { ...one.item_variation_data, item_id: id },
    }));
    return { ...object, id, item_data: { ...object.item_data, variations } };
  }
}
