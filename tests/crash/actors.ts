import * as fulfillment from '../../shared/contracts/fulfillment/apis.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as orders from '../../shared/contracts/orders/apis.ts';
import * as returns from '../../shared/contracts/returns/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';
import { eventually } from '../../shared/testing/eventually.ts';
import { type PatientClient } from '../testing/patient.ts';
import { usd } from '../testing/steps.ts';

/** What the shop starts with. */
export const shop = {
  pool: 'online',
  channelId: 'webshop',
  locations: [
    ['store-boston', '02108'],
    ['warehouse-newark', '07102'],
  ],
  skus: ['TEE', 'MUG'],
  unitsPerShelf: 200,
} as const;

/** Makes the network and puts stock on its shelves. */
export async function open(client: PatientClient): Promise<void> {
  const { pool, channelId, locations, skus, unitsPerShelf } = shop;
  for (const [locationId, postalCode] of locations) {
    const body = { name: locationId, type: 'store', pool, country: 'US', postalCode } as const;
    await client.must(network.putLocation, { params: { locationId }, body });
    const lines = skus.map((sku) => ({ sku, quantity: unitsPerShelf }));
    await client.must(stock.receiveStock, { body: { location: locationId, reference: 'opening', lines } });
  }
  const body = { name: channelId, type: 'api', pool, currency: 'USD' } as const;
  await client.must(network.putChannel, { params: { channelId }, body });
}

/** Orders two SKUs under a channel's number and gives the order's id. */
export async function buy(client: PatientClient, number: number): Promise<string> {
  const lines = shop.skus.map((sku, index) => ({ sku, quantity: 1 + ((number + index) % 3), unitPrice: usd(1000) }));
  const total = lines.reduce((sum, { quantity }) => sum + quantity * 1000, 0);
  const body = {
    channelId: shop.channelId,
    externalId: `order-${number}`,
    currency: 'USD',
    shipTo: { country: 'US', postalCode: number % 2 === 0 ? '02108' : '07102' },
    lines,
    payments: [{ provider: 'recorded' as const, amount: usd(total) }],
  };
  return (await client.must(orders.captureOrder, { body, key: `order-${number}` })).orderId;
}

/** A location's people: they answer whatever is open, step by step, until they are told to go home. */
export async function work(client: PatientClient, locationId: string, home: AbortSignal): Promise<void> {
  while (!home.aborted) {
    const open = await client.must(fulfillment.listFulfillmentOrders, {
      params: { locationId },
      query: { limit: 200 },
    });
    await Promise.all(open.fulfillmentOrders.map((one) => finish(client, one)));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The first part of every fourth order cannot be found on the shelf; everything else is shipped and delivered. */
async function finish(
  client: PatientClient,
  { fulfillmentOrderId, state }: { readonly fulfillmentOrderId: string; readonly state: string },
): Promise<void> {
  if (state === 'ALLOCATED') return;
  const input = (step: string) => ({ params: { fulfillmentOrderId }, key: `${fulfillmentOrderId}-${step}` });
  if (isRefusedFirst(fulfillmentOrderId)) {
    await client.must(fulfillment.rejectFulfillmentOrder, { ...input('reject'), body: { reason: 'too-busy' } });
    return;
  }
  await client.must(fulfillment.acceptFulfillmentOrder, input('accept'));
  await client.must(fulfillment.pickFulfillmentOrder, input('pick'));
  await client.must(fulfillment.packFulfillmentOrder, input('pack'));
  const parcel = { carrier: 'UPS', trackingNumber: fulfillmentOrderId.slice(-20) };
  await client.must(fulfillment.shipFulfillmentOrder, { ...input('ship'), body: parcel });
  await client.must(fulfillment.deliverFulfillmentOrder, input('deliver'));
}

const isRefusedFirst = (fulfillmentOrderId: string): boolean => /[0-7]-f1$/.test(fulfillmentOrderId);

/** Waits until an order has come to its end. */
export const completed = (client: PatientClient, orderId: string) =>
  eventually(
    async () => {
      const order = await client.must(orders.readOrder, { params: { orderId } });
      return order.status === 'COMPLETED' ? order : undefined;
    },
    { what: `the end of ${orderId}`, deadlineMs: 200_000, everyMs: 250 },
  );

/** A buyer who sends one unit of the first line back; it goes on the shelf again and its price is refunded. */
export async function sendBack(client: PatientClient, orderId: string): Promise<void> {
  await completed(client, orderId);
  const [[location]] = shop.locations;
  const lines = [{ lineId: '1', quantity: 1, reason: 'too small' }];
  const key = (step: string): string => `${orderId}-${step}`;
  const { returnId } = await client.must(returns.createReturn, {
    params: { orderId },
    body: { location, lines },
    key: key('return'),
  });
  const params = { returnId };
  await client.must(returns.receiveReturn, { params, key: key('receive') });
  const judged = { lines: [{ lineId: '1', quantity: 1, disposition: 'restock' as const }] };
  await client.must(returns.inspectReturn, { params, body: judged, key: key('inspect') });
  await eventually(
    async () => ((await client.must(returns.readReturn, { params })).state === 'SETTLED' ? true : undefined),
    { what: `the refund of ${returnId}`, deadlineMs: 200_000, everyMs: 250 },
  );
}
