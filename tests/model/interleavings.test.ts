import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { expireHold } from '../../functions/holds/domain/expire-holds.ts';
import { extendHold } from '../../functions/holds/domain/extend-hold.ts';
import { placeHold } from '../../functions/holds/domain/place-hold.ts';
import { releaseHold } from '../../functions/holds/domain/release-hold.ts';
import { memoryPorts as holdPorts } from '../../functions/holds/testing/memory-ports.ts';
import { cancelOrder } from '../../functions/orders/domain/cancel-order.ts';
import { captureOrder } from '../../functions/orders/domain/capture-order.ts';
import { memoryPorts as orderPorts } from '../../functions/orders/testing/memory-ports.ts';
import { input, shop, usd } from '../../functions/orders/testing/shop.ts';
import { routeOrder } from '../../functions/routing/domain/route-order.ts';
import { adjustStock, receiveStock } from '../../functions/stock/domain/move-stock.ts';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { type Result } from '../../shared/kernel/result.ts';
import { type OnceKey } from '../../shared/model/decide.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { inTurn, untilAnswered, watched } from '../../shared/testing/clients.ts';
import { violatedIdentities } from '../../shared/testing/identities.ts';
import { type MemoryStore } from '../../shared/testing/memory-store.ts';
import { aLocation, testNow } from '../../shared/testing/world.ts';

/** More on demand: `MODEL_RUNS=100000 npm test -- tests/model`. */
const runs = Number(process.env['MODEL_RUNS'] ?? 1500);
const units = 8;
const later = '2026-11-22T10:30:00.000Z';

/** What an actor does with the store: a use case of the product, on ports that wait for their turn. */
type Act = (ports: Ports, once: OnceKey) => Promise<Result<unknown>>;
interface Ports {
  readonly orders: ReturnType<typeof orderPorts>;
  readonly holds: ReturnType<typeof holdPorts>;
  readonly store: MemoryStore;
  readonly commit: CommitChanges;
  /** What shelves lost, by the call that said so. */
  readonly lost: Map<string, { readonly sku: string; readonly quantity: number }>;
}

const sku = fc.constantFrom('TEE', 'CAP');
const few = fc.integer({ min: 1, max: 3 });
const which = fc.nat(2);
const about = { now: testNow, actor: 'test' };
const orderId = (number: number): string => orderIdOf('webshop', `order-${number}`);
const holdId = (number: number): string => `hold_${number}`;

const buys = fc
  .record({
    number: which,
    lines: fc.array(fc.tuple(sku, few), { minLength: 1, maxLength: 3 }),
    held: fc.option(which, { nil: undefined, freq: 1 }),
  })
  .map(
    ({ number, lines, held }): Act =>
      ({ orders }, once) =>
        captureOrder(orders)({
          input: input(`order-${number}`, lines, {
            payments: [
              { provider: 'recorded', amount: usd(500 * lines.reduce((sum, [, quantity]) => sum + quantity, 0)) },
            ],
            ...(held !== undefined && { holdId: holdId(held) }),
          }),
          ...about,
          once,
        }),
  );
const cancels = which.map(
  (number): Act =>
    ({ orders }, once) =>
      cancelOrder(orders)({ orderId: orderId(number), reason: 'no more', ...about, once }),
);
const routes = which.map(
  (number): Act =>
    ({ store, orders, commit }) =>
      routeOrder({
        order: (id) => orders.order(id),
        positionsOf: async (one) => (await store.stockOf(one)).positions,
        locations: () => Promise.resolve(store.all('location')),
        commit,
      })({ orderId: orderId(number), ...about }),
);
const holds = fc.tuple(which, sku, few).map(
  ([number, one, quantity]): Act =>
    (ports, once) =>
      placeHold(ports.holds)({
        holdId: holdId(number),
        channelId: 'webshop',
        lines: [{ sku: one, quantity }],
        seconds: 600,
        ...about,
        once,
      }),
);
const endsHold = fc
  .tuple(which, fc.constantFrom('release', 'expire', 'extend'))
  .map(([number, how]): Act => (ports, once) => {
    const call = { holdId: holdId(number), ...about };
    if (how === 'expire') return expireHold(ports.holds)({ ...call, now: later });
    if (how === 'extend') return extendHold(ports.holds)({ ...call, seconds: 900, once });
    return releaseHold(ports.holds)({ ...call, once });
  });
const moves = fc.tuple(sku, few, fc.boolean()).map(([one, quantity, isReceipt]): Act => async (ports, once) => {
  const { store, commit, lost } = ports;
  const shelves = { location: (locationId: string) => store.get('location', { locationId }), commit };
  const call = { location: 'warehouse', reference: once.key, ...about, once };
  if (isReceipt) return receiveStock(shelves)({ ...call, lines: [{ sku: one, quantity }] });
  const result = await adjustStock(shelves)({ ...call, reason: 'lost', lines: [{ sku: one, delta: -quantity }] });
  if (result.ok) lost.set(once.key, { sku: one, quantity });
  return result;
});

const step = fc.record({ act: fc.oneof(buys, buys, cancels, routes, holds, endsHold, moves), crash: fc.boolean() });
const plan = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 });

/** Every plain function of some ports waits for its turn; streams are read as they are. */
function turned<P extends object>(scheduler: fc.Scheduler, ports: P, commit: CommitChanges): P {
  const entries = Object.entries(ports).map(([name, port]: [string, (...args: unknown[]) => Promise<unknown>]) => [
    name,
    name === 'commit' ? commit : port.constructor.name === 'AsyncGeneratorFunction' ? port : inTurn(scheduler, port),
  ]);
  return Object.fromEntries(entries) as P;
}

it(`loses and doubles nothing in ${runs} interleavings of buyers, checkouts, cancels, routing and receipts that crash and repeat`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plan, async (scheduler, actors) => {
      const { store } = await shop({ TEE: units, CAP: units });
      store.given('location', aLocation('warehouse'));
      const failures: unknown[] = [];
      const lost: Ports['lost'] = new Map();
      const look = () => expect(violatedIdentities(store)).toEqual([]);
      const acted = async ({ act, crash }: (typeof actors)[number][number], key: string): Promise<void> => {
        const commit = inTurn(scheduler, watched(store.commit, look, crash));
        const ports = {
          store,
          commit,
          lost,
          orders: turned(scheduler, orderPorts(store), commit),
          holds: turned(scheduler, holdPorts(store), commit),
        };
        const once = { key, requestHash: key };
        await untilAnswered(store, once, () => act(ports, once));
      };
      const ended = actors.map(async (steps, actor) => {
        for (const [index, one] of steps.entries()) await acted(one, `${actor} ${index}`);
      });
      await scheduler.waitFor(Promise.all(ended.map((end) => end.catch((error: unknown) => failures.push(error)))));
      expect(failures).toEqual([]);
      look();
      // A loss is a fact: what was promised of it is short by as much, and no more.
      for (const { sku: one, ats } of store.stock().pools) {
        const gone = [...lost.values()]
          .filter((loss) => loss.sku === one)
          .reduce((sum, { quantity }) => sum + quantity, 0);
        expect(ats, 'nothing is sold twice').toBeGreaterThanOrEqual(-gone);
      }
    }),
    { numRuns: runs },
  );
}, 120_000);
