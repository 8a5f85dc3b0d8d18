import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { channelTypes } from './channel-types.ts';
import { listedResource, listingBody, listingResource } from './listing-resource.ts';
import { country, currency, externalId, quantity, sku, slug, text, time } from '../fields.ts';

/** Decimal degrees. Finer than a tenth of a millimeter is no coordinate, and a number smaller than 1e-130 is none to DynamoDB. */
const degrees = (limit: number) =>
  z
    .number()
    .min(-limit)
    .max(limit)
    .refine((value) => value === 0 || Math.abs(value) >= 1e-9, 'must be 0 or at least 1e-9 degrees away from it');

const locationFields = {
  name: z.string().min(1).max(200),
  type: z.enum(['warehouse', 'store', '3pl', 'supplier']),
  pool: slug.optional(),
  country,
  postalCode: z.string().max(20).optional(),
  latitude: degrees(90).optional(),
  longitude: degrees(180).optional(),
  active: z.boolean().default(true),
  /** Names of groups that rules speak of. */
  groups: z.array(slug).max(50).optional(),
};
const location = z.object({
  locationId: slug,
  ...locationFields,
  active: z.boolean(),
  groups: z.array(slug).readonly().optional(),
  version: z.int(),
});

/** Creates or changes a location. */
export const putLocation = defineApi({
  id: 'putLocation',
  capability: 'network',
  method: 'PUT',
  path: '/v1/locations/{locationId}',
  summary:
    'Create or change a location. Without coordinates they are looked up from its postal code. One that is not active is not sold from; its open work goes on.',
  scope: 'network:write',
  params: z.strictObject({ locationId: slug }),
  body: z.strictObject(locationFields),
  response: location,
  refusals: ['state-conflict'],
});

/** One location, and how far stock has followed it. */
export const readLocation = defineApi({
  id: 'readLocation',
  capability: 'network',
  method: 'GET',
  path: '/v1/locations/{locationId}',
  summary: 'Read a location, and how far stock has followed the last change of its groups or of whether it is active.',
  scope: 'network:read',
  params: z.strictObject({ locationId: slug }),
  response: location.extend({
    /** Stock follows in the background; absent where it never had to. */
    application: z
      .object({
        state: z.enum(['RUNNING', 'DONE']),
        startedAt: time,
        updatedAt: time,
        /** How many were looked at. */
        skus: z.int(),
        /** How many were changed. */
        positions: z.int(),
        pools: z.int(),
      })
      .optional(),
  }),
  refusals: ['not-found'],
});

/** Lists locations. */
export const listLocations = defineApi({
  id: 'listLocations',
  capability: 'network',
  method: 'GET',
  path: '/v1/locations',
  summary: 'List all locations.',
  scope: 'network:read',
  response: z.object({ locations: z.array(location) }),
});

const endpoint = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
  }),
  z.strictObject({
    kind: z.literal('shopify'),
    url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
    locationId: externalId,
  }),
]);
const holdLimits = z.strictObject({
  /** The longest that a hold lives, from its creation, extensions included; a day at most. */
  maximumSeconds: z.int().min(1).max(86_400),
  /** The most units of one SKU in one hold. */
  maximumUnits: quantity,
  /** The most units of one SKU that all its holds have at once; left out, there is no such limit. */
  maximumHeld: quantity.optional(),
});
/** What a caller says of a channel, besides its id and its secrets. */
export const channelFields = {
  name: z.string().min(1).max(200),
  type: z.enum(channelTypes),
  pool: slug,
  currency,
  buffer: z.int().min(0).max(1_000_000).default(0),
  /** A fall below this many units is told before anything else; left out: 5. */
  lowStock: z.int().min(0).max(1_000_000).optional(),
  /** How often what it shows is compared with what it was told, where its type can be asked; left out: once a day. */
  driftEveryHours: z.int().min(1).max(720).optional(),
  onShortage: z.enum(['refuse', 'backorder']).default('refuse'),
  endpoint: endpoint.default({ kind: 'none' }),
  active: z.boolean().default(true),
  /** Whether what is sold out is hidden on it, where a publication does not say otherwise; left out, it is shown. */
  hideWhenSoldOut: z.boolean().optional(),
  /** What else there is to know to speak to it, by the names that its type declares; never a secret. */
  settings: z.record(text(50), text(500)).optional(),
  /** Our locations by the channel's ids of them. */
  locations: z.record(externalId, slug).optional(),
  /** True: it is told what each of its `locations` has, where its type can be told so; else one quantity. */
  stockByLocation: z.boolean().optional(),
  /** What its checkouts may hold; left out: an hour, and 100 units of a SKU. */
  holds: holdLimits.optional(),
  /** By how many days a promise may move before it is an exception. */
  promiseToleranceDays: z.int().min(0).max(365).optional(),
};
/** A channel as it is read. */
export const channelResource = z.object({
  channelId: slug,
  ...channelFields,
  buffer: z.int(),
  onShortage: z.string(),
  endpoint,
  active: z.boolean(),
  version: z.int(),
});
/** A channel as it is answered to whoever put it; `warnings`: what it lacks, and what comes of that. */
export const putChannelResource = channelResource.extend({ warnings: z.array(z.string()).optional() });

/** Creates or changes a channel. */
export const putChannel = defineApi({
  id: 'putChannel',
  capability: 'channels',
  method: 'PUT',
  path: '/v1/channels/{channelId}',
  summary:
    'Create a channel, or state all of one anew: what is left out is as if it were new (its default, or nothing), but secrets stay, and are never read back. Type, currency and pool stay as they are. With the `version` that was read, no change of others in between is lost.',
  scope: 'network:write',
  params: z.strictObject({ channelId: slug }),
  body: z.strictObject({
    ...channelFields,
    /** The version that this rests on: refused when it is not the current one. */
    version: z.int().min(1).optional(),
    secrets: z
      .strictObject({
        signing: z.string().min(8).max(500).optional(),
        accessToken: z.string().min(8).max(500).optional(),
      })
      .optional(),
  }),
  response: putChannelResource,
  refusals: ['state-conflict', 'version-stale'],
});

/** Lists channels. */
export const listChannels = defineApi({
  id: 'listChannels',
  capability: 'network',
  method: 'GET',
  path: '/v1/channels',
  summary: 'List all channels, without their secrets.',
  scope: 'network:read',
  response: z.object({ channels: z.array(channelResource) }),
});

/** Maps a SKU to a channel's own ids. */
export const putListing = defineApi({
  id: 'putListing',
  capability: 'channels',
  method: 'PUT',
  path: '/v1/channels/{channelId}/listings/{sku}',
  summary:
    "List a SKU on a channel: the channel's own ids of it, by which its orders are mapped and its stock is published. Deliveries that waited for it are mapped by themselves. One that was taken out comes back.",
  scope: 'network:write',
  params: z.strictObject({ channelId: slug, sku }),
  body: listingBody,
  response: listedResource,
  refusals: ['not-found', 'limit-exceeded', 'state-conflict'],
});

/** Reads what a channel was last told. */
export const readListing = defineApi({
  id: 'readListing',
  capability: 'channels',
  method: 'GET',
  path: '/v1/channels/{channelId}/listings/{sku}',
  summary: 'Read a listing: its ids, its state, the quantity that the channel acknowledged, and when.',
  scope: 'network:read',
  params: z.strictObject({ channelId: slug, sku }),
  response: listingResource.extend({
    wanted: z.int().optional(),
    published: z.int().optional(),
    publishedAt: z.string().optional(),
  }),
  refusals: ['not-found'],
});
