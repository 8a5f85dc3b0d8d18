import { type ApiClient, type ApiInput, mustSucceed } from '../../shared/contracts/api-client.ts';
import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import { type Disposition, dispositions } from '../../shared/contracts/returns/dispositions.ts';
import * as returns from '../../shared/contracts/returns/apis.ts';
import { auditStock } from '../../shared/contracts/audit/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';

type ChannelBody = NonNullable<ApiInput<typeof network.putChannel>['body']>;

let count = 0;
/** A name that no other test uses. */
export const unique = (prefix: string): string => `${prefix}-${process.pid}-${(count += 1)}`;

/** US dollars, in cents. */
export const usd = (amount: number) => ({ amount, currency: 'USD' });

/** What a journey is told in: steps over HTTP, the same for every test. */
export function stepsOf(api: ApiClient) {
  const given = {
    /** A location of a pool. */
    location: async (pool: string, postalCode: string, type: 'store' | 'warehouse' = 'store') => {
      const locationId = unique(type);
      mustSucceed(
        await api(network.putLocation, {
          params: { locationId },
          body: { name: locationId, type, pool, country: 'US', postalCode },
        }),
      );
      return locationId;
    },
    /** A channel that sells from a pool; the API's own unless it is said otherwise. */
    channel: async (pool: string, more: Partial<ChannelBody> = {}) => {
      const channelId = unique('channel');
      mustSucceed(
        await api(network.putChannel, {
          params: { channelId },
          body: { name: channelId, type: 'api', pool, currency: 'USD', ...more },
        }),
      );
      return channelId;
    },
    /** Units on a shelf. */
    stock: async (location: string, sku: string, quantity: number) => {
      mustSucceed(
        await api(stock.receiveStock, { body: { location, reference: unique('po'), lines: [{ sku, quantity }] } }),
      );
    },
  };
  const when = {
    /** A channel's order. */
    ordered: (channelId: string, lines: readonly (readonly [sku: string, quantity: number])[], more: object = {}) => {
      const priced = lines.map(([sku, quantity]) => ({ sku, quantity, unitPrice: usd(1000) }));
      const total = lines.reduce((sum, [, quantity]) => sum + quantity * 1000, 0);
      const payments = [{ provider: 'recorded' as const, amount: usd(total) }];
      return api(orders.captureOrder, {
        body: {
          channelId,
          externalId: unique('external'),
          currency: 'USD',
          shipTo: { country: 'US', postalCode: '02108' },
          lines: priced,
          payments,
          ...more,
        },
      });
    },
    /** A location's whole way with a fulfillment order, until it has left. */
    shipped: async (fulfillmentOrderId: string) => {
      const params = { fulfillmentOrderId };
      mustSucceed(await api(fulfillment.acceptFulfillmentOrder, { params }));
      mustSucceed(await api(fulfillment.pickFulfillmentOrder, { params }));
      mustSucceed(await api(fulfillment.packFulfillmentOrder, { params }));
      mustSucceed(
        await api(fulfillment.shipFulfillmentOrder, { params, body: { carrier: 'UPS', trackingNumber: unique('1Z') } }),
      );
    },
    /** Units of an order's first line come back to a location and are judged; the return's id. */
    returned: async (orderId: string, location: string, judged: Partial<Record<Disposition, number>>) => {
      const lines = dispositions.flatMap((disposition) => {
        const quantity = judged[disposition];
        return quantity === undefined ? [] : [{ lineId: '1', quantity, disposition }];
      });
      const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
      const created = mustSucceed(
        await api(returns.createReturn, {
          params: { orderId },
          body: { location, lines: [{ lineId: '1', quantity, reason: 'too small' }] },
        }),
      );
      const params = { returnId: created.returnId };
      mustSucceed(await api(returns.receiveReturn, { params }));
      mustSucceed(await api(returns.inspectReturn, { params, body: { lines } }));
      return created.returnId;
    },
  };
  const then = {
    order: async (orderId: string) => mustSucceed(await api(orders.readOrder, { params: { orderId } })),
    /** The fulfillment orders that an order has in some state, once there are that many. */
    fulfillmentOrders: (orderId: string, state: string, atLeast = 1) =>
      eventually(
        async () => {
          const found = (await then.order(orderId)).fulfillmentOrders.filter((one) => one.state === state);
          return found.length >= atLeast ? found : undefined;
        },
        { what: `${atLeast} fulfillment orders ${state} of ${orderId}`, deadlineMs: 30_000 },
      ),
    status: (orderId: string, status: string) =>
      eventually(async () => ((await then.order(orderId)).status === status ? true : undefined), {
        what: `order ${orderId} ${status}`,
        deadlineMs: 30_000,
      }),
    /** A return's money went back. */
    settled: (returnId: string) =>
      eventually(
        async () => {
          const answer = mustSucceed(await api(returns.readReturn, { params: { returnId } }));
          return answer.state === 'SETTLED' ? answer : undefined;
        },
        { what: `return ${returnId} settled`, deadlineMs: 30_000 },
      ),
    stock: async (sku: string) => mustSucceed(await api(stock.readStock, { params: { sku } })),
    /** Every identity of stock and orders. */
    audit: async () => mustSucceed(await api(auditStock)),
  };
  return { given, when, then };
}
