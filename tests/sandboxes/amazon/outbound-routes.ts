import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { errorOf, good, notFound } from './answers.ts';
import { type Book, type Json } from './book.ts';
import { isOfStock, listingRoutes } from './listing-routes.ts';
import { type Route } from './route.ts';

const batch = z.strictObject({
  requests: z.array(
    z.strictObject({
      method: z.literal('POST'),
      uri: z.string().regex(/^\/inventory\/(update|fetch)\?/),
      body: z.strictObject({
        quantity: z.int().min(0).optional(),
        clientSequenceNumber: z.int().optional(),
        marketplaceAttributes: z.strictObject({
          marketplaceId: z.string().min(1),
          channelName: z.enum(['MFN', 'FBA']),
        }),
      }),
    }),
  ),
});
type Request = z.infer<typeof batch>['requests'][number];

const orderItems = z.array(z.strictObject({ orderItemId: z.string(), quantity: z.int().min(1) })).min(1);
const confirmation = z.strictObject({
  marketplaceId: z.string().min(1),
  packageDetail: z.strictObject({
    packageReferenceId: z.string().regex(/^[1-9]\d*$/, 'must be a positive numeric value'),
    carrierCode: z.string().min(1),
    carrierName: z.string().optional(),
    trackingNumber: z.string().min(1),
    shipDate: z.iso.datetime(),
    orderItems,
  }),
});
const pickup = z.strictObject({
  marketplaceId: z.string().min(1),
  shipmentStatus: z.enum(['ReadyForPickup', 'PickedUp', 'RefusedPickup']),
  orderItems,
});
const feed = z.strictObject({
  feedType: z.string(),
  marketplaceIds: z.array(z.string()).min(1),
  inputFeedDocumentId: z.string(),
});

const invalid = (message: string): SandboxResponse => errorOf(400, 'InvalidInput', message);
const sku = /^\/listings\/2021-08-01\/items\/([^/]+)\/([^/]+)$/;

function patched(name: string, result: ReturnType<Book['listings']['patch']>): SandboxResponse {
  if (result === 'NOT_FOUND') return errorOf(404, 'NOT_FOUND', `SKU '${name}' not found in marketplace ATVPDKIKX0DER`);
  if (result === 'BAD_REQUEST') return errorOf(400, 'BAD_REQUEST', 'Invalid input');
  const issue = { code: '18742', message: 'Restricted Products Policy Violation', severity: 'ERROR', categories: [] };
  const issues = result === 'INVALID' ? [issue] : [];
  return good({ sku: name, status: result, submissionId: 'f1dc2914-75dd-11ea-bc55-0242ac130003', issues });
}

function inventory({ uri, body }: Request, { listings }: Book): Json {
  const query = new URL(uri, 'http://amazon').searchParams;
  const [skuId, locationId] = [query.get('skuId') ?? '', query.get('locationId') ?? ''];
  const result = uri.startsWith('/inventory/update')
    ? listings.set(skuId, locationId, body.quantity ?? 0, body.clientSequenceNumber ?? 0)
    : listings.shown(skuId) === undefined
      ? 'INVALID_SKU'
      : 'OK';
  const errors = result === 'OK' ? [] : [{ errorType: result, errorSubType: 'It does not exist for the seller.' }];
  const sellableQuantity = listings.at(skuId, locationId) ?? 0;
  return {
    status:
      result === 'OK'
        ? { statusCode: 200, reasonPhrase: 'Success' }
        : { statusCode: 400, reasonPhrase: 'Invalid Input' },
    body: { skuId, locationId, ...(result === 'OK' && { sellableQuantity }), actionableErrors: errors },
  };
}

