import { errorOf, good, notFound } from './answers.ts';
import { type Json, pageOf } from './book.ts';
import { outboundRoutes } from './outbound-routes.ts';
import { type Route } from './route.ts';

const isIn = (time: string, from: string | null, to: string | null): boolean =>
  (from === null || Date.parse(time) >= Date.parse(from)) && (to === null || Date.parse(time) <= Date.parse(to));

/** Every operation that the sandbox speaks. */
export const routes: readonly Route[] = [
  ...outboundRoutes,
  {
    operation: 'searchOrders',
    method: 'GET',
    path: /^\/orders\/2026-01-01\/orders$/,
    answer: ({ query }, { orders }, { pageSize }) => {
      if (query.has('createdAfter') === query.has('lastUpdatedAfter'))
        return errorOf(400, 'InvalidInput', 'Exactly one of createdAfter and lastUpdatedAfter must be provided.');
      const before = query.get('lastUpdatedBefore');
      const all = [...orders.values()].filter((one) =>
        isIn(one.lastUpdatedTime, query.get('lastUpdatedAfter'), before),
      );
      const { items, next } = pageOf(all, query.get('paginationToken'), pageSize);
      return good({
        orders: items,
        ...(next !== undefined && { pagination: { nextToken: next } }),
        lastUpdatedBefore: before,
      });
    },
  },
  {
    operation: 'getOrder',
    method: 'GET',
    path: /^\/orders\/2026-01-01\/orders\/([^/]+)$/,
    answer: ({ parts: [id = ''] }, { orders }) => {
      const order = orders.get(id);
      return order === undefined ? notFound : good({ order });
    },
  },
  {
    operation: 'getOrders',
    method: 'GET',
    path: /^\/orders\/v0\/orders$/,
    answer: ({ query }, { ordersV0 }, { pageSize }) => {
      if (!query.has('MarketplaceIds')) return errorOf(400, 'InvalidInput', 'MarketplaceIds is required.');
      if (!query.has('LastUpdatedAfter') && !query.has('NextToken'))
        return errorOf(400, 'InvalidInput', 'Either CreatedAfter or LastUpdatedAfter is required.');
      const all = [...ordersV0.values()]
        .map(({ order }) => order)
        .filter((one) => isIn(one.LastUpdateDate, query.get('LastUpdatedAfter'), query.get('LastUpdatedBefore')));
      const { items, next } = pageOf(all, query.get('NextToken'), pageSize);
      return good({ payload: { Orders: items, ...(next !== undefined && { NextToken: next }) } });
    },
  },
  {
    operation: 'getOrder',
    method: 'GET',
    path: /^\/orders\/v0\/orders\/([^/]+)$/,
    answer: ({ parts: [id = ''] }, { ordersV0 }) => {
      const found = ordersV0.get(id);
      return found === undefined ? notFound : good({ payload: found.order });
    },
  },
  {
    operation: 'getOrderItems',
    method: 'GET',
    path: /^\/orders\/v0\/orders\/([^/]+)\/orderItems$/,
    answer: ({ parts: [id = ''], query }, { ordersV0 }, { pageSize }) => {
      const found = ordersV0.get(id);
      if (found === undefined) return notFound;
      const { items, next } = pageOf(found.items, query.get('NextToken'), pageSize);
      return good({
        payload: { AmazonOrderId: id, OrderItems: items, ...(next !== undefined && { NextToken: next }) },
      });
    },
  },
  {
    operation: 'getOrderAddress',
    method: 'GET',
    path: /^\/orders\/v0\/orders\/([^/]+)\/address$/,
    answer: ({ parts: [id = ''], isRestricted }, { ordersV0 }) => {
      const found = ordersV0.get(id);
      if (found === undefined) return notFound;
      return good({ payload: { AmazonOrderId: id, ShippingAddress: shown(found.address, isRestricted) } });
    },
  },
  {
    operation: 'getOrderBuyerInfo',
    method: 'GET',
    path: /^\/orders\/v0\/orders\/([^/]+)\/buyerInfo$/,
    answer: ({ parts: [id = ''], isRestricted }, { ordersV0 }) => {
      const found = ordersV0.get(id);
      return found === undefined
        ? notFound
        : good({ payload: { AmazonOrderId: id, ...(isRestricted && found.buyerInfo) } });
    },
  },
  {
    operation: 'getMarketplaceParticipations',
    method: 'GET',
    path: /^\/sellers\/v1\/marketplaceParticipations$/,
    answer: (_asked, _book, { marketplaces }) =>
      good({
        payload: marketplaces.map(({ id, currency }) => ({
          marketplace: { id, name: id, countryCode: 'US', defaultCurrencyCode: currency },
          participation: { isParticipating: true, hasSuspendedListings: false },
        })),
      }),
  },
  {
    operation: 'getSubscription',
    method: 'GET',
    path: /^\/notifications\/v1\/subscriptions\/ORDER_CHANGE$/,
    answer: (_asked, _book, { subscribed }) =>
      subscribed
        ? good({ payload: { subscriptionId: 'subscription-1', payloadVersion: '1.0', destinationId: 'destination-1' } })
        : notFound,
  },
  {
    operation: 'getPurchaseOrders',
    method: 'GET',
    path: /^\/vendor\/orders\/v1\/purchaseOrders$/,
    answer: ({ query }, { purchases }, { pageSize }) => {
      const { items, next } = pageOf([...purchases.values()], query.get('nextToken'), pageSize);
      return good({ payload: { orders: items, ...(next !== undefined && { pagination: { nextToken: next } }) } });
    },
  },
  {
    operation: 'getPurchaseOrder',
    method: 'GET',
    path: /^\/vendor\/orders\/v1\/purchaseOrders\/([^/]+)$/,
    answer: ({ parts: [id = ''] }, { purchases }) => {
      const found = purchases.get(id);
      return found === undefined ? notFound : good({ payload: found });
    },
  },
  {
    operation: 'submitAcknowledgement',
    method: 'POST',
    path: /^\/vendor\/orders\/v1\/acknowledgements$/,
    answer: ({ body }, { purchases, acknowledgements }) => {
      const { acknowledgements: given = [] } = body as {
        acknowledgements?: (Json & { purchaseOrderNumber?: string })[];
      };
      for (const one of given) {
        const found = purchases.get(one.purchaseOrderNumber ?? '');
        if (found === undefined) return errorOf(400, 'InvalidInput', 'The purchase order is not known.');
        acknowledgements.push(one);
        purchases.set(found.purchaseOrderNumber, { ...found, purchaseOrderState: 'Acknowledged' });
      }
      return { status: 202, body: { payload: { transactionId: 'transaction-1' } } };
    },
  },
];

/** Without a restricted token an address has no name, no street and no phone. */
function shown({ ShippingAddress }: Json, isRestricted: boolean): Json {
  const { Name, AddressLine1, AddressLine2, AddressLine3, Phone, ...rest } = ShippingAddress as Json;
  return isRestricted ? { Name, AddressLine1, AddressLine2, AddressLine3, Phone, ...rest } : rest;
}
