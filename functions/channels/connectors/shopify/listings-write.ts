import * as z from 'zod';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Connection } from '../../domain/connection.ts';
import { ask } from './graphql.ts';

const userError = z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() });
const variant = z.object({ id: z.string(), sku: z.string().nullish(), inventoryItem: z.object({ id: z.string() }) });
const variants = z.array(variant).nullish();
const payload = z.object({
  userErrors: z.array(userError),
  product: z.object({ id: z.string(), variants: z.object({ nodes: z.array(variant) }).optional() }).nullish(),
  productVariants: variants,
});

/** What a mutation of the catalog came to: what it made, and what Shopify says against parts of it. */
export type Written = z.output<typeof payload>;
/** One thing that Shopify says against an input. */
export type UserError = z.output<typeof userError>;

const back = 'userErrors { field message code }';
const variantBack = 'id sku inventoryItem { id }';

/** The mutations that a listing takes. Source: https://shopify.dev/docs/api/admin-graphql/2026-04 */
const mutations = {
  productSet: `mutation CrossdockSetProduct($identifier: ProductSetIdentifiers!, $input: ProductSetInput!) {
  productSet(identifier: $identifier, input: $input, synchronous: true) {
    product { id variants(first: 250) { nodes { ${variantBack} } } } ${back}
  }
}`,
  productVariantsBulkUpdate: `mutation CrossdockUpdateVariants($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $productId, variants: $variants, allowPartialUpdates: true) { ${back} }
}`,
  productVariantsBulkCreate: `mutation CrossdockAddVariants($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkCreate(productId: $productId, variants: $variants) { productVariants { ${variantBack} } ${back} }
}`,
  productVariantsBulkDelete: `mutation CrossdockRemoveVariants($productId: ID!, $variantsIds: [ID!]!) {
  productVariantsBulkDelete(productId: $productId, variantsIds: $variantsIds) { ${back} }
}`,
  publishablePublish: `mutation CrossdockPublish($id: ID!, $input: [PublicationInput!]!) {
  publishablePublish(id: $id, input: $input) { userErrors { field message } }
}`,
} as const;

/**
 * Carries out one mutation of the catalog; its `userErrors` are in the answer. Refusals: `invalid-request` for an input that Shopify does not know
 * (attributes), `provider-unavailable` for everything else.
 */
export async function changeCatalog(
  connection: Connection,
  name: keyof typeof mutations,
  variables: object,
): Promise<Result<Written>> {
  const data = await ask(connection, { query: mutations[name], variables, operation: 'listings' });
  if (!data.ok)
    return data.refusal.detail.includes('was provided invalid value')
      ? refuse('invalid-request', `${data.refusal.detail} Correct its attributes.`)
      : data;
  const fields = z.record(z.string(), z.unknown()).safeParse(data.value);
  const parsed = payload.safeParse(fields.data?.[name]);
  return parsed.success
    ? ok(parsed.data)
    : refuse('provider-unavailable', `Shopify answered without a result of ${name}. It is tried again.`);
}

/** Which variant of the input an error is about; `undefined` where it is about all. */
export function variantIn({ field }: UserError): number | undefined {
  const at = field?.indexOf('variants') ?? -1;
  const index = at === -1 ? undefined : field?.[at + 1];
  return index !== undefined && /^\d+$/.test(index) ? Number(index) : undefined;
}

/** Shopify's words. */
export const wordsOf = ({ message, code }: UserError): string =>
  `Shopify: ${message}${code == null ? '' : ` (${code})`}`;

const publicationsQuery = `query CrossdockSalesChannels { publications(first: 50) { nodes { id name } } }`;
const publications = z.object({
  publications: z.object({ nodes: z.array(z.object({ id: z.string(), name: z.string() })) }),
});

/**
 * Puts a product on the shop's online store: what an app makes is on no sales channel. Refusals: `forbidden` where the app may not, `not-found` where
 * the shop has no online store, `state-conflict` in Shopify's words; `provider-unavailable`.
 */
export async function showProduct(connection: Connection, productId: string): Promise<Result<true>> {
  const data = await ask(connection, { query: publicationsQuery, variables: {}, operation: 'listings' });
  if (!data.ok) return data.refusal.facts?.['isDenied'] === true ? forbidden : data;
  const places = publications.safeParse(data.value).data?.publications.nodes ?? [];
  const store = places.find(({ name }) => name === 'Online Store');
  if (store === undefined) return noStore;
  const input = [{ publicationId: store.id }];
  const done = await changeCatalog(connection, 'publishablePublish', { id: productId, input });
  if (!done.ok) return done.refusal.facts?.['isDenied'] === true ? forbidden : done;
  const [error] = done.value.userErrors;
  return error === undefined ? ok(true) : refuse('state-conflict', wordsOf(error));
}

const forbidden = refuse(
  'forbidden',
  'The product is in the shop and on no sales channel. Put it on one in the Shopify admin, or give the app the scopes read_publications and write_publications; then retry.',
);
const noStore = refuse(
  'not-found',
  'The product is in the shop, which has no sales channel Online Store. Put it on another in the Shopify admin, then retry.',
);