/** Operations by which a seller tells Amazon something. */
export const outboundRoutes: readonly Route[] = [
  ...listingRoutes,
  {
    operation: 'patchListingsItem',
    method: 'PATCH',
    path: sku,
    answer: ({ parts: [, name = ''], query, body }, { listings, catalog }) => {
      if (query.get('marketplaceIds') === null) return invalid('marketplaceIds');
      return isOfStock(body) ? patched(name, listings.patch(name, body)) : catalog.patch(name, body);
    },
  },
  {
    operation: 'getListingsItem',
    method: 'GET',
    path: sku,
    answer: ({ parts: [, name = ''], query }, { listings, catalog }) => {
      const stock = listings.shown(name);
      if (stock === undefined) return notFound;
      return good({
        ...(query.get('includedData')?.includes('summaries') === true && catalog.shown(name)),
        sku: name,
        fulfillmentAvailability: [{ fulfillmentChannelCode: 'DEFAULT', quantity: stock.quantity }],
      });
    },
  },
  {
    operation: 'batchInventory',
    method: 'POST',
    path: /^\/externalFulfillment\/inventory\/2024-09-11\/inventories$/,
    answer: ({ body }, book) => {
      const read = batch.safeParse(body);
      if (!read.success) return invalid(read.error.message);
      if (read.data.requests.length > 10)
        return errorOf(400, 'BATCH_SIZE_EXCEED', 'Maximum number for requests supported in batch is 10.');
      return { status: 207, body: { responses: read.data.requests.map((request) => inventory(request, book)) } };
    },
  },
  {
    operation: 'createFeedDocument',
    method: 'POST',
    path: /^\/feeds\/2021-06-30\/documents$/,
    answer: ({ origin }, { feeds }) => {
      const feedDocumentId = feeds.document();
      return { status: 201, body: { feedDocumentId, url: `${origin}/storage/${feedDocumentId}` } };
    },
  },
  {
    operation: 'createFeed',
    method: 'POST',
    path: /^\/feeds\/2021-06-30\/feeds$/,
    answer: ({ body }, { feeds }) => {
      const read = feed.safeParse(body);
      const feedId = read.data && feeds.create(read.data.feedType, read.data.inputFeedDocumentId);
      return feedId === undefined ? invalid('Invalid input') : { status: 202, body: { feedId } };
    },
  },
  {
    operation: 'getFeeds',
    method: 'GET',
    path: /^\/feeds\/2021-06-30\/feeds$/,
    answer: ({ query }, { feeds }) => {
      const since = Date.parse(query.get('createdSince') ?? '');
      const shown = feeds.all.filter(
        ({ feedType, createdTime }) => feedType === query.get('feedTypes') && Date.parse(createdTime) >= since,
      );
      return good({ feeds: shown.map(({ feedId, feedType, createdTime }) => ({ feedId, feedType, createdTime })) });
    },
  },
  {
    operation: 'getFeed',
    method: 'GET',
    path: /^\/feeds\/2021-06-30\/feeds\/([^/]+)$/,
    answer: ({ parts: [id = ''] }, { feeds }) => {
      const found = feeds.all.find(({ feedId }) => feedId === id);
      if (found === undefined) return invalid('Invalid input');
      const done = found.report && { processingStatus: 'DONE', resultFeedDocumentId: `report-${id}` };
      const { feedId, feedType, createdTime } = found;
      return good({ feedId, feedType, createdTime, processingStatus: 'IN_QUEUE', ...done });
    },
  },
  {
    operation: 'getFeedDocument',
    method: 'GET',
    path: /^\/feeds\/2021-06-30\/documents\/([^/]+)$/,
    answer: ({ parts: [id = ''], origin }) =>
      good({ feedDocumentId: id, url: `${origin}/storage/${id}`, compressionAlgorithm: 'GZIP' }),
  },
  {
    operation: 'confirmShipment',
    method: 'POST',
    path: /^\/orders\/v0\/orders\/([^/]+)\/shipmentConfirmation$/,
    answer: ({ parts: [id = ''], body }, book) => {
      const read = confirmation.safeParse(body);
      if (!read.success) return invalid(read.error.issues.map(({ message }) => message).join());
      const refusal = book.confirm(id, read.data.packageDetail);
      return refusal === undefined ? { status: 204 } : invalid(refusal);
    },
  },
  {
    operation: 'updateShipmentStatus',
    method: 'POST',
    path: /^\/orders\/v0\/orders\/([^/]+)\/shipment$/,
    answer: ({ parts: [id = ''], body }, { orders, pickups }) => {
      const read = pickup.safeParse(body);
      if (!read.success || !orders.has(id)) return invalid('The order or its status is not valid.');
      pickups.set(id, read.data.shipmentStatus);
      return { status: 204 };
    },
  },
];
