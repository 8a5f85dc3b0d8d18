import * as z from 'zod';
import { errorOf } from './answers.ts';
import { type Route } from './route.ts';

const path = /^\/listings\/2021-08-01\/items\/([^/]+)\/([^/]+)$/;
const ofStock = z.object({ patches: z.array(z.object({ path: z.literal('/attributes/fulfillment_availability') })) });

/** Whether a patch is one of the quantity alone. */
export const isOfStock = (body: unknown): boolean => ofStock.safeParse(body).success;

/** How a listing is made and taken off. */
export const listingRoutes: readonly Route[] = [
  {
    operation: 'putListingsItem',
    method: 'PUT',
    path,
    answer: ({ parts: [, sku = ''], query, body }, { catalog }) =>
      query.has('marketplaceIds') ? catalog.put(sku, body) : errorOf(400, 'InvalidInput', 'marketplaceIds'),
  },
  {
    operation: 'deleteListingsItem',
    method: 'DELETE',
    path,
    answer: ({ parts: [, sku = ''], query }, { catalog }) =>
      query.has('marketplaceIds') ? catalog.remove(sku) : errorOf(400, 'InvalidInput', 'marketplaceIds'),
  },
];
