import * as z from 'zod';

const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const weight = z.strictObject({ value: z.number(), unit: z.enum(['GRAMS', 'KILOGRAMS', 'OUNCES', 'POUNDS']) });
const variant = {
  price: decimal.optional(),
  compareAtPrice: decimal.nullish(),
  barcode: z.string().optional(),
  inventoryPolicy: z.enum(['DENY', 'CONTINUE']).optional(),
  inventoryItem: z
    .strictObject({
      sku: z.string().optional(),
      tracked: z.boolean().optional(),
      requiresShipping: z.boolean().optional(),
      measurement: z.strictObject({ weight }).optional(),
    })
    .optional(),
};
const metafields = z.array(
  z.strictObject({
    namespace: z.string(),
    key: z.string(),
    type: z.literal('boolean'),
    value: z.enum(['true', 'false']),
  }),
);
const optionValues = z.array(z.strictObject({ optionName: z.string(), name: z.string() }));
const setVariant = z.strictObject({ ...variant, optionValues });
const status = z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED']);

/** Inputs of the catalog's mutations, as far as they are used; what they do not name is refused as Shopify refuses it. Source: Admin API 2026-04 */
export const catalogInputs = {
  productSet: z.strictObject({
    identifier: z.union([z.strictObject({ id: z.string() }), z.strictObject({ handle: z.string() })]),
    input: z.strictObject({
      title: z.string().optional(),
      handle: z.string().optional(),
      descriptionHtml: z.string().optional(),
      vendor: z.string().optional(),
      productType: z.string().optional(),
      category: z.string().optional(),
      tags: z.array(z.string()).optional(),
      status: status.optional(),
      files: z
        .array(
          z.union([
            z.strictObject({ id: z.string() }),
            z.strictObject({ originalSource: z.url(), contentType: z.literal('IMAGE'), filename: z.string() }),
          ]),
        )
        .optional(),
      productOptions: z
        .array(z.strictObject({ name: z.string(), values: z.array(z.strictObject({ name: z.string() })).min(1) }))
        .optional(),
      variants: z.array(setVariant).min(1).optional(),
    }),
  }),
  productVariantsBulkUpdate: z.strictObject({
    productId: z.string(),
    variants: z.array(z.strictObject({ ...variant, id: z.string(), metafields: metafields.optional() })),
  }),
  productVariantsBulkCreate: z.strictObject({ productId: z.string(), variants: z.array(setVariant) }),
  productVariantsBulkDelete: z.strictObject({ productId: z.string(), variantsIds: z.array(z.string()) }),
  publishablePublish: z.strictObject({
    id: z.string(),
    input: z.array(z.strictObject({ publicationId: z.string() })).min(1),
  }),
  listed: z.strictObject({ ids: z.array(z.string()), query: z.string().min(1) }),
  product: z.strictObject({
    identifier: z.union([z.strictObject({ id: z.string() }), z.strictObject({ handle: z.string() })]),
  }),
} as const;

/** `ProductSetInput`. */
export type ProductSet = z.output<typeof catalogInputs.productSet>;
/** A variant as it is set or made. */
export type VariantSet = z.output<typeof setVariant>;
