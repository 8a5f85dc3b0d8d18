import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Result } from '../../../shared/kernel/result.ts';
import { type Change, type Once } from '../../../shared/model/changes.ts';
import { totalUnits } from '../../../shared/model/orders/units.ts';
import { untilAnswered, watched } from '../../../shared/testing/clients.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { allocated, captured, stocked } from '../../../shared/testing/world.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type AnswerCall } from './answer.ts';
import { rejectFulfillmentOrder } from './reject.ts';
import { takeBackFulfillmentOrder } from './take-back.ts';
import { callFor, operations, portsOn } from '../testing/client.ts';

type Act = (ports: FulfillmentPorts, call: AnswerCall) => Promise<Result<unknown>>;
const acts: readonly Act[] = [
  ...Object.values(operations),
  operations.accept,
  operations.ship,
  (ports, call) => rejectFulfillmentOrder(ports)(call, { reason: 'not-found', lines: [{ lineId: '1', quantity: 1 }] }),
  (ports, call) => rejectFulfillmentOrder(ports)(call, { reason: 'damaged', lines: [{ lineId: '2', quantity: 1 }] }),
  (ports, call) => takeBackFulfillmentOrder(ports)(call),
];

const locations = ['wh-newark', 'store-boston'] as const;
const lines = [
  { sku: 'TEE', quantity: 3 },
  { sku: 'CAP', quantity: 2 },
  { sku: 'TEE', quantity: 1 },
];

/** Two orders, each with a fulfillment order at either location; four ids. */
async function world(store: MemoryStore): Promise<string[]> {
  for (const location of locations) for (const sku of ['TEE', 'CAP']) await stocked(store, sku, location, 20);
  const ids: string[] = [];
  for (const number of [1, 2]) {
    const { orderId } = await captured(store, number, lines);
    const first = await allocated(store, orderId, locations[0], [
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 2 },
    ]);
    const second = await allocated(store, orderId, locations[1], [
      { lineId: '1', quantity: 1 },
      { lineId: '3', quantity: 1 },
    ]);
    ids.push(first.fulfillmentOrderId, second.fulfillmentOrderId);
  }
  return ids;
}

const refusals = ['state-conflict', 'quantity-exceeded', 'invalid-request', 'too-busy'];
const plan = fc.array(fc.record({ act: fc.nat(acts.length - 1), target: fc.nat(3), crash: fc.boolean() }), {
  minLength: 1,
  maxLength: 24,
});

it('keeps every identity after every step of interleaved, crashing and repeating clients', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plan, async (scheduler, steps) => {
      const store = memoryStore();
      const ids = await world(store);
      const plain = portsOn(store);
      const failures: unknown[] = [];
      const look = () => expect(violatedIdentities(store)).toEqual([]);
      const clients = steps.map(async ({ act, target, crash }, index) => {
        const commit = watched(plain.commit, look, crash);
        const ports: FulfillmentPorts = {
          ...plain,
          order: scheduler.scheduleFunction((id: string) => plain.order(id)),
          fulfillmentOrder: scheduler.scheduleFunction((id: string) => plain.fulfillmentOrder(id)),
          commit: scheduler.scheduleFunction((changes: readonly Change[], once?: Once) => commit(changes, once)),
        };
        const once = { key: String(index), requestHash: 'a' };
        const call = callFor(ids[target] ?? '', { once });
        const answer = await untilAnswered(store, once, () => (acts[act] ?? operations.accept)(ports, call));
        if (!answer.ok) expect(refusals).toContain(answer.refusal.code);
      });
      const ended = clients.map((client) => client.catch((error: unknown) => failures.push(error)));
      await scheduler.waitFor(Promise.all(ended));
      expect(failures).toEqual([]);
      look();
      for (const order of store.all('order'))
        expect(order.lines.map(({ units }) => totalUnits(units))).toEqual(lines.map(({ quantity }) => quantity));
    }),
    { numRuns: 150 },
  );
});
