import { ok } from '../../../shared/kernel/result.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type Return, type ReturnState } from '../../../shared/model/returns/return.ts';
import { moveLines } from '../../../shared/model/orders/order.ts';
import { replace } from '../../../shared/model/changes.ts';
import { ship } from '../../../shared/model/stock/movements.ts';
import { type MemoryStore } from '../../../shared/testing/memory-store.ts';
import { type LineInput, aLocation, allocated, captured, stocked, testNow } from '../../../shared/testing/world.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type Call, type ReturnCall } from '../domain/call.ts';
import { cancelReturn, expireReturn } from '../domain/close-return.ts';
import { createReturn } from '../domain/create-return.ts';
import { inspectReturn } from '../domain/inspect-return.ts';
import { receiveReturn } from '../domain/receive-return.ts';
import { settleReturn } from '../domain/settle-return.ts';

/** The capability's ports on a store in memory. */
export const portsOn = (store: MemoryStore): ReturnsPorts => ({
  order: (orderId) => store.get('order', { orderId }),
  orderReturns: async (orderId) => {
    const found = await store.collection(orderId);
    return found && { order: found.order, returns: found.returns };
  },
  return: (returnId) => store.get('return', { returnId }),
  location: (locationId) => store.get('location', { locationId }),
  commit: store.commit,
});

/** A call that may do everything. */
export const anyCall = (more: Partial<Call> = {}): Call => ({
  now: testNow,
  actor: 'ann',
  permit: () => ok(true),
  ...more,
});

/** The same about one return. */
export const callFor = (returnId: string, more: Partial<Call> = {}): ReturnCall => ({ ...anyCall(more), returnId });

/** An order of which every unit left from `wh-newark` (on hand before: 10 of each SKU), shipped or delivered. */
export async function departed(
  store: MemoryStore,
  lines: readonly LineInput[],
  to: 'shipped' | 'delivered' = 'delivered',
): Promise<Order> {
  store.given(
    'location',
    aLocation('wh-newark', { type: 'warehouse' }),
    aLocation('store-boston'),
    aLocation('outlet', { pool: undefined }),
  );
  for (const { sku, quantity } of lines) await stocked(store, sku, 'wh-newark', 10 + quantity);
  const { orderId } = await captured(store, 1, lines);
  const order = await store.get('order', { orderId });
  const work = await allocated(store, orderId, 'wh-newark', order?.lines ?? []);
  const routed = await store.get('order', { orderId });
  if (routed === undefined) throw new Error('gone');
  const shipped = moveLines(routed, work.lines, 'allocated', 'shipped');
  const after = {
    ...routed,
    version: routed.version + 1,
    lines: to === 'shipped' ? shipped : moveLines({ ...routed, lines: shipped }, work.lines, 'shipped', 'delivered'),
  };
  const cause = { operation: 'ship', reference: work.fulfillmentOrderId, actor: 'test', at: testNow };
  const left = ship(
    work.lines.map((line) => ({ ...line, location: 'wh-newark' })),
    cause,
  );
  const done = await store.commit([
    ...left,
    replace('order', after, routed.version),
    replace('fulfillmentOrder', { ...work, state: 'SHIPPED', version: 2 }, 1),
  ]);
  if (!done.ok) throw new Error('the order could not leave');
  return after;
}

/** Each operation of the transition table as a call with plain content. */
export const operations = {
  receive: (ports: ReturnsPorts, call: ReturnCall) => receiveReturn(ports)(call),
  inspect: async (ports: ReturnsPorts, call: ReturnCall) => {
    const lines = (await ports.return(call.returnId))?.lines ?? [];
    return inspectReturn(ports)(
      call,
      lines.map(({ lineId, quantity }) => ({ lineId, quantity, disposition: 'restock' })),
    );
  },
  settle: (ports: ReturnsPorts, call: ReturnCall) => settleReturn(ports)(call),
  cancel: (ports: ReturnsPorts, call: ReturnCall) => cancelReturn(ports)(call, 'keeps it'),
  expire: (ports: ReturnsPorts, call: ReturnCall) => expireReturn(ports)(call),
} as const;

/** Ways to each state of the transition table. */
const ways: Readonly<Record<ReturnState, readonly (keyof typeof operations)[]>> = {
  AUTHORIZED: [],
  RECEIVED: ['receive'],
  INSPECTED: ['receive', 'inspect'],
  SETTLED: ['receive', 'inspect', 'settle'],
  CANCELLED: ['cancel'],
  EXPIRED: ['expire'],
};

/** A return of 2 of 3 delivered shirts and the only cap, expected at `wh-newark`, brought to a state; its id. */
export async function returnIn(store: MemoryStore, state: ReturnState): Promise<string> {
  const { orderId } = await departed(store, [
    { sku: 'TEE', quantity: 3, unitPriceMinor: 1000, discountMinor: 100, taxMinor: 0 },
    { sku: 'CAP', quantity: 1, unitPriceMinor: 500 },
  ]);
  const lines = [
    { lineId: '1', quantity: 2, reason: 'too small' },
    { lineId: '2', quantity: 1, reason: 'wrong color' },
  ];
  const made = await createReturn(portsOn(store))({ ...anyCall(), orderId }, { location: 'wh-newark', lines });
  if (!made.ok) throw new Error(made.refusal.detail);
  for (const operation of ways[state]) {
    const result = await operations[operation](portsOn(store), callFor(made.value.returnId));
    if (!result.ok) throw new Error(result.refusal.detail);
  }
  return made.value.returnId;
}

/** The return of a store that has one. */
export function onlyReturn(store: MemoryStore): Return {
  const [found] = store.all('return');
  if (found === undefined) throw new Error('no return');
  return found;
}
