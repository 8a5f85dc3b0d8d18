import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Result } from '../../../shared/kernel/result.ts';
import { totalUnits } from '../../../shared/model/orders/units.ts';
import { inTurn, untilAnswered, watched } from '../../../shared/testing/clients.ts';
import { violatedIdentities } from '../../../shared/testing/identities.ts';
import { type MemoryStore, memoryStore } from '../../../shared/testing/memory-store.ts';
import { allocated, captured, stocked } from '../../../shared/testing/world.ts';
import { type FulfillmentPorts } from '../ports.ts';
import { type AnswerCall } from './answer.ts';
import { rejectFulfillmentOrder } from './reject.ts';
import { takeBackFulfillmentOrder } from './take-back.ts';
import { callFor, operations, portsOn } from '../testing/client.ts';

type Act = (ports: FulfillmentPorts, call: AnswerCall) => Promise<Result<unknown>>;
const { accept, pick, pack, ship, deliver, ...rare } = operations;
const acts: readonly Act[] = [
  ...[accept, accept, pick, pick, pick, pack, ship, ship, deliver],
  ...Object.values(rare),
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

/** An order with a fulfillment order at either location, released; their ids. */
async function world(store: MemoryStore): Promise<string[]> {
  for (const location of locations) for (const sku of ['TEE', 'CAP']) await stocked(store, sku, location, 20);
  const { orderId } = await captured(store, 1, lines);
  const parts = [
    [
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 2 },
    ],
    [
      { lineId: '1', quantity: 1 },
      { lineId: '3', quantity: 1 },
    ],
  ];
  const ids: string[] = [];
  for (const [index, part] of parts.entries()) {
    const { fulfillmentOrderId } = await allocated(store, orderId, locations[index] ?? '', part);
    await operations.release(portsOn(store), callFor(fulfillmentOrderId));
    ids.push(fulfillmentOrderId);
  }
  return ids;
}

const refusals = ['state-conflict', 'quantity-exceeded', 'invalid-request', 'too-busy'];
/** A client answers some fulfillment orders, one answer after the other; several clients do so at once. */
const step = fc.record({ act: fc.constantFrom(...acts), target: fc.nat(1), crash: fc.boolean() });
const plan = fc.array(fc.array(step, { minLength: 1, maxLength: 10 }), { minLength: 2, maxLength: 6 });

it('keeps every identity after every step of interleaved, crashing and repeating clients', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plan, async (scheduler, clients) => {
      const store = memoryStore();
      const ids = await world(store);
      const plain = portsOn(store);
      const failures: unknown[] = [];
      const look = () => expect(violatedIdentities(store)).toEqual([]);
      const answer = async ({ act, target, crash }: (typeof clients)[number][number], key: string) => {
        const commit = watched(plain.commit, look, crash);
        const ports: FulfillmentPorts = {
          ...plain,
          order: inTurn(scheduler, (id: string) => plain.order(id)),
          fulfillmentOrder: inTurn(scheduler, (id: string) => plain.fulfillmentOrder(id)),
          commit: inTurn(scheduler, commit),
        };
        const once = { key, requestHash: 'a' };
        const result = await untilAnswered(store, once, () => act(ports, callFor(ids[target] ?? '', { once })));
        if (!result.ok) expect(refusals).toContain(result.refusal.code);
      };
      const ended = clients.map(async (steps, client) => {
        for (const [index, one] of steps.entries()) await answer(one, `${client} ${index}`);
      });
      await scheduler.waitFor(Promise.all(ended.map((end) => end.catch((error: unknown) => failures.push(error)))));
      expect(failures).toEqual([]);
      for (const order of store.all('order'))
        expect(order.lines.map(({ units }) => totalUnits(units))).toEqual(lines.map(({ quantity }) => quantity));
    }),
    { numRuns: 150 },
  );
}, 30_000);
