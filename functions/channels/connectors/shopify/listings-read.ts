import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { type ListingDraft } from '../../domain/listings-connector.ts';
import { ask } from './graphql.ts';
import { gid, isId, numberOf } from './ids.ts';

const variant = z.object({
  id: z.string(),
  sku: z.string().nullish(),
  inventoryItem: z.object({ id: z.string() }),
  metafield: z.object({ value: z.string() }).nullish(),
});
const count = z.object({ count: z.int() }).nullish();
const image = z.object({ id: z.string(), image: z.object({ url: z.string() }).nullish() });
const product = z.object({
  id: z.string(),
  status: z.string().nullish(),
  variantsCount: count,
  resourcePublicationsCount: count,
  media: z.object({ nodes: z.array(z.union([image, z.looseObject({})])) }),
});
const found = variant.extend({ product });

const variantFields = 'id sku inventoryItem { id }';
const productFields =
  'id status variantsCount { count } resourcePublicationsCount(onlyPublished: true) { count } media(first: 50) { nodes { ... on MediaImage { id image { url } } } }';

/** A variant that the shop has. */
export type ShopVariant = z.output<typeof variant>;
/** A product that the shop has. */
export interface ShopProduct {
  readonly id: string;
  readonly variants: number;
  readonly isArchived: boolean;
  /** True where it is on a sales channel of the shop. */
  readonly isPublished: boolean;
  /** Its images by what their addresses contain: the file's name. */
  readonly images: readonly { readonly id: string; readonly url: string }[];
}
/** A variant with the product that it is of. */
export interface Listed {
  readonly variant: ShopVariant;
  readonly product: ShopProduct;
}

const listedQuery = `query CrossdockListed($ids: [ID!]!, $query: String!) {
  nodes(ids: $ids) { ... on ProductVariant { ${variantFields} product { ${productFields} } } }
  productVariants(first: 250, query: $query) { nodes { ${variantFields} product { ${productFields} } } }
}`;
const listedAnswer = z.object({
  nodes: z.array(z.union([found, z.null(), z.looseObject({})])),
  productVariants: z.object({ nodes: z.array(found) }),
});

/** What the shop has of some drafts, by SKU: by the variant's id, else by the SKU where one variant alone has it. */
export async function findListed(
  connection: Connection,
  drafts: readonly ListingDraft[],
): Promise<Result<ReadonlyMap<string, Listed>>> {
  const ids = drafts.flatMap(({ ids: { variantId = '' } }) =>
    isId('ProductVariant', variantId) ? [gid('ProductVariant', variantId)] : [],
  );
  const query = drafts.map(({ sku }) => `sku:${JSON.stringify(sku)}`).join(' OR ');
  const data = await ask(connection, { query: listedQuery, variables: { ids, query }, operation: 'listings' });
  if (!data.ok) return data;
  const parsed = listedAnswer.safeParse(data.value);
  if (!parsed.success) return notDocumented('the variants asked for');
  const known = parsed.data.nodes.flatMap((node) => found.safeParse(node).data ?? []);
  const bySku = Map.groupBy(parsed.data.productVariants.nodes, ({ sku }) => sku ?? '');
  return ok(
    new Map(
      drafts.flatMap(({ sku, ids: { variantId } }) => {
        const own = known.find(({ id }) => variantId !== undefined && numberOf(id) === numberOf(variantId));
        const named = bySku.get(sku) ?? [];
        const one = own ?? (named.length === 1 ? named[0] : undefined);
        return one === undefined ? [] : [[sku, { variant: one, product: productOf(one.product) }] as const];
      }),
    ),
  );
}

const productQuery = `query CrossdockProduct($identifier: ProductIdentifierInput!) {
  productByIdentifier(identifier: $identifier) { ${productFields} variants(first: 250) { nodes { ${variantFields} metafield(namespace: "crossdock", key: "gone") { value } } } }
}`;
const productAnswer = z.object({
  productByIdentifier: product.extend({ variants: z.object({ nodes: z.array(variant) }) }).nullable(),
});

/** A product with its variants, by its id or its handle; `undefined` where the shop has none. */
export async function findProduct(
  connection: Connection,
  identifier: { readonly id: string } | { readonly handle: string },
): Promise<Result<{ readonly product: ShopProduct; readonly variants: readonly ShopVariant[] } | undefined>> {
  const data = await ask(connection, { query: productQuery, variables: { identifier }, operation: 'listings' });
  if (!data.ok) return data;
  const parsed = productAnswer.safeParse(data.value);
  if (!parsed.success) return notDocumented('the product asked for');
  const one = parsed.data.productByIdentifier;
  return ok(one === null ? undefined : { product: productOf(one), variants: one.variants.nodes });
}

const productOf = ({
  id,
  status,
  variantsCount,
  resourcePublicationsCount,
  media,
}: z.output<typeof product>): ShopProduct => ({
  id,
  variants: variantsCount?.count ?? 1,
  isArchived: status === 'ARCHIVED',
  isPublished: (resourcePublicationsCount?.count ?? 0) > 0,
  images: media.nodes.flatMap((node) => {
    const read = image.safeParse(node).data;
    return read?.image == null ? [] : [{ id: read.id, url: read.image.url }];
  }),
});

const notDocumented = (what: string): Result<never> =>
  refuse('provider-unavailable', `Shopify answered something else than ${what}. It is tried again.`);
