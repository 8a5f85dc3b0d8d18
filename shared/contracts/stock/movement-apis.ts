import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { externalId, note, quantity, sku, slug, time } from '../fields.ts';
import { delta, onHand, positionCounts, shelfState } from './resources.ts';

const about = {
  location: slug,
  sku,
  /** The caller's own id of this line, once-only for this caller and operation. */
  reference: externalId,
  reason: note.optional(),
  /** When it happened at the source, if that was earlier. */
  occurredAt: time.optional(),
};
/** What the caller believes is on hand; `null` says that it does not know and sets all the same. */
const changeFrom = z.int().nullable();

/** One movement of units of one SKU at one location. */
export const movementLine = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('receive'), ...about, quantity, to: shelfState.default('sellable') }),
  z.strictObject({ operation: z.literal('adjust'), ...about, delta }),
  z.strictObject({ operation: z.literal('set'), ...about, onHand, changeFrom }),
  z
    .strictObject({ operation: z.literal('move'), ...about, quantity, from: shelfState, to: shelfState })
    .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must be another state than `from`' }),
  z.strictObject({ operation: z.literal('sale'), ...about, quantity }),
  z.strictObject({ operation: z.literal('return'), ...about, quantity, to: shelfState.default('sellable') }),
]);
/** One movement of units of one SKU at one location. */
export type MovementLine = z.infer<typeof movementLine>;

const fieldError = z.object({ pointer: z.string(), detail: z.string() });

/** What became of one line of a call. */
export const movementResult = z.object({
  /** Its place in the call, from 0. */
  line: z.int(),
  /** `repeated`: it was done before under this reference and changed nothing now. `refused`: nothing of it was done. */
  status: z.enum(['applied', 'repeated', 'refused']),
  /** The shelf's counters as they were read right after. */
  after: positionCounts.optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(fieldError).optional(),
});

/** Many movements in one call, each on its own. */
export const moveStock = defineApi({
  id: 'moveStock',
  capability: 'stock',
  method: 'POST',
  path: '/v1/stock/movements',
  summary:
    'Tell up to 500 movements of stock (receive, adjust, set, move, sale, return). Each line is a transaction of its own with a result of its own; a line that is refused or malformed leaves the others alone. Only a call of which no line can be read is refused as a whole.',
  scope: 'stock:write',
  body: z.strictObject({
    /** Anything is taken here, so that one malformed line does not sink the others: it is refused alone. */
    lines: z
      .array(z.union([movementLine, z.unknown()]))
      .min(1)
      .max(500),
  }),
  response: z.object({
    applied: z.int(),
    repeated: z.int(),
    refused: z.int(),
    /** One for each line, in the order of the lines. */
    results: z.array(movementResult),
  }),
});

/** Sets one shelf to a count. */
export const setStock = defineApi({
  id: 'setStock',
  capability: 'stock',
  method: 'PUT',
  path: '/v1/locations/{locationId}/stock/{sku}',
  summary:
    'Set what is on hand of a SKU at a location, if it still is what the caller believes (changeFrom); null sets it whatever it is.',
  scope: 'stock:write',
  params: z.strictObject({ locationId: slug, sku }),
  body: z.strictObject({ onHand, changeFrom, reference: externalId, reason: note.optional() }),
  response: z.object({
    location: slug,
    sku,
    status: z.enum(['applied', 'repeated']),
    after: positionCounts,
  }),
  refusals: ['unknown-location', 'quantity-stale', 'reference-reused', 'limit-exceeded', 'too-busy'],
});
