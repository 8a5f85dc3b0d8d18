import type * as z from 'zod';
import { type ApiClient, mustSucceed } from '../../shared/contracts/api-client.ts';
import * as network from '../../shared/contracts/network/apis.ts';
import * as stock from '../../shared/contracts/stock/apis.ts';

/** A shop to measure with: one channel that sells from a store and a warehouse. */
export interface Shop {
  readonly channelId: string;
  readonly store: string;
  readonly warehouse: string;
  readonly skus: readonly string[];
}

/** What a shop has. */
export interface ShopOptions {
  /** Tells shops of one twin apart. */
  readonly name: string;
  readonly skus: number;
  /** Units of each SKU at each location. */
  readonly units: number;
  /** False: only the store has stock, so that its units are all there is. */
  readonly warehouseStock?: boolean;
  /** What its channel is besides; left out: of type api. */
  readonly channel?: Partial<z.input<typeof network.putChannel.body>>;
}

/** Lines that a receipt takes. */
const receiptLines = 45;

/** Opens a shop over the API. */
export async function openShop(
  api: ApiClient,
  { name, skus, units, warehouseStock = true, channel = {} }: ShopOptions,
): Promise<Shop> {
  const shop = {
    channelId: `${name}-web`,
    store: `${name}-boston`,
    warehouse: `${name}-newark`,
    skus: Array.from({ length: skus }, (_, index) => `${name.toUpperCase()}-TEE-${String(index).padStart(4, '0')}`),
  };
  await putLocation(api, name, shop.store, 'store', '02108');
  await putLocation(api, name, shop.warehouse, 'warehouse', '07102');
  mustSucceed(
    await api(network.putChannel, {
      params: { channelId: shop.channelId },
      body: { name: shop.channelId, type: 'api', pool: name, currency: 'USD', ...channel },
    }),
  );
  for (const location of warehouseStock ? [shop.store, shop.warehouse] : [shop.store]) {
    await receive(api, location, shop.skus, units);
  }
  return shop;
}

async function putLocation(
  api: ApiClient,
  pool: string,
  locationId: string,
  type: 'store' | 'warehouse',
  postalCode: string,
): Promise<void> {
  const body = { name: locationId, type, pool, country: 'US', postalCode };
  mustSucceed(await api(network.putLocation, { params: { locationId }, body }));
}

async function receive(api: ApiClient, location: string, skus: readonly string[], quantity: number): Promise<void> {
  for (let from = 0; from < skus.length; from += receiptLines) {
    const lines = skus.slice(from, from + receiptLines).map((sku) => ({ sku, quantity }));
    mustSucceed(await api(stock.receiveStock, { body: { location, reference: `${location}-receipt-${from}`, lines } }));
  }
}
