import * as z from 'zod';
import { present } from '../../kernel/present.ts';
import { defineApi } from '../define-api.ts';
import { externalId, page, sku, slug } from '../fields.ts';
import { listedResource, listingBody, listingResource } from './listing-resource.ts';

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
  listing: listedResource.optional(),
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
  refusals: ['not-found', 'invalid-request'],
});

/** Lists what is listed on a channel, or finds it by an id of the channel. */
export const findListings = defineApi({
  id: 'findListings',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/listings',
  summary:
    "List what is listed on a channel in the order of SKUs, with its ids and what the channel was told; or, under one of the channel's ids, find whose that is: more than one SKU is ambiguous.",
  scope: 'network:read',
  params,
  query: z
    .strictObject({
      variantId: externalId.optional(),
      listingId: externalId.optional(),
      barcode: externalId.optional(),
      ...page,
    })
    .refine(({ variantId, listingId, barcode }) => Object.keys(present({ variantId, listingId, barcode })).length < 2, {
      path: ['variantId'],
      error: 'must be given alone: one of variantId, listingId and barcode, or none of them',
    }),
  response: z.object({
    listings: z.array(
      listingResource.extend({
        /** What the channel should show; absent: it was never to be told. */
        wanted: z.int().optional(),
        /** What it acknowledged last, and when. */
        published: z.int().optional(),
        publishedAt: z.string().optional(),
        /** Why it will not have it. */
        refused: z.object({ at: z.string(), code: z.string(), detail: z.string() }).optional(),
      }),
    ),
    cursor: z.string().optional(),
  }),
  refusals: ['not-found', 'invalid-request'],
});

/** Takes a SKU out of a channel. */
export const takeOutListing = defineApi({
  id: 'takeOutListing',
  capability: 'channels',
  method: 'DELETE',
  path: '/v1/channels/{channelId}/listings/{sku}',
  summary:
    'Take a SKU out of a channel. The channel is told first that nothing of it is to be sold, and what is published of it is taken off: the listing is `LEAVING` until the channel has acknowledged that, then `OUT`. A PUT of it takes it back.',
  scope: 'network:write',
  params: params.extend({ sku }),
  query: z.strictObject({
    /** `true`: a person says that the channel has no such thing any more, so it need not be told. */
    goneAtChannel: z.enum(['true', 'false']).default('false'),
  }),
  response: listingResource,
  refusals: ['not-found'],
});
