import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { failure, invalid } from './answers.ts';

const change = z.strictObject({
  type: z.literal('PHYSICAL_COUNT'),
  physical_count: z.strictObject({
    catalog_object_id: z.string().min(1),
    location_id: z.string().min(1),
    state: z.literal('IN_STOCK'),
    quantity: z.string().regex(/^\d+(\.\d{1,5})?$/),
    occurred_at: z.iso.datetime(),
  }),
});
const batch = z.strictObject({
  idempotency_key: z.string().min(1).max(128),
  changes: z.array(change).min(1).max(100),
  ignore_unchanged_counts: z.boolean().optional(),
});
const retrieve = z.strictObject({
  catalog_object_ids: z.array(z.string()).min(1).max(1000),
  location_ids: z.array(z.string()).min(1),
  states: z.array(z.literal('IN_STOCK')),
  cursor: z.string().optional(),
});

/** The account's stock: counts of variations by location, the newest by when they were taken. */
export class SquareInventory {
  readonly variations = new Set<string>();
  /** `variation@location`: units, and when they were counted. */
  readonly counts = new Map<string, { quantity: string; at: string }>();
  readonly #done = new Map<string, { request: string; answer: SandboxResponse }>();
  /** Errors name the change that they are about; older accounts' do not. */
  namesFields = true;
  pageSize = 100;

  /** `undefined`: something else. */
  answer(route: string, json: unknown): SandboxResponse | undefined {
    if (route === 'POST /v2/inventory/changes/batch-create') return this.#change(json);
    if (route === 'POST /v2/inventory/counts/batch-retrieve') return this.#retrieve(retrieve.parse(json));
    return undefined;
  }

  /** All of a call or nothing; the same key with the same request is the same call. */
  #change(json: unknown): SandboxResponse {
    const read = batch.safeParse(json);
    if (!read.success) return invalid('BAD_REQUEST', z.prettifyError(read.error));
    const { idempotency_key: key, changes } = read.data;
    const known = this.#done.get(key);
    if (known !== undefined)
      return known.request === JSON.stringify(json)
        ? known.answer
        : invalid('IDEMPOTENCY_KEY_REUSED', 'The idempotency key was used with another request.');
    const errors = changes.flatMap(({ physical_count: { catalog_object_id: id } }, index) =>
      this.variations.has(id)
        ? []
        : [
            {
              category: 'INVALID_REQUEST_ERROR',
              code: 'NOT_FOUND',
              detail: `Catalog object ${id} was not found.`,
              ...(this.namesFields && { field: `changes[${index}].physical_count.catalog_object_id` }),
            },
          ],
    );
    if (errors.length > 0) return { status: 404, body: { errors } };
    for (const { physical_count: count } of changes) {
      const place = `${count.catalog_object_id}@${count.location_id}`;
      if ((this.counts.get(place)?.at ?? '') <= count.occurred_at)
        this.counts.set(place, { quantity: count.quantity, at: count.occurred_at });
    }
    const answer = { status: 200, body: { counts: [], changes: [] } };
    this.#done.set(key, { request: JSON.stringify(json), answer });
    return answer;
  }

  #retrieve({ catalog_object_ids: ids, location_ids: places, cursor }: z.output<typeof retrieve>): SandboxResponse {
    const all = ids.flatMap((id) =>
      places.flatMap((at) => {
        const count = this.counts.get(`${id}@${at}`);
        return count === undefined
          ? []
          : [
              {
                catalog_object_id: id,
                location_id: at,
                state: 'IN_STOCK',
                quantity: count.quantity,
                calculated_at: count.at,
              },
            ];
      }),
    );
    const start = Number(cursor ?? 0);
    if (Number.isNaN(start)) return failure(400, 'INVALID_REQUEST_ERROR', 'INVALID_CURSOR', 'The cursor is not valid.');
    const end = start + this.pageSize;
    return { status: 200, body: { counts: all.slice(start, end), ...(end < all.length && { cursor: String(end) }) } };
  }
}
