import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { currency, money, sku, slug, time } from '../fields.ts';

const params = z.strictObject({ priceListId: slug });

const priceListFields = {
  name: z.string().min(1).max(200),
  currency,
  /** The channels that it is for; their currency must be its own. */
  channels: z
    .array(slug)
    .max(100)
    .refine((all) => new Set(all).size === all.length, 'must name each channel once'),
  /** Where several lists of a channel have a price for a SKU at a time, the one with the highest priority has its way. */
  priority: z.int().min(0).max(1_000_000).default(0),
};
const priceList = z.object({
  priceListId: slug,
  ...priceListFields,
  channels: z.array(slug).readonly(),
  priority: z.int(),
  version: z.int(),
  updatedAt: time,
});

const priceRow = z.strictObject({
  sku,
  price: money,
  /** The price before, where a channel may strike it through; more than the price. */
  compareAt: money.optional(),
  /** From when it holds; left out: since ever. */
  from: time.optional(),
  /** Until when, that moment not included; left out: for ever. */
  to: time.optional(),
});
/** One price of a SKU in a list. */
export type PriceRow = z.infer<typeof priceRow>;

/** Creates or changes a price list. */
export const putPriceList = defineApi({
  id: 'putPriceList',
  capability: 'network',
  method: 'PUT',
  path: '/v1/price-lists/{priceListId}',
  summary:
    'Create or change a price list: which channels it is for, and its rank among their lists. Its currency stays. What the channels show is brought to it by itself.',
  scope: 'network:write',
  params,
  body: z.strictObject(priceListFields),
  response: priceList.extend({
    /** Channels of it that are not told of prices, and why. */
    warnings: z.array(z.string()).optional(),
  }),
  refusals: ['state-conflict', 'unknown-channel', 'currency-mismatch'],
});

/** Lists price lists. */
export const listPriceLists = defineApi({
  id: 'listPriceLists',
  capability: 'network',
  method: 'GET',
  path: '/v1/price-lists',
  summary: 'List all price lists, without their prices.',
  scope: 'network:read',
  response: z.object({ priceLists: z.array(priceList) }),
});

/** Puts prices of a list. */
export const putPrices = defineApi({
  id: 'putPrices',
  capability: 'network',
  method: 'PUT',
  path: '/v1/price-lists/{priceListId}/prices',
  summary:
    'Put up to 100 prices of a list: the rows of a SKU become all of its prices there. `remove` takes SKUs off the list. Periods of a SKU that overlap are refused, with their rows, before anything is done.',
  scope: 'network:write',
  params,
  body: z.strictObject({
    rows: z.array(priceRow).max(100).default([]),
    remove: z.array(sku).max(100).default([]),
  }),
  response: z.object({
    /** SKUs whose prices were made others. */
    changed: z.int(),
    /** SKUs that had these prices already. */
    unchanged: z.int(),
  }),
  refusals: ['not-found', 'invalid-request', 'currency-mismatch'],
});

/** Reads prices of a list. */
export const listPrices = defineApi({
  id: 'listPrices',
  capability: 'network',
  method: 'GET',
  path: '/v1/price-lists/{priceListId}/prices',
  summary: 'List the prices of a list in the order of their SKUs, in the form in which they are put.',
  scope: 'network:read',
  params,
  query: z.strictObject({
    /** Begins behind this SKU: `next` of the page before. */
    after: sku.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    rows: z.array(priceRow),
    /** The last SKU of this page, where there may be more. */
    next: sku.optional(),
  }),
  refusals: ['not-found'],
});
