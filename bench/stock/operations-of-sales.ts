import { setTimeout as pause } from 'node:timers/promises';
import { mustSucceed } from '../../shared/contracts/api-client.ts';
import * as holds from '../../shared/contracts/holds/apis.ts';
import { captureOrder } from '../../shared/contracts/orders/apis.ts';
import * as rules from '../../shared/contracts/rules/apis.ts';
import { orderBody } from '../shop/order.ts';
import { type Ground, type Operation, skusOf } from './operation.ts';

/** Holds units; the hold's id. */
export async function hold({ api, shop }: Ground, skus: readonly string[], seconds = 600): Promise<string> {
  const lines = skus.map((sku) => ({ sku, quantity: 1 }));
  return mustSucceed(await api(holds.placeStockHold, { body: { channelId: shop.channelId, lines, seconds } })).holdId;
}

const placed: Operation = {
  name: 'hold: place (POST /v1/holds)',
  own: ['holds-place-stock-hold'],
  hasLines: true,
  run: async (on, lines) => {
    await hold(on, skusOf(on, lines));
  },
};

const extended: Operation = {
  name: 'hold: extend',
  own: ['holds-extend-stock-hold'],
  hasLines: false,
  prepare: (on) => hold(on, skusOf(on, 1), 60),
  run: async ({ api }, _lines, holdId) =>
    void mustSucceed(await api(holds.extendStockHold, { params: { holdId }, body: { seconds: 900 } })),
};

const released: Operation = {
  name: 'hold: release',
  own: ['holds-release-stock-hold'],
  hasLines: true,
  prepare: (on, lines) => hold(on, skusOf(on, lines)),
  run: async ({ api }, _lines, holdId) => void mustSucceed(await api(holds.releaseStockHold, { params: { holdId } })),
};

const expired: Operation = {
  name: 'hold: expire (the sweep)',
  own: ['holds-expire-holds'],
  hasLines: true,
  prepare: async (on, lines) => {
    const holdId = await hold(on, skusOf(on, lines), 1);
    await pause(1_100);
    return holdId;
  },
  run: async ({ api, sweep }, _lines, holdId) => {
    await sweep();
    const { state, version } = mustSucceed(await api(holds.readStockHold, { params: { holdId } }));
    if (state !== 'EXPIRED' || version !== 2) throw new Error(`hold ${holdId} is ${state} in version ${version}`);
  },
};

/** Captures an order of the first SKUs. */
export async function capture({ api, shop, unique }: Ground, lines: number, holdId?: string): Promise<void> {
  const body = { ...orderBody(shop, 0, lines), externalId: unique(), ...(holdId !== undefined && { holdId }) };
  mustSucceed(await api(captureOrder, { body }));
}

const captured: Operation = {
  name: 'reservation by capture (POST /v1/orders)',
  own: ['orders-capture-order'],
  hasLines: true,
  run: (on, lines) => capture(on, lines),
};

const converted: Operation = {
  name: 'capture that converts a hold',
  own: ['orders-capture-order'],
  hasLines: true,
  prepare: (on, lines) => hold(on, skusOf(on, lines)),
  run: capture,
};

const fence: Operation = {
  name: 'ring-fence: allocate',
  own: ['rules-allocate-fence'],
  hasLines: false,
  run: async ({ api, shop, pool, unique }) => {
    const [sku = ''] = shop.skus.slice(-1);
    const params = { sku, pool, channelId: shop.channelId };
    mustSucceed(await api(rules.allocateFence, { params, body: { quantity: 1, reference: unique() } }));
  },
};

/** What reserves and gives back. */
export const operationsOfSales: readonly Operation[] = [
  placed,
  extended,
  released,
  expired,
  captured,
  converted,
  fence,
];
