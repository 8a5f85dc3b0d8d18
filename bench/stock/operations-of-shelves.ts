import { mustSucceed } from '../../shared/contracts/api-client.ts';
import { adjustStock, receiveStock } from '../../shared/contracts/stock/apis.ts';
import * as counts from '../../shared/contracts/stock/count-apis.ts';
import * as movements from '../../shared/contracts/stock/movement-apis.ts';
import * as transfers from '../../shared/contracts/stock/transfer-apis.ts';
import { type Ground, type Operation, linesOf, onHandOf, skusOf } from './operation.ts';

const receipt: Operation = {
  name: 'receive (POST /v1/stock/receipts)',
  own: ['stock-receive-stock'],
  hasLines: true,
  run: async (on, lines) => {
    const body = {
      location: on.shop.store,
      reference: on.unique(),
      lines: linesOf(on, lines, (sku) => ({ sku, quantity: 5 })),
    };
    mustSucceed(await on.api(receiveStock, { body }));
  },
};

const adjustment: Operation = {
  name: 'adjust (POST /v1/stock/adjustments)',
  own: ['stock-adjust-stock'],
  hasLines: true,
  run: async (on, lines) => {
    const reason = 'bench';
    const body = {
      location: on.shop.store,
      reference: on.unique(),
      reason,
      lines: linesOf(on, lines, (sku) => ({ sku, delta: -1 })),
    };
    mustSucceed(await on.api(adjustStock, { body }));
  },
};

/** A movement of `POST /v1/stock/movements`. */
const movement = (name: string, operation: string, more: object): Operation => ({
  name: `${name} (POST /v1/stock/movements)`,
  own: ['stock-move-stock'],
  hasLines: true,
  run: async (on, lines) => {
    const told = linesOf(on, lines, (sku) => ({
      operation,
      location: on.shop.store,
      sku,
      reference: on.unique(),
      ...more,
    }));
    const { applied } = mustSucceed(await on.api(movements.moveStock, { body: { lines: told } }));
    if (applied !== lines) throw new Error(`${applied} of ${lines} lines of ${operation} were applied`);
  },
});

const set: Operation = {
  name: 'set (PUT /v1/locations/{id}/stock/{sku})',
  own: ['stock-set-stock'],
  hasLines: false,
  run: async (on) => {
    const [sku = ''] = on.shop.skus;
    const params = { locationId: on.shop.store, sku };
    const onHand = 1_000_000 + Math.floor(Math.random() * 1_000_000);
    mustSucceed(
      await on.api(movements.setStock, { params, body: { onHand, changeFrom: null, reference: on.unique() } }),
    );
  },
};

async function transfer(on: Ground, lines: number): Promise<string> {
  const body = {
    from: on.shop.warehouse,
    to: on.shop.store,
    reference: on.unique(),
    eta: new Date(Date.now() + 86_400_000).toISOString(),
    lines: linesOf(on, lines, (sku) => ({ sku, quantity: 1 })),
  };
  return mustSucceed(await on.api(transfers.createTransfer, { body })).transferId;
}

const dispatch: Operation = {
  name: 'transfer: dispatch, with an eta',
  own: ['stock-create-transfer'],
  hasLines: true,
  run: async (on, lines) => {
    await transfer(on, lines);
  },
};

const arrival: Operation = {
  name: 'transfer: receive all',
  own: ['stock-receive-transfer'],
  hasLines: true,
  prepare: transfer,
  run: async (on, lines, transferId) => {
    const body = { lines: linesOf(on, lines, (sku) => ({ sku, quantity: 1 })) };
    mustSucceed(await on.api(transfers.receiveTransfer, { params: { transferId }, body }));
  },
};

const count: Operation = {
  name: 'count: complete, every SKU differs',
  own: ['stock-complete-count'],
  hasLines: true,
  prepare: async (on, lines) => {
    const skus = [...skusOf(on, lines)];
    const { countId } = mustSucceed(await on.api(counts.createCount, { body: { location: on.shop.store, skus } }));
    const counted = await Promise.all(
      skus.map(async (sku) => ({ sku, counted: (await onHandOf(on, sku, on.shop.store)) + 2 })),
    );
    const body = { lines: counted };
    mustSucceed(await on.api(counts.submitCount, { params: { countId }, body }));
    return countId;
  },
  run: async (on, lines, countId) => {
    const varianceReasons = linesOf(on, lines, (sku) => ({ sku, reason: 'found' as const }));
    mustSucceed(await on.api(counts.completeCount, { params: { countId }, body: { varianceReasons } }));
  },
};

/** What moves shelves. */
export const operationsOfShelves: readonly Operation[] = [
  receipt,
  adjustment,
  movement('receive', 'receive', { quantity: 2 }),
  movement('adjust', 'adjust', { delta: -1 }),
  movement('move, sellable to damaged', 'move', { quantity: 1, from: 'sellable', to: 'damaged' }),
  movement('POS sale', 'sale', { quantity: 1 }),
  movement('POS return', 'return', { quantity: 1 }),
  set,
  dispatch,
  arrival,
  count,
];
