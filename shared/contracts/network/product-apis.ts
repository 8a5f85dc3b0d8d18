import * as z from 'zod';
import { defineApi } from '../define-api.ts';
import { sku, time } from '../fields.ts';
import { contentInput } from './content-input.ts';

/** Each component is two items of the transaction that stores a product: that it is no part any more, that the next one is. */
const mostComponents = 30;

const component = z.strictObject({
  sku,
  quantity: z.int().min(1).max(10_000),
  priceWeight: z.int().min(0).max(1_000_000).optional(),
});

const components = z
  .array(component)
  .min(1)
  .max(mostComponents)
  .refine((parts) => new Set(parts.map((part) => part.sku)).size === parts.length, 'must name each component once')
  .refine(
    (parts) => parts.every(({ priceWeight }) => priceWeight === undefined) || parts.some((part) => part.priceWeight),
    'must give at least one component a priceWeight above 0',
  )
  .refine(
    (parts) => new Set(parts.map(({ priceWeight }) => priceWeight === undefined)).size === 1,
    'must give each component a priceWeight, or none',
  );

const backorder = z.strictObject({
  mode: z.enum(['backorder', 'preorder']),
  limit: z.int().min(1).max(1_000_000_000),
  onlyAgainstSupply: z.boolean(),
  availableFrom: time.optional(),
});

/** GTIN: UPC, EAN, ISBN. */
const barcode = z.string().regex(/^\d{8,14}$/, 'must be 8 to 14 digits');

const productFields = {
  /** What it is called and looks like where it is sold; a channel may have parts of it otherwise. */
  ...contentInput.shape,
  /** The product that it is a variant of: what variants of one have in common on channels. It need not be a product here. */
  parent: sku.optional(),
  tags: z
    .array(z.string().min(1).max(64))
    .max(50)
    .refine((tags) => new Set(tags).size === tags.length, 'must name each tag once')
    .default([]),
  /** By these a line is found that says nothing else that is known, on any channel. */
  barcodes: z.array(barcode).max(10).optional(),
  components: components.optional(),
  backorder: backorder.optional(),
};

const product = z.object({
  sku,
  ...productFields,
  tags: z.array(z.string()).readonly(),
  barcodes: z.array(z.string()).readonly().optional(),
  components: z.array(component).readonly().optional(),
  version: z.int(),
  updatedAt: time,
});

/** Creates or changes a product. */
export const putProduct = defineApi({
  id: 'putProduct',
  capability: 'network',
  method: 'PUT',
  path: '/v1/products/{sku}',
  summary:
    'Say what is known of a SKU beside its stock: title and what else channels show of it, tags, whether it may be sold before it is there, and, of a kit, its components.',
  scope: 'network:write',
  params: z.strictObject({ sku }),
  body: z.strictObject(productFields),
  response: product,
  refusals: ['state-conflict'],
});

/** Reads a product. */
export const readProduct = defineApi({
  id: 'readProduct',
  capability: 'network',
  method: 'GET',
  path: '/v1/products/{sku}',
  summary: 'Read what is known of a SKU beside its stock.',
  scope: 'network:read',
  params: z.strictObject({ sku }),
  response: product,
  refusals: ['not-found'],
});
