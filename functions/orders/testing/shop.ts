import { type OrderInput, orderInput } from '../../../shared/contracts/orders/order-input.ts';
import { type CommitChanges } from '../../../shared/model/changes.ts';
import { type OnceKey } from '../../../shared/model/decide.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Product } from '../../../shared/model/network/product.ts';
import { fence } from '../../../shared/model/stock/fencing.ts';
import { adjust } from '../../../shared/model/stock/movements.ts';
import { type StockChange } from '../../../shared/model/stock/stock-change.ts';
import { memoryStore } from '../../../shared/testing/memory-store.ts';
import { aChannel } from '../../../shared/testing/world.ts';
import { captureOrder } from '../domain/capture-order.ts';
import { memoryPorts } from './memory-ports.ts';

/** When everything in the test shop happens, unless it says otherwise. */
export const now = '2026-11-22T09:30:00.000Z';
/** US dollars, in cents. */
export const usd = (amount: number) => ({ amount, currency: 'USD' });

const cause = { operation: 'test', reference: 'test', actor: 'test', at: now };

/** An order as a channel hands it over, made from what matters to a test: five dollars a unit. */
export const input = (
  externalId: string,
  lines: readonly (readonly [sku: string, quantity: number])[],
  more: Partial<OrderInput> = {},
): OrderInput =>
  orderInput.parse({
    channelId: 'webshop',
    externalId,
    currency: 'USD',
    shipTo: { country: 'US' },
    lines: lines.map(([sku, quantity]) => ({ sku, quantity, unitPrice: usd(500) })),
    ...more,
  });

/** A product, made from what matters to a test. */
export const aProduct = (sku: string, more: Partial<Product>): Product => ({
  sku,
  tags: [],
  version: 1,
  updatedAt: now,
  ...more,
});

/** A shop in memory: a warehouse with stock, a channel that sells it, and what counts each call to the store. */
export async function shop(stock: Readonly<Record<string, number>>, channel: Partial<Channel> = {}) {
  const store = memoryStore();
  const calls: string[] = [];
  const counted =
    <A extends unknown[], R>(name: string, call: (...args: A) => R) =>
    (...args: A): R => {
      calls.push(name);
      return call(...args);
    };
  const memory = memoryPorts(store);
  const ports = {
    ...memory,
    channel: counted('channel', (channelId: string) => memory.channel(channelId)),
    product: counted('product', (sku: string) => memory.product(sku)),
    stockHold: counted('hold', (holdId: string) => memory.stockHold(holdId)),
    fencedFor: counted('share', (sku: string, pool: string, channelId: string) =>
      memory.fencedFor(sku, pool, channelId),
    ),
    suppliesOf: counted('supplies', (sku: string, pool: string) => memory.suppliesOf(sku, pool)),
    commit: counted<Parameters<CommitChanges>, ReturnType<CommitChanges>>('commit', memory.commit),
  };
  const must = async (changes: readonly StockChange[]): Promise<void> => {
    const outcome = await store.commit(changes);
    if (!outcome.ok) throw new Error(`the test shop could not be made: ${JSON.stringify(outcome.conflicts)}`);
  };
  const receive = (sku: string, quantity: number) =>
    must(adjust({ sku, location: 'wh', pool: 'online' }, quantity, 'sellable', cause));
  store.given('channel', aChannel('webshop', channel));
  for (const [sku, quantity] of Object.entries(stock)) await receive(sku, quantity);
  return {
    store,
    ports,
    /** What was asked of the store since it was asked last. */
    calls: () => calls.splice(0),
    receive,
    fenced: (sku: string, quantity: number, owner = 'webshop') =>
      must(fence({ sku, pool: 'online', channel: owner }, quantity, cause)),
    ruled: (sku: string, buffer: number, owner = 'webshop') =>
      must([
        {
          kind: 'stock',
          key: { level: 'pool', sku, pool: 'online' },
          add: {},
          set: { terms: { [owner]: { buffer, sharePercent: 100, rules: ['rule'] } } },
          cause,
        },
      ]),
    capture: (order: OrderInput, once?: OnceKey, at = now) =>
      captureOrder(ports)({ input: order, now: at, actor: 'test', ...(once && { once }) }),
    pool: (sku: string) => store.stock().pools.find((one) => one.sku === sku),
  };
}
