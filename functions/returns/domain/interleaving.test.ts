import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { dispositions } from '../../../shared/contracts/returns/dispositions.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { inTurn, untilAnswered, watched } from '../../../shared/testing/clients.ts';
import { lineTotalMinor } from '../../../shared/model/orders/order.ts';
import { returnIdOf } from '../../../shared/kernel/ids.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { anyCall, departed, operations, portsOn } from '../testing/client.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type Call } from './call.ts';
import { createReturn } from './create-return.ts';
import { inspectReturn } from './inspect-return.ts';
import { receiveReturn } from './receive-return.ts';
import { type Return } from '../../../shared/model/returns/return.ts';

type Act = (ports: ReturnsPorts, call: Call, orderId: string) => Promise<Result<unknown>>;
const lines = [
  { sku: 'TEE', quantity: 4, unitPriceMinor: 333, discountMinor: 1, taxMinor: 3 },
  { sku: 'CAP', quantity: 1, unitPriceMinor: 500 },
  { sku: 'TEE', quantity: 2, unitPriceMinor: 250 },
];

const creates = fc.record({ lineId: fc.constantFrom('1', '2', '3'), quantity: fc.integer({ min: 1, max: 3 }) }).map(
  (line): Act =>
    (ports, call, orderId) =>
      createReturn(ports)({ ...call, orderId }, { location: 'wh-newark', lines: [{ ...line, reason: 'torn' }] }),
);
const of = (orderId: string, call: Call, number: number) => ({ ...call, returnId: returnIdOf(orderId, number) });
const others = fc
  .record({
    number: fc.integer({ min: 1, max: 2 }),
    name: fc.constantFrom('receive', 'receive', 'inspect', 'inspect', 'cancel', 'expire'),
  })
  .map(
    ({ number, name }): Act =>
      (ports, call, orderId) =>
        operations[name](ports, of(orderId, call, number)),
  );
const receives = fc
  .record({ number: fc.integer({ min: 1, max: 2 }), location: fc.constantFrom('store-boston', 'outlet', undefined) })
  .map(({ number, location }): Act => async (ports, call, orderId) => {
    const found = await ports.return(returnIdOf(orderId, number));
    return receiveReturn(ports)(of(orderId, call, number), {
      location,
      lines: (found?.lines ?? []).slice(0, 1).map(({ lineId }) => ({ lineId, quantity: 1 })),
    });
  });
const inspects = fc
  .record({ number: fc.integer({ min: 1, max: 2 }), disposition: fc.constantFrom(...dispositions) })
  .map(({ number, disposition }): Act => async (ports, call, orderId) => {
    const found = await ports.return(returnIdOf(orderId, number));
    return inspectReturn(ports)(
      of(orderId, call, number),
      (found?.lines ?? [])
        .map(({ lineId, receivedQuantity }) => ({ lineId, quantity: receivedQuantity, disposition }))
        .filter(({ quantity }) => quantity > 0),
    );
  });
/** A client makes several calls, one after the other; several clients do so at once. */
const step = fc.record({
  act: fc.oneof({ weight: 2, arbitrary: creates }, others, others, receives, inspects),
  crash: fc.boolean(),
});
const plan = fc.array(fc.array(step, { minLength: 1, maxLength: 10 }), { minLength: 2, maxLength: 6 });

const refusals = ['not-found', 'state-conflict', 'quantity-exceeded', 'invalid-request', 'too-busy'];

/** Units of a line that a return holds: what it expects, then what came, and nothing once it is inspected or closed. */
function heldBy({ state, lines: held }: Return, lineId: string): number {
  const line = held.find((one) => one.lineId === lineId);
  return (state === 'AUTHORIZED' ? line?.quantity : state === 'RECEIVED' ? line?.receivedQuantity : 0) ?? 0;
}

/** What must be true of an order and its returns at any moment. */
function check(store: MemoryStore): void {
  expect(violatedIdentities(store)).toEqual([]);
  const [order] = store.all('order');
  if (order === undefined) throw new Error('gone');
  const returns = store.all('return');
  expect(returns).toHaveLength(order.returns);
  for (const { lineId, units } of order.lines) {
    const held = returns.reduce((sum, one) => sum + heldBy(one, lineId), 0);
    expect(held).toBeLessThanOrEqual(units.shipped + units.delivered);
  }
  const refunded = returns.reduce((sum, { refundMinor = 0 }) => sum + refundMinor, 0);
  expect(refunded).toBeLessThanOrEqual(order.lines.reduce((sum, line) => sum + lineTotalMinor(line), 0));
  if (order.lines.every(({ units, quantity }) => units.returned === quantity))
    expect(refunded).toBe(order.lines.reduce((sum, line) => sum + lineTotalMinor(line), 0));
}

it('never returns, restocks or refunds a unit twice, however clients interleave, crash and repeat', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plan, async (scheduler, clients) => {
      const store = memoryStore();
      const { orderId } = await departed(store, lines);
      const plain = portsOn(store);
      const failures: unknown[] = [];
      const run = async ({ act, crash }: (typeof clients)[number][number], key: string) => {
        const commit = watched(plain.commit, () => check(store), crash);
        const ports: ReturnsPorts = {
          ...plain,
          order: inTurn(scheduler, (id: string) => plain.order(id)),
          orderReturns: inTurn(scheduler, (id: string) => plain.orderReturns(id)),
          return: inTurn(scheduler, (id: string) => plain.return(id)),
          commit: inTurn(scheduler, commit),
        };
        const once = { key, requestHash: 'a' };
        const result = await untilAnswered(store, once, () => act(ports, anyCall({ once }), orderId));
        if (!result.ok) expect(refusals).toContain(result.refusal.code);
      };
      const ended = clients.map(async (steps, client) => {
        for (const [index, one] of steps.entries()) await run(one, `${client} ${index}`);
      });
      await scheduler.waitFor(Promise.all(ended.map((end) => end.catch((error: unknown) => failures.push(error)))));
      expect(failures).toEqual([]);
    }),
    { numRuns: 150 },
  );
}, 30_000);
