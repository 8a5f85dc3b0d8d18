import { type PublishedCall } from './published-call.ts';

const docs = 'https://shopify.dev/docs/api/admin-graphql/2026-04';
const recorded = (field: string, more?: unknown): PublishedCall => ({
  call: `GRAPHQL ${field}`,
  recorded: true,
  ...(more !== undefined && { documented: { source: `${docs}/mutations/${field}`, body: more } }),
});
const mutation = (field: string, body: unknown): PublishedCall => ({
  call: `GRAPHQL ${field}`,
  documented: { source: `${docs}/mutations/${field}`, body },
});
const query = (field: string, body: unknown): PublishedCall => ({
  call: `GRAPHQL ${field}`,
  documented: { source: `${docs}/queries/${field}`, body },
});

const variant = {
  ...{ price: '1.50', compareAtPrice: '2.50', barcode: 'A', inventoryPolicy: 'DENY' },
  inventoryItem: {
    ...{ sku: 'A', tracked: true, requiresShipping: true },
    measurement: { weight: { value: 1.5, unit: 'GRAMS' } },
  },
  optionValues: [{ optionName: 'A', name: 'B' }],
};
const product = {
  ...{ title: 'A', handle: 'a', descriptionHtml: 'A', vendor: 'A', productType: 'A', category: 'A', tags: ['a'] },
  ...{
    status: 'ACTIVE',
    variants: [variant, { compareAtPrice: null }],
    productOptions: [{ name: 'A', values: [{ name: 'B' }] }],
  },
  files: [{ id: '1', originalSource: 'A', contentType: 'IMAGE', filename: 'A' }],
};

/** What Shopify has published of the calls of its Admin API, and what a shop was asked in recorded conversations. */
export const shopify: readonly PublishedCall[] = [
  {
    call: 'POST /admin/oauth/access_token',
    documented: {
      source: 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant',
      body: { grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' },
    },
  },
  recorded('inventorySetQuantities', { input: { quantities: [{ changeFromQuantity: null }] } }),
  recorded('fulfillmentCreate'),
  recorded('fulfillmentOrderMove'),
  recorded('orderCancel'),
  recorded('refundCreate', { '@idempotent': { key: 'a' } }),
  recorded('orderEditBegin'),
  recorded('orderEditSetQuantity'),
  recorded('orderEditCommit'),
  recorded('productVariantsBulkUpdate', {
    productId: '1',
    variants: [
      { id: '1', ...variant, metafields: [{ namespace: 'a', key: 'b', type: 'boolean', value: 'true' }] },
      { compareAtPrice: null },
    ],
    allowPartialUpdates: true,
  }),
  mutation('productVariantsBulkCreate', { productId: '1', variants: [variant, { compareAtPrice: null }] }),
  mutation('productVariantsBulkDelete', { productId: '1', variantsIds: ['1'] }),
  mutation('productSet', { identifier: { id: '1', handle: 'a' }, synchronous: true, input: product }),
  mutation('publishablePublish', { id: '1', input: [{ publicationId: '1' }] }),
  mutation('fulfillmentOrderLineItemsPreparedForPickup', {
    input: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: '1' }] },
  }),
  mutation('metafieldsSet', {
    metafields: [{ ownerId: '1', namespace: 'a', key: 'b', type: 'json', value: '{}' }],
  }),
  query('nodes', { ids: ['1'] }),
  query('order', { id: '1' }),
  query('orders', { first: 1, after: null, query: 'a', sortKey: 'UPDATED_AT' }),
  query('productByIdentifier', { identifier: { id: '1', handle: 'a' } }),
  query('publications', { first: 1 }),
  query('shop', {}),
];
