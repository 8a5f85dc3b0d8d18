import * as z from 'zod';
import { present } from '../../kernel/present.ts';
import { defineApi } from '../define-api.ts';
import { externalId, sku, slug } from '../fields.ts';
import { listingBody, listingResource } from './listing-resource.ts';

const params = z.strictObject({ channelId: slug });
const fieldError = z.object({ pointer: z.string(), detail: z.string() });

/** One row of many. */
export const listingRow = listingBody.extend({ sku });
/** One row of many, parsed. */
export type ListingRow = z.infer<typeof listingRow>;

/** What became of one row. */
export const listingResult = z.object({
  /** Its place in the call, from 0. */
  row: z.int(),
  status: z.enum(['listed', 'refused']),
  listing: listingResource.optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(fieldError).optional(),
});

/** Maps many SKUs to a channel's own ids. */
export const putListings = defineApi({
  id: 'putListings',
  capability: 'channels',
  method: 'PUT',
  path: '/v1/channels/{channelId}/listings',
  summary:
    'List up to 50 SKUs on a channel. Each row is a transaction of its own with a result of its own; a row that is refused or malformed leaves the others alone.',
  scope: 'network:write',
  params,
  body: z.strictObject({
    /** Anything is taken here, so that one malformed row does not sink the others: it is refused alone. */
    listings: z
      .array(z.union([listingRow, z.unknown()]))
      .min(1)
      .max(50),
  }),
  response: z.object({
    listed: z.int(),
    refused: z.int(),
    /** One for each row, in the order of the rows. */
    results: z.array(listingResult),
  }),
  refusals: ['unknown-channel', 'invalid-request'],
});

/** Finds listings by an id of the channel. */
export const findListings = defineApi({
  id: 'findListings',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/listings',
  summary: 'Find the SKUs that are listed on a channel under one of its ids: more than one is ambiguous.',
  scope: 'network:read',
  params,
  query: z
    .strictObject({
      variantId: externalId.optional(),
      listingId: externalId.optional(),
      barcode: externalId.optional(),
    })
    .refine((ids) => Object.keys(present(ids)).length === 1, {
      path: ['variantId'],
      error: 'must be given, or listingId, or barcode: exactly one of them',
    }),
  response: z.object({ listings: z.array(listingResource) }),
  refusals: ['invalid-request'],
});
