import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { sku, slug } from '../fields.ts';

const stripes = z.literal([1, 2, 4, 8, 16, 32, 64]);

/** A hot SKU's pool is spread over several items, or made one again. */
export const setStripes = defineApi({
  id: 'setStripes',
  capability: 'stock',
  method: 'PUT',
  path: '/v1/stock/{sku}/pools/{pool}/stripes',
  summary:
    'Spread what a pool has of a SKU over so many items of the database, before a launch: each takes some fifty sales a second. It is then not lowered by itself for a week.',
  scope: 'stock:write',
  params: z.strictObject({ sku, pool: slug }),
  body: z.strictObject({ stripes }),
  response: z.object({ sku, pool: slug, stripes: z.int(), before: z.int() }),
  refusals: ['not-found', 'state-conflict'],
});
